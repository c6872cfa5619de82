/** What finance can do to the books of a case; shipping brings the carrier's bill, a manager releases (R2, R40). */
import { carrierBill, surchargeRelease } from "../../../actions/carrier-bill.ts";
import { invoiceIssue, invoices, invoiceVoid } from "../../../actions/invoices.ts";
import { payments } from "../../../actions/payments.ts";
import { refunds } from "../../../actions/refunds.ts";
import type { FINANCE_ACTIONS, INVOICE_ACTIONS } from "../../../contracts/routes.ts";
import type { Operation } from "../../../platform/api.ts";
import type { Call } from "../../../platform/http.ts";
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

/** The invoice stands in the path. */
const named = (call: Call) => ({ invoiceId: call.path.invoiceId });

export const financeOperations = (deps: Deps): Record<string, Operation> => ({
  ...staffOperationsOf(deps, financeActions),
  ...Object.fromEntries(
    Object.entries(invoiceActions).map(([name, action]) => [
      `invoice-${name}`,
      staffOperation(deps, action, named),
    ]),
  ),
});
