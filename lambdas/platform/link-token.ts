/** The token of a mailed link: `<caseId>.<secret>`. Only the secret's hash is ever stored. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { CaseFile, Link } from "../domain/case-file.ts";
import type { Instant } from "../domain/identifiers.ts";

/** 256 random bits as 43 base64url characters. */
const SECRET_BYTES = 32;
const TOKEN = /^(CW-[0-9A-HJKMNP-TV-Z]{10})\.([A-Za-z0-9_-]{43})$/;

/** SHA-256 of the secret as it stands in the link, base64url. */
export const hashOfSecret = (secret: string): string =>
  createHash("sha256").update(secret).digest("base64url");

/** A fresh token and the link to store for it. */
export function newLinkToken(caseId: string, now: Instant): { readonly token: string; readonly link: Link } {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  return { token: `${caseId}.${secret}`, link: { hash: hashOfSecret(secret), createdAt: now } };
}

/** Its two halves, or undefined for anything else. */
export function parsedToken(token: string): { readonly caseId: string; readonly secret: string } | undefined {
  const [, caseId, secret] = TOKEN.exec(token) ?? [];
  return caseId === undefined || secret === undefined ? undefined : { caseId, secret };
}

/** Whether the secret opens this case now: known, not revoked, and the case not ended too long ago. */
export function opens(file: CaseFile, secret: string, now: Instant): boolean {
  const given = Buffer.from(hashOfSecret(secret));
  // Every link is compared, and each in constant time: the time tells nothing about which exist.
  const [match] = file.links.filter((link) => {
    const stored = Buffer.from(link.hash);
    return stored.length === given.length && timingSafeEqual(stored, given);
  });
  const { linksExpireAt, linksRevokedAt = "" } = file.case;
  return (
    match !== undefined &&
    match.createdAt > linksRevokedAt &&
    (linksExpireAt === undefined || now < linksExpireAt)
  );
}
