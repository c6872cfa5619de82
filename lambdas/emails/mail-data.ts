/** The shapes the letters are written from: no case, no brand, only what is said. Neutral as to language. */
import type { Process } from "../domain/assessment.ts";
import type { Brand } from "../domain/brand.ts";
import type { EnquiryTopic } from "../domain/enquiry.ts";
import type { Cents, Instant, PlainDate, RingSize } from "../domain/identifiers.ts";
import type { MailParams, OrderableEmail } from "../domain/mail-params.ts";
import type { Frame } from "./frame.ts";
import type { Missing } from "./missing-facts.ts";
import type { ShotRow } from "./shot-rows.ts";

/** An instant with the zone it is shown in. */
export interface Moment {
  readonly at: Instant;
  readonly zone: string;
}

/** One piece of jewelry as a letter names it. */
export interface Item {
  readonly item: number;
  readonly name: string;
  readonly designNumber: string;
  readonly serialNumber?: string | undefined;
  readonly desiredSize?: RingSize | "unknown" | undefined;
  readonly measuredSize?: RingSize | undefined;
  readonly newSerialNumber?: string | undefined;
  readonly outcome?: "resize" | "exchange" | "service" | undefined;
}

/** What every letter may use. */
export interface Common extends Frame {
  readonly caseId: string;
  readonly links: Brand["links"];
  readonly process: Process;
  /** Pieces still in the request. */
  readonly items: readonly Item[];
  /** When the request reached us, on the customer's calendar. */
  readonly contactDate: PlainDate;
}

export interface Parcel {
  readonly trackingNumber: string;
  readonly shipDate: PlainDate;
  readonly insuredCents: Cents;
  readonly insurance: { readonly insurer: string; readonly policyReference: string };
}

interface Holiday {
  readonly date: PlainDate;
  readonly name: string;
}
interface WorkWindow {
  readonly earliest: PlainDate;
  readonly latest: PlainDate;
  readonly holidays: readonly Holiday[];
}

/** What each letter says beyond that. */
export interface Told {
  E1: {
    readonly missing: readonly Missing[];
    /** null while the delivery date is unknown, and in the paid process, which has no limit (R26). */
    readonly lastComplimentaryDay: PlainDate | null;
    readonly provisional: boolean;
  };
  E2: { readonly shots: readonly ShotRow[]; readonly wantsContact: boolean };
  E3: { readonly shots: readonly ShotRow[]; readonly words: string | undefined };
  E4: {
    /** These pieces were taken out of another case's shipment (R47). */
    readonly splitFrom: { readonly caseId: string; readonly shipDate: PlainDate } | undefined;
    readonly dropped: readonly Item[];
    readonly exportHoldCents: Cents;
    readonly days: Pick<
      Brand["days"],
      "shipDateMinBusinessDays" | "shipDateMax" | "windowEarliest" | "windowLatest"
    >;
  };
  E5: { readonly code: string | undefined; readonly words: string | undefined };
  E6: { readonly reasons: readonly string[]; readonly limits: Brand["packageLimits"] };
  E9: Parcel & {
    /** It replaces a number told before. */
    readonly reissued: boolean;
  };
  E10: Parcel & {
    readonly invoiceNumber: string;
    readonly limits: Brand["packageLimits"];
    /** It replaces documents sent before. */
    readonly reissued: boolean;
  };
  E11: {
    readonly totalCents: Cents;
    readonly exportHoldCents: Cents;
    readonly feeCents: Cents;
    /** Other shipments of the same sender and day are in the total. */
    readonly withOthers: boolean;
  };
  E12: { readonly reopenUntil: PlainDate };
  E13: { readonly receivedOn: PlainDate; readonly window: WorkWindow };
  E14: { readonly window: WorkWindow };
  E15: {
    readonly mismatches: readonly {
      readonly piece: string | undefined;
      readonly text: string;
    }[];
  };
  E16: Parcel & { readonly manifest: readonly string[]; readonly unworked: boolean };
  E17: {
    /** It came home without having been worked on. */
    readonly unworked: boolean;
    /** A label was made for her and is worthless now. */
    readonly hadLabel: boolean;
    /** The day until which the complimentary service can still be asked for; undefined when past or unknown. */
    readonly lastComplimentaryDay: PlainDate | undefined;
  };
  E18: { readonly variant: "link" } | { readonly variant: "message"; readonly text: string };
}

/** What the answer to an enquiry is written from; there is no case. */
export interface AnswerData extends Frame {
  readonly enquiryId: string;
  readonly links: Brand["links"];
  readonly topic: EnquiryTopic;
  readonly question: string;
  readonly answer: string;
  readonly receivedOn: PlainDate;
}

type WithoutDeadline<P> =
  P extends Record<string, never> ? unknown : P extends unknown ? Omit<P, "deadline"> : never;
/** Everything a letter is written from; the deadline comes with the zone it is shown in. */
export type MailData = {
  readonly [E in OrderableEmail]: Common &
    WithoutDeadline<MailParams[E]> & { readonly deadline?: Moment | undefined } & Told[E];
};
