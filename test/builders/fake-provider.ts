/** A payment provider in memory: it makes invoices payable, takes money, gives it back; each call as often as one likes. */
import { PermanentError } from "../../lambdas/domain/faults.ts";
import type { PaymentProvider } from "../../lambdas/ports/payments.ts";

export interface FakePayable {
  readonly id: string;
  readonly invoiceId: string;
  /** What it asks for. */
  readonly cents: number;
  takenCents: number;
  /** What came another way, by entry: it asks for that much less. */
  readonly credited: Map<string, number>;
  open: boolean;
}
/** Still to be paid on its page. */
export const remainingOf = ({ cents, takenCents, credited }: FakePayable): number =>
  Math.max(0, cents - takenCents - [...credited.values()].reduce((sum, one) => sum + one, 0));
export interface FakeRefund {
  readonly entryId: string;
  readonly id: string;
  readonly cents: number;
}

/** @param books where what it did is kept */
export function fakeProvider(books: {
  readonly payables: FakePayable[];
  readonly refunds: FakeRefund[];
}): PaymentProvider {
  const payable = (id: string): FakePayable => {
    const found = books.payables.find((one) => one.id === id);
    if (!found) throw new PermanentError(`no invoice ${id}`);
    return found;
  };
  return {
    name: "stripe",
    leastCents: 50,
    create({ invoiceId, totalCents, creditCents }) {
      const id = `in_${invoiceId}`;
      if (!books.payables.some((one) => one.id === id))
        books.payables.push({
          id,
          invoiceId,
          cents: totalCents - creditCents,
          takenCents: 0,
          open: true,
          credited: new Map(),
        });
      return Promise.resolve({
        id,
        payUrl: `https://pay.example.com/${id}`,
        paymentIds: [`pi_${invoiceId}`],
      });
    },
    status: (id) => Promise.resolve({ paidCents: payable(id).takenCents, currency: "USD" }),
    credit(id, entryId, amountCents) {
      payable(id).credited.set(entryId, amountCents);
      return Promise.resolve();
    },
    cancel(id) {
      payable(id).open = false;
      return Promise.resolve();
    },
    refund(id, { entryId, amountCents }) {
      if (!books.refunds.some((one) => one.entryId === entryId)) {
        const gone = books.refunds.filter((one) => one.id === id).reduce((sum, one) => sum + one.cents, 0);
        if (gone + amountCents > payable(id).takenCents) throw new PermanentError("more than was taken");
        books.refunds.push({ entryId, id, cents: amountCents });
      }
      return Promise.resolve(`re_${entryId}`);
    },
  };
}
