/** Mails as orders: written in the transaction that causes them, sent by one consumer (docs/adr). */
import * as z from "zod";
import { Instant } from "./identifiers.ts";

export const EmailName = z.enum([
  "E1",
  "E2",
  "E3",
  "E4",
  "E5",
  "E6",
  "E7",
  "E8",
  "E9",
  "E10",
  "E11",
  "E12",
  "E13",
  "E14",
  "E15",
  "E16",
  "E17",
  "E18",
  "E19",
  "E20",
]);
export type EmailName = z.infer<typeof EmailName>;

export const Mail = z.strictObject({
  /** `<email>#<what caused it>`, unique in the case: ordering it again orders nothing. `E2#0001`. */
  mailId: z.string().regex(/^E\d{1,2}#[A-Za-z0-9#.-]{1,60}$/),
  email: EmailName,
  /** Facts the mail needs that the case may no longer say when it is sent: variant, deadline, cause. */
  params: z.record(z.string(), z.union([z.string().max(1000), z.number()])),
  orderedAt: Instant,
  status: z.enum(["wanted", "sending", "sent", "confirmed", "bounced", "failed"]),
  /** How often it was given to SES. */
  tries: z.int().min(0),
  /** When it must be looked at again if nothing confirmed it. */
  dueAt: Instant.optional(),
  sentAt: Instant.optional(),
  messageId: z.string().max(200).optional(),
  error: z.string().max(300).optional(),
});
export type Mail = z.infer<typeof Mail>;
export type MailOrder = Pick<Mail, "mailId" | "email" | "params">;
