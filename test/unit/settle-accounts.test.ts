/** A settlement at its end: it takes itself off the list of what is due. */
import { expect, it } from "vitest";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { createSettleAccountsHandler } from "../../lambdas/handlers/steps/settle-accounts/settle-accounts.ts";
import { aCaseFile, CASE_ID } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";

const AT = "2026-03-16T00:30:00.000Z";
const KEY = `${CASE_ID} 1`;
const ordered = { caseId: CaseId.parse(CASE_ID), no: 1, round: 1, late: 0, orderedAt: AT, dueAt: AT };
const unforeseen = () => Promise.reject(new Error("the test did not foresee a call"));

function settling() {
  const store = memoryStore(aCaseFile());
  store.settlements.set(KEY, ordered);
  const provider = { create: unforeseen, status: unforeseen, credit: unforeseen, cancel: unforeseen };
  const handler = createSettleAccountsHandler({
    store,
    printer: { renderInvoice: unforeseen },
    documents: { put: unforeseen },
    providers: {
      stripe: { name: "stripe", leastCents: 50, refund: unforeseen, ...provider },
      "bank-transfer": { name: "bank-transfer", leastCents: 1, refund: unforeseen, ...provider },
    },
    provider: "stripe",
  });
  return { store, run: () => handler({ caseId: CASE_ID, no: 1, at: AT }) };
}

it("a settlement with nothing left to do is done", async () => {
  const { store, run } = settling();
  expect(await run()).toEqual({ outcome: "settled" });
  expect(store.settlements.get(KEY)).toEqual({ ...ordered, dueAt: undefined });
});

it("one that was slow, and started once more meanwhile, ends well and leaves its end to that run", async () => {
  const { store, run } = settling();
  const read = store.settlement.bind(store);
  store.settlement = async (caseId, no) => {
    const found = await read(caseId, no);
    store.settlements.set(KEY, { ...ordered, round: 2, late: 1 });
    return found;
  };
  expect(await run()).toEqual({ outcome: "settled" });
  expect(store.settlements.get(KEY)).toMatchObject({ round: 2, dueAt: AT });
});
