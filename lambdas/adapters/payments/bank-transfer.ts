/** Payment by bank transfer alone: the invoice names the account, finance records what comes in, and sends back by hand. */
import type { PaymentProvider } from "../../ports/payments.ts";

/** @param site where customers find their case; without a slash at its end */
export const createBankTransfer = ({ site }: { readonly site: string }): PaymentProvider => ({
  name: "bank-transfer",
  leastCents: 1,
  async create({ invoiceId }) {
    return { id: invoiceId, payUrl: `${site}/case`, paymentIds: [] };
  },
  /** What came in is in the ledger and nowhere else. */
  async status() {
    return { paidCents: 0, currency: "USD" };
  },
  async credit() {},
  async cancel() {},
  async refund(_id, { entryId }) {
    return entryId;
  },
});
