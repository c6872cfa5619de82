/** Words that are allowed and odd, and what may become of them. */
import * as fc from "fast-check";
import { refusalOf, type WireAnswer } from "./wire.ts";

/** Whatever a keyboard, a copied text or an attacker holds: control characters, halves of letters, scripts, markup. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom(
    "\ud800",
    "a\u0000b",
    "Emily\r\nBcc: everybody@example.com",
    "<script>alert(1)</script>",
    "\u202eevil",
    "constructor",
    "👩‍👩‍👧 🇯🇵",
    "カーター エミリー",
    "'; DROP TABLE cases; --",
    "=?utf-8?b?SGk=?=",
    "{{constructor}} %s %00",
  ),
);
export const isRefused = (answer: WireAnswer): boolean => refusalOf(answer) === "invalid-request";
/** Or a rule says that it cannot be engraved, or printed. */
export const isRuledOut = (answer: WireAnswer): boolean =>
  isRefused(answer) || refusalOf(answer) === "rule-broken";

/** A request for paid work on one ring. */
export const paidRequest = (customer: { readonly name: string; readonly email: string }, item: object) => ({
  process: "repair-and-maintenance",
  customer,
  items: [{ designNumber: "R-1001", ...item }],
});
