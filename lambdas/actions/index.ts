/** Every action by the last word of its path. */
import type { Action } from "./action.ts";
import { assignee } from "./assignee.ts";
import { attention } from "./attention.ts";
import { cancellation } from "./cancellation.ts";
import { conversion } from "./conversion.ts";
import { discrepancy } from "./discrepancy.ts";
import { dispatch } from "./dispatch.ts";
import { exportClearance } from "./export-clearance.ts";
import { inspection } from "./inspection.ts";
import { items } from "./items.ts";
import { linkRevocation } from "./link-revocation.ts";
import { messageHandled } from "./message-handled.ts";
import { messages } from "./messages.ts";
import { notes } from "./notes.ts";
import { photos } from "./photos.ts";
import { receipt } from "./receipt.ts";
import { reopening } from "./reopening.ts";
import { returnDelivery } from "./return-delivery.ts";
import { review } from "./review.ts";
import { shipDate, shippingDetails } from "./shipping-details.ts";
import { work } from "./work.ts";

// An action's input type is its own; whoever calls one by name has parsed the input with its schema first.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyAction = Action<any>;

const byName = (...actions: readonly AnyAction[]): ReadonlyMap<string, AnyAction> =>
  new Map(actions.map((action) => [action.name, action]));

export const ACTIONS: ReadonlyMap<string, AnyAction> = byName(
  photos,
  items,
  shippingDetails,
  shipDate,
  dispatch,
  conversion,
  cancellation,
  review,
  exportClearance,
  receipt,
  discrepancy,
  work,
  inspection,
  returnDelivery,
  attention,
  notes,
  reopening,
  messages,
  messageHandled,
  assignee,
  linkRevocation,
);
