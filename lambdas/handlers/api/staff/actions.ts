/** The staff's actions by the last word of their paths; only these are in their function's bundle. */
import { assignee } from "../../../actions/assignee.ts";
import { attention } from "../../../actions/attention.ts";
import { cancellation } from "../../../actions/cancellation.ts";
import { conversionOffer } from "../../../actions/conversion.ts";
import { linkRevocation } from "../../../actions/link-revocation.ts";
import { messageHandled } from "../../../actions/message-handled.ts";
import { messages } from "../../../actions/messages.ts";
import { notes } from "../../../actions/notes.ts";
import { reopening } from "../../../actions/reopening.ts";
import { review } from "../../../actions/review.ts";
import type { STAFF_ACTIONS } from "../../../contracts/routes.ts";
import type { AnyAction } from "./act.ts";

export const staffActions: Readonly<Record<(typeof STAFF_ACTIONS)[number], AnyAction>> = {
  review,
  attention,
  conversion: conversionOffer,
  cancellation,
  reopening,
  notes,
  messages,
  "message-handled": messageHandled,
  assignee,
  "link-revocation": linkRevocation,
};
