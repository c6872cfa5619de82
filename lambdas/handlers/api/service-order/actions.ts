/** What shipping and the workshop do, by the last word of the path: from the export clearance to the return. */
import { discrepancy } from "../../../actions/discrepancy.ts";
import { exportClearance } from "../../../actions/export-clearance.ts";
import { inspection } from "../../../actions/inspection.ts";
import { receipt } from "../../../actions/receipt.ts";
import { returnDelivery } from "../../../actions/return-delivery.ts";
import { work } from "../../../actions/work.ts";
import type { SERVICE_ORDER_ACTIONS } from "../../../contracts/routes.ts";
import type { AnyAction } from "../staff/act.ts";

export const serviceOrderActions: Readonly<Record<(typeof SERVICE_ORDER_ACTIONS)[number], AnyAction>> = {
  "export-clearance": exportClearance,
  receipt,
  discrepancy,
  work,
  inspection,
  "return-delivery": returnDelivery,
};
