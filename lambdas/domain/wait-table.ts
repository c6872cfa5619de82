/** One row a wait: its state in the machines, its stage, who answers and how long it lasts (R64). */
import type { Brand } from "./brand.ts";
import type { Case, Stage } from "./case.ts";
import type { PlainDate } from "./identifiers.ts";
import type { Asks } from "./wait.ts";

/** What becomes of a cancellation while this is awaited. */
export type CancellationEffect =
  /** The case ends now. */
  | "end"
  /** The ring is in Japan: it goes back unworked. */
  | "return"
  /** The parcel is under way: recorded, it goes back unworked once it has arrived. */
  | "record"
  /** The work is done, or the ring on its way home. */
  | "too-late";

export interface WaitRow {
  /** Name of the waiting state: where an execution is resumed. */
  readonly state: string;
  readonly stage: Stage;
  /** What the customer's page says of it: the last word of the path that answers, and who answers. */
  readonly awaiting: { readonly action: string; readonly by: "customer" | "staff" | "carrier" };
  /** Days of silence until it expires; absent where it never does. */
  readonly expiresAfter?: keyof Brand["days"];
  /** Days until whoever should answer is reminded. */
  readonly remindAfter: keyof Brand["days"];
  readonly cancellation: CancellationEffect;
}

const customer = (action: string) => ({ action, by: "customer" }) as const;
const staff = (action: string) => ({ action, by: "staff" }) as const;

/** The waits of both processes and of the service order. */
export const WAITS: Readonly<Partial<Record<Asks, WaitRow>>> = {
  conversion: {
    state: "Await conversion",
    stage: "conversion-offered",
    awaiting: customer("conversion"),
    expiresAfter: "conversion",
    remindAfter: "remindAfter",
    cancellation: "end",
  },
  photos: {
    state: "Await photos",
    stage: "photos-requested",
    awaiting: customer("photos"),
    expiresAfter: "photos",
    remindAfter: "remindAfter",
    cancellation: "end",
  },
  review: {
    state: "Await review",
    stage: "in-review",
    awaiting: staff("review"),
    remindAfter: "staffOverdue",
    cancellation: "end",
  },
  "shipping-details": {
    state: "Await shipping details",
    stage: "shipping-details-requested",
    awaiting: customer("shipping-details"),
    expiresAfter: "shippingDetails",
    remindAfter: "remindAfter",
    cancellation: "end",
  },
  payment: {
    state: "Await payment",
    stage: "invoice-sent",
    awaiting: customer("payment"),
    expiresAfter: "payment",
    remindAfter: "remindAfter",
    cancellation: "end",
  },
  "ship-date": {
    state: "Await ship date",
    stage: "ship-date-requested",
    awaiting: customer("ship-date"),
    expiresAfter: "shipDate",
    remindAfter: "remindAfter",
    cancellation: "end",
  },
  "export-clearance": {
    state: "Await export clearance",
    stage: "export-review",
    awaiting: staff("export-clearance"),
    remindAfter: "staffOverdue",
    cancellation: "end",
  },
  dispatch: {
    state: "Await dispatch",
    stage: "documents-sent",
    awaiting: customer("dispatch"),
    expiresAfter: "sending",
    remindAfter: "remindAfter",
    cancellation: "end",
  },
  receipt: {
    state: "Await receipt",
    stage: "dispatched",
    awaiting: staff("receipt"),
    remindAfter: "sending",
    cancellation: "record",
  },
  discrepancy: {
    state: "Await discrepancy resolution",
    stage: "discrepancy",
    awaiting: staff("discrepancy"),
    remindAfter: "staffOverdue",
    cancellation: "return",
  },
  work: {
    state: "Await work",
    stage: "in-work",
    awaiting: staff("work"),
    remindAfter: "windowLatest",
    cancellation: "return",
  },
  inspection: {
    state: "Await inspection",
    stage: "inspection",
    awaiting: staff("inspection"),
    remindAfter: "staffOverdue",
    cancellation: "too-late",
  },
  surcharge: {
    state: "Await surcharge",
    stage: "surcharge-due",
    awaiting: customer("payment"),
    remindAfter: "remindAfter",
    cancellation: "too-late",
  },
  "return-delivery": {
    state: "Await return delivery",
    stage: "returning",
    awaiting: { action: "return-delivery", by: "carrier" },
    remindAfter: "sending",
    cancellation: "too-late",
  },
  attention: {
    state: "Await attention",
    stage: "attention",
    awaiting: staff("attention"),
    remindAfter: "staffOverdue",
    cancellation: "end",
  },
};

/** @throws Error for a wait no machine has: a defect, not an input. */
export const waitRow = (asks: Asks): WaitRow => {
  const row = WAITS[asks];
  if (!row) throw new Error(`no machine asks for ${asks}`);
  return row;
};

const FROM_SHIP_DATE: readonly Asks[] = ["dispatch", "receipt"];

/** The day silence is counted from: her own ship date, where the wait is for the parcel (R64); else its opening. */
export const silenceFrom = (asks: Asks, theCase: Case, today: PlainDate): PlainDate => {
  const shipDate = theCase.shipping?.shipDate;
  return FROM_SHIP_DATE.includes(asks) && shipDate !== undefined && shipDate > today ? shipDate : today;
};
