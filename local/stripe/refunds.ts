/** Money sent back by the seller at the simulated Stripe, and what becomes of it at the customer's bank. */
import type * as z from "zod";
import type { RefundCreate } from "./params.ts";
import { metadataWith, type RecordOf, type Refund } from "./records.ts";
import { dollars, invalid, noSuchParam } from "./refusal.ts";
import { newId, type Work } from "./work.ts";

/** @throws Refusal for a payment that is unknown or took no money */
const chargeOf = (
  work: Work,
  { charge, payment_intent }: z.infer<typeof RefundCreate>,
): RecordOf<"charge"> => {
  if (charge === undefined && payment_intent === undefined) {
    throw invalid(
      "One of the following params should be provided for this request: payment_intent or charge.",
    );
  }
  if (payment_intent === undefined) {
    const found = work.find("charge", charge ?? "");
    if (!found) throw noSuchParam("charge", charge ?? "", "charge");
    return found;
  }
  const intent = work.find("payment_intent", payment_intent);
  if (!intent) throw noSuchParam("payment_intent", payment_intent, "payment_intent");
  const taken = work.find("charge", intent.latestCharge ?? "");
  if (!taken)
    throw invalid(`This PaymentIntent (${payment_intent}) does not have a successful charge to refund.`);
  if (charge !== undefined && charge !== taken.id)
    throw invalid(`Charge ${charge} does not belong to PaymentIntent ${payment_intent}.`, {
      param: "charge",
    });
  return taken;
};

/** @param status `succeeded` as for cards, `pending` as for bank debits */
export const createRefund = (
  work: Work,
  given: z.infer<typeof RefundCreate>,
  status: "succeeded" | "pending",
): Refund => {
  const charge = chargeOf(work, given);
  const left = charge.amount - charge.amountRefunded;
  const isTakenBack = work
    .all("dispute")
    .some((dispute) => dispute.charge === charge.id && dispute.status !== "won");
  if (isTakenBack) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  if (left === 0) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  }
  const amount = given.amount ?? left;
  if (amount > left) {
    throw invalid(
      `Refund amount (${dollars(amount)}) is greater than unrefunded amount on charge (${dollars(left)})`,
      { param: "amount" },
    );
  }
  work.put({ ...charge, amountRefunded: charge.amountRefunded + amount });
  const refund = work.put({
    object: "refund",
    id: newId("re"),
    created: work.now,
    metadata: metadataWith({}, given.metadata),
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    currency: charge.currency,
    amount,
    reason: given.reason ?? null,
    status,
    failureReason: null,
  });
  work.tell("refund.created", refund);
  return refund;
};

/** A pending refund arrives. */
export const completeRefund = (work: Work, refund: Refund): void => {
  work.tell("refund.updated", work.put({ ...refund, status: "succeeded" }), { status: refund.status });
};

/** The customer's bank does not take it, which may turn out days after it seemed done: the money is the seller's again. */
export const failRefund = (work: Work, refund: Refund): void => {
  const charge = work.find("charge", refund.charge);
  if (charge) work.put({ ...charge, amountRefunded: charge.amountRefunded - refund.amount });
  const failed = work.put({
    ...refund,
    status: "failed" as const,
    failureReason: "expired_or_canceled_card",
  });
  work.tell("refund.updated", failed, { status: refund.status });
  work.tell("refund.failed", failed);
};
