/** Actions by their names and by who carries them out: what the API's functions have. */
import type { Action, Actor } from "../../lambdas/actions/action.ts";
import { customerActions } from "../../lambdas/handlers/api/customer/actions.ts";
import { financeActions, invoiceActions } from "../../lambdas/handlers/api/finance/finance.ts";
import { serviceOrderActions } from "../../lambdas/handlers/api/service-order/actions.ts";
import { staffActions } from "../../lambdas/handlers/api/staff/actions.ts";

const ofStaff: Readonly<Record<string, Action<unknown>>> = {
  ...staffActions,
  ...serviceOrderActions,
  ...financeActions,
  "invoice-issue": invoiceActions.issue,
  "invoice-void": invoiceActions.void,
};

/** @throws Error for an action nobody has */
export function actionNamed(name: string, by: Actor["kind"] = "staff"): Action<unknown> {
  const own: Readonly<Record<string, Action<unknown>>> = by === "customer" ? customerActions : ofStaff;
  const action = own[name] ?? ofStaff[name] ?? (customerActions as Record<string, Action<unknown>>)[name];
  if (!action) throw new Error(`no action ${name}`);
  return action;
}
