/**
 * What Stripe tells us. A message is believed for its signature alone: HMAC-SHA256 over `<t>.<raw body>`, in the header
 * `stripe-signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]` (several while the secret is being rolled at Stripe).
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { CaseId, type Instant } from "../../domain/identifiers.ts";
import { InvoiceId } from "../../domain/invoice.ts";
import { Problem, pathText } from "../../domain/problem.ts";
import type { PaymentNotice, PaymentWebhook } from "../../ports/payments.ts";
import type { StripeCredentials } from "./stripe-connection.ts";
import { isLost, StripeDispute, StripeInvoice, StripeRefund, takenFor } from "./stripe-objects.ts";

/** What Stripe's own libraries allow, in seconds. */
const TOLERANCE_S = 300;
/** A rotated secret is picked up within a minute, and a flood of forgeries does not become one of secret reads. */
const REMEMBER_MS = 60_000;

const StripeEvent = z.object({
  id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  type: z.string().min(1).max(100),
  data: z.object({ object: z.looseObject({ object: z.string() }) }),
});
type StripeEvent = z.infer<typeof StripeEvent>;

interface Signature {
  /** As it was written: it is signed so. */
  readonly at: string;
  readonly candidates: readonly Buffer[];
}

function signatureIn(header: string | undefined): Signature | undefined {
  const fields = (header ?? "").split(",").map((field) => field.split("=", 2));
  const at = fields.find(([name]) => name === "t")?.[1];
  const candidates = fields.flatMap(([name, value = ""]) =>
    name === "v1" && /^[0-9a-f]{64}$/.test(value) ? [Buffer.from(value, "hex")] : [],
  );
  return at !== undefined && /^\d{1,12}$/.test(at) && candidates.length > 0 ? { at, candidates } : undefined;
}

const isSigned = ({ at, candidates }: Signature, body: Uint8Array, secret: string): boolean => {
  const expected = createHmac("sha256", secret).update(`${at}.`).update(body).digest();
  return candidates.some((candidate) => timingSafeEqual(candidate, expected));
};

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Problem("invalid-json");
  }
};

/** @throws Problem invalid-request naming each path: Stripe, whose it is by its signature, tells it again for days */
const checked = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
  throw new Problem("invalid-request", faults);
};

const other = ({ id: eventId, type }: StripeEvent): PaymentNotice => ({ kind: "other", eventId, type });

/** Whatever happened to an invoice, it says how much was taken for it in all. */
function invoiceNotice(event: StripeEvent): PaymentNotice {
  // The preview of a subscription's next invoice: it has no number.
  if (event.type === "invoice.upcoming") return other(event);
  const invoice = checked(StripeInvoice, event.data.object);
  const caseId = CaseId.safeParse(invoice.metadata?.["case_id"]).data;
  const invoiceId = InvoiceId.safeParse(invoice.metadata?.["invoice_id"]).data;
  return {
    kind: "invoice",
    eventId: event.id,
    id: invoice.id,
    ...(caseId === undefined ? {} : { caseId }),
    ...(invoiceId === undefined ? {} : { invoiceId }),
    taken: takenFor(invoice),
  };
}

/** A refund on its way, or made by hand at Stripe, is nothing that the ledger waits for. */
function refundNotice(event: StripeEvent): PaymentNotice {
  const refund = checked(StripeRefund, event.data.object);
  const caseId = CaseId.safeParse(refund.metadata?.["case_id"]).data;
  const entryId = refund.metadata?.["entry_id"];
  const failed = isLost(refund);
  if (caseId === undefined || !entryId || (!failed && refund.status !== "succeeded")) return other(event);
  return { kind: "refund", eventId: event.id, caseId, entryId, reference: refund.id, failed };
}

/**
 * With a dispute the money is gone until it is won. An inquiry (`warning_…`) takes none yet; where it turns into a
 * chargeback, the withdrawal says so. A lost one stays as it is: gone.
 */
function disputeNotice(event: StripeEvent): PaymentNotice {
  const { status, payment_intent: intent, charge } = checked(StripeDispute, event.data.object);
  const paymentIds = [intent, charge].filter((id) => typeof id === "string");
  const notice = (open: boolean): PaymentNotice => ({ kind: "dispute", eventId: event.id, paymentIds, open });
  switch (event.type) {
    case "charge.dispute.created":
      return status.startsWith("warning_") || status === "prevented" ? other(event) : notice(true);
    case "charge.dispute.funds_withdrawn":
      return notice(true);
    case "charge.dispute.closed":
      return status === "won" ? notice(false) : other(event);
    default:
      return other(event);
  }
}

const noticeOf = (event: StripeEvent): PaymentNotice => {
  switch (event.data.object.object) {
    case "invoice":
      return invoiceNotice(event);
    case "refund":
      return refundNotice(event);
    case "dispute":
      return disputeNotice(event);
    default:
      return other(event);
  }
};

export function createStripeWebhook({
  credentials,
}: {
  readonly credentials: () => Promise<StripeCredentials>;
}): PaymentWebhook {
  let remembered: { readonly secret: string; readonly readAt: number } | undefined;

  const secretAt = async (now: Instant): Promise<string> => {
    const ms = Date.parse(now);
    if (remembered && Math.abs(ms - remembered.readAt) < REMEMBER_MS) return remembered.secret;
    remembered = { secret: (await credentials()).webhookSecret, readAt: ms };
    return remembered.secret;
  };

  return {
    async parse(body, headers, now) {
      const signature = signatureIn(headers["stripe-signature"]);
      if (!signature || Math.abs(Date.parse(now) / 1000 - Number(signature.at)) > TOLERANCE_S)
        throw new Problem("unauthenticated");
      if (!isSigned(signature, body, await secretAt(now))) throw new Problem("unauthenticated");
      return noticeOf(checked(StripeEvent, parsed(body)));
    },
  };
}
