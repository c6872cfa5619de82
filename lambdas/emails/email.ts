/** The type every letter has: both languages or it does not compile. */
import type { Locale } from "../domain/identifiers.ts";
import type { OrderableEmail } from "../domain/mail-params.ts";
import type { Letter } from "./letter.ts";
import type { MailData } from "./mail-data.ts";

export type Email<E extends OrderableEmail> = Record<Locale, (data: MailData[E]) => Letter>;
