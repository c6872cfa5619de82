import { expect, it } from "vitest";
import { createBankTransfer } from "../../lambdas/adapters/payments/bank-transfer.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import type { Refund } from "../../lambdas/domain/payment.ts";

const provider = createBankTransfer({ site: "https://care.example.com" });

it("an invoice paid at the bank is known by its own number, and paid from the page of the case", async () => {
  expect(provider.name).toBe("bank-transfer");
  expect(await provider.create({ invoiceId: "CW-7K3M9Q2XAB-1" } as Invoice)).toStrictEqual({
    id: "CW-7K3M9Q2XAB-1",
    payUrl: "https://care.example.com/case",
    paymentIds: [],
  });
});

it("R37: nobody but finance says what came in at the bank, and finance sends it back", async () => {
  expect(await provider.status("CW-7K3M9Q2XAB-1")).toStrictEqual({ paidCents: 0, currency: "USD" });
  await expect(provider.cancel("CW-7K3M9Q2XAB-1")).resolves.toBeUndefined();
  expect(await provider.refund("CW-7K3M9Q2XAB-1", { entryId: "refund-001" } as Refund)).toBe("refund-001");
});
