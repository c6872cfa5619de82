/** The customer's actions by the last word of their paths; only these are in her function's bundle. */
import type { Action } from "../../../actions/action.ts";
import { cancellation } from "../../../actions/cancellation.ts";
import { conversion } from "../../../actions/conversion.ts";
import { dispatch } from "../../../actions/dispatch.ts";
import { items } from "../../../actions/items.ts";
import { messages } from "../../../actions/messages.ts";
import { photos } from "../../../actions/photos.ts";
import { reopening } from "../../../actions/reopening.ts";
import { shipDate, shippingDetails } from "../../../actions/shipping-details.ts";
import type { CUSTOMER_ACTIONS } from "../../../contracts/routes.ts";

// An action's input type is its own: `perform` parses the body with the action's schema first.
// oxlint-disable-next-line typescript/no-explicit-any
export const customerActions: Readonly<Record<(typeof CUSTOMER_ACTIONS)[number], Action<any>>> = {
  photos,
  items,
  "shipping-details": shippingDetails,
  "ship-date": shipDate,
  dispatch,
  conversion,
  cancellation,
  reopening,
  messages,
};
