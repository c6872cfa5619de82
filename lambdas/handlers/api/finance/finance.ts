/** What finance can do to the books of a case; shipping brings the carrier's bill, a manager releases (R2, R40). */
import * as z from "zod";
import { carrierBill, surchargeRelease } from "../../../actions/carrier-bill.ts";
import { invoiceIssue, invoices, invoiceVoid } from "../../../actions/invoices.ts";
import { payments } from "../../../actions/payments.ts";
import { refunds } from "../../../actions/refunds.ts";
import type { FINANCE_ACTIONS, INVOICE_ACTIONS } from "../../../contracts/routes.ts";
import { InvoiceId } from "../../../domain/invoice.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Operation } from "../../../platform/api.ts";
import { type Call, parsed } from "../../../platform/http.ts";
import type { Deps } from "../../../platform/perform.ts";
import { type AnyAction, staffOperation, staffOperationsOf } from "../staff/act.ts";

export const financeActions: Readonly<Record<(typeof FINANCE_ACTIONS)[number], AnyAction>> = {
  invoices,
  payments,
  refunds,
  "carrier-bill": carrierBill,
  "surcharge-release": surchargeRelease,
};
export const invoiceActions: Readonly<Record<(typeof INVOICE_ACTIONS)[number], AnyAction>> = {
  issue: invoiceIssue,
  void: invoiceVoid,
};

const Nothing = z.strictObject({});

/** The invoice stands in the path, and the body says nothing. @throws Problem invalid-request, not-found */
function named(call: Call): { readonly invoiceId: string } {
  parsed(Nothing, call.body());
  const invoiceId = InvoiceId.safeParse(call.path.invoiceId);
  if (!invoiceId.success) throw new Problem("not-found");
  return { invoiceId: invoiceId.data };
}

export const financeOperations = (deps: Deps): Record<string, Operation> => ({
  ...staffOperationsOf(deps, financeActions),
  ...Object.fromEntries(
    Object.entries(invoiceActions).map(([name, action]) => [
      `invoice-${name}`,
      staffOperation(deps, action, named),
    ]),
  ),
});
