/** Numbers of new cases. */
import { randomBytes } from "node:crypto";
import { CaseId } from "../domain/identifiers.ts";

/** Crockford's base 32: no I, L, O, U, so that nobody misreads a case number on the telephone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Bytes as characters, five bits of each. */
export const spelled = (bytes: Uint8Array): string => [...bytes].map((byte) => ALPHABET[byte & 31]).join("");

/** 50 random bits; a collision is met by the condition of the write and another number. */
export const randomCaseId = (): CaseId => CaseId.parse(`CW-${spelled(randomBytes(10))}`);
