/** What becomes of a payment provider's message whose signature is good (R37). */
import { describe, expect, it } from "vitest";
import { Problem } from "../../lambdas/domain/problem.ts";
import { webhookOperations } from "../../lambdas/handlers/api/webhooks/webhooks.ts";
import { callOf } from "../../lambdas/platform/http.ts";
import type { PaymentNotice } from "../../lambdas/ports/payments.ts";
import { apiCall } from "../builders/api-call.ts";
import { aCaseFile, CASE_ID } from "../builders/case-file.ts";
import { anInvoice, aRefund } from "../builders/invoice.ts";
import { memoryStore } from "../builders/memory-store.ts";

const invoice = anInvoice({
  sentAt: "2026-03-16T00:31:00.000Z",
  provider: { name: "stripe", id: "in_1", payUrl: "https://pay.example/in_1" },
});
const eventId = "evt_1";
const paid = (id: string, paidCents: number): PaymentNotice => ({
  kind: "invoice",
  eventId,
  id,
  caseId: CASE_ID,
  taken: { paidCents, currency: "USD" },
});
const sentBack = (entryId: string): PaymentNotice => ({
  kind: "refund",
  eventId,
  caseId: CASE_ID,
  entryId,
  reference: "re_1",
  failed: false,
});

/** Lets the message in; answers with what came of it. */
async function hears(notice: PaymentNotice, { conflicts = 0, known = true } = {}) {
  const refund = aRefund({ method: "stripe", status: "wanted" });
  const store = memoryStore(...(known ? [aCaseFile({ invoices: [invoice], payments: [refund] })] : []));
  store.conflicts = conflicts;
  const unknown: string[] = [];
  const { paymentWebhook } = webhookOperations({
    store: { ...store, find: async () => [] },
    webhook: { parse: async () => notice },
    realNow: () => "2026-03-17T15:00:00.000Z",
    unknown: (event, kind) => unknown.push(`${event} ${kind}`),
    unreadable: () => undefined,
  });
  const call = callOf(apiCall({ method: "POST", resource: "/v1/webhooks/payments", body: "{}" }));
  const answer = await paymentWebhook?.run(call);
  return { status: answer?.status, unknown, ledger: known ? store.file(CASE_ID).payments : [] };
}

describe("a message of the payment provider", () => {
  it("R37: writes down what was taken, also where somebody else writes the case at the same moment", async () => {
    const { status, unknown, ledger } = await hears(paid("in_1", 37_850), { conflicts: 2 });
    expect([status, unknown]).toEqual([200, []]);
    expect(ledger).toContainEqual(expect.objectContaining({ kind: "payment", amountCents: 37_850 }));
  });

  it("is not taken as long as the case keeps changing: the provider tells again", async () => {
    await expect(hears(paid("in_1", 37_850), { conflicts: 5 })).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("of a refund settles its entry", async () => {
    const { unknown, ledger } = await hears(sentBack("refund-001"));
    expect([unknown, ledger]).toEqual([[], [expect.objectContaining({ status: "sent", reference: "re_1" })]]);
  });

  it.each([
    ["money for an invoice that no book knows", paid("in_9", 100), true],
    ["money for a case that is not there", paid("in_1", 100), false],
    ["a refund that nobody ordered", sentBack("refund-009"), true],
    ["a dispute of no payment of ours", { kind: "dispute", eventId, paymentIds: ["pi_9"], open: true }, true],
  ] as const)("that tells of %s is accepted, and operations hears of it", async (_of, notice, known) => {
    expect(await hears(notice, { known })).toMatchObject({
      status: 200,
      unknown: [`${eventId} ${notice.kind}`],
    });
  });

  it.each([
    ["of an invoice for which nothing was taken yet", paid("in_9", 0)],
    ["that is none of ours", { kind: "other", eventId, type: "payout.paid" }],
  ] as const)("%s is nothing to hear of", async (_of, notice) => {
    expect(await hears(notice)).toMatchObject({ status: 200, unknown: [] });
  });

  it("that nobody can read is refused, and somebody hears of its paths; a forged one is only refused", async () => {
    const said: (readonly string[])[] = [];
    const refusedFor = async (problem: Problem) => {
      const { paymentWebhook } = webhookOperations({
        store: { ...memoryStore(), find: async () => [] },
        webhook: { parse: async () => Promise.reject(problem) },
        realNow: () => "2026-03-17T15:00:00.000Z",
        unknown: () => undefined,
        unreadable: (paths) => said.push(paths),
      });
      const call = callOf(apiCall({ method: "POST", resource: "/v1/webhooks/payments", body: "{}" }));
      await expect(paymentWebhook?.run(call)).rejects.toBe(problem);
    };
    await refusedFor(new Problem("unauthenticated"));
    expect(said).toEqual([]);
    await refusedFor(new Problem("invalid-request", [{ path: "data.object.id", message: "missing" }]));
    expect(said).toEqual([["data.object.id"]]);
  });
});
