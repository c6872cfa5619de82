/** The shapes the letters are written from: no case, no brand, only what is said. Neutral as to language. */
import type { Process } from "../domain/assessment.ts";
import type { Brand } from "../domain/brand.ts";
import type { JewelryKind, Service } from "../domain/design.ts";
import type { EnquiryTopic } from "../domain/enquiry.ts";
import type { Cents, Instant, PlainDate, RingSize } from "../domain/identifiers.ts";
import type { Invoice, InvoiceLine } from "../domain/invoice.ts";
import type { MailParams, OrderableEmail } from "../domain/mail-params.ts";
import type { Refund } from "../domain/payment.ts";
import type { WorkDays } from "../domain/work-days.ts";
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
  /** Unknown where the catalogue does not know the design. */
  readonly kind?: JewelryKind | undefined;
  readonly services?: readonly Service[] | undefined;
  readonly engraving?: string | undefined;
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

/** An invoice as a letter asks for its payment. */
export interface Bill {
  readonly invoiceId: string;
  /** `covered`: earlier payments pay it whole; `withdrawn`: it asked for money no more when the letter was written. */
  readonly state: "due" | "covered" | "withdrawn";
  /** Of the PDF that is attached. */
  readonly fileName: string;
  readonly totalCents: Cents;
  /** What earlier payments cover of it. */
  readonly creditCents: Cents;
  /** What is left to be paid. */
  readonly dueCents: Cents;
  readonly dueDate: PlainDate;
  /** The provider's page, where there is one. */
  readonly payUrl: string | undefined;
  readonly bankTransfer: Invoice["bankTransfer"];
}

/** Money of hers that nothing asks for (R37). */
export interface MoneyBack {
  /** To be sent back. */
  readonly backCents: Cents;
  /** Finance has first to look at what she has paid. */
  readonly settling: boolean;
}

/** What the question after a conversion would be about (R1). */
interface Wants {
  readonly wantsPhotos: boolean;
  readonly wantsContact: boolean;
}

/** These pieces were taken out of another case's shipment (R47). */
interface SplitOff {
  readonly splitFrom: { readonly caseId: string; readonly shipDate: PlainDate } | undefined;
}

type ShipDays = Pick<Brand["days"], "shipDateMinBusinessDays" | "shipDateMax">;

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
  E4: SplitOff & {
    readonly dropped: readonly Item[];
    /** Name, address and telephone were told before. */
    readonly contactKnown: boolean;
    readonly workDays: WorkDays;
    readonly exportHoldCents: Cents;
    readonly days: ShipDays;
  };
  E5: MoneyBack & { readonly code: string | undefined; readonly words: string | undefined };
  E6: Wants & {
    /** The process that is offered. */
    readonly to: Process;
    /** Why, in the words of the person who offers it. */
    readonly words: string | undefined;
    /** Else why, by the verdict. */
    readonly reasons: readonly string[];
    readonly limits: Brand["packageLimits"];
    /** What has been paid so far, and the invoices that ask for money now. */
    readonly paidCents: Cents;
    readonly invoices: readonly string[];
  };
  E7: Bill &
    MoneyBack & {
      readonly version: number;
      readonly kind: Invoice["kind"];
      readonly replaces: string | undefined;
      readonly order: Invoice["order"];
      /** Without the line of the return. */
      readonly lines: readonly InvoiceLine[];
      /** It has the line that says so (R39). */
      readonly returnIncluded: boolean;
      readonly dropped: readonly Item[];
      /** Of an order only. */
      readonly workDays: WorkDays | undefined;
      readonly limits: Brand["packageLimits"];
      /** What waits for the payment; nothing does once the case has ended, or for an invoice that was withdrawn. */
      readonly next: "ship-date" | "return" | undefined;
    };
  E8: SplitOff &
    MoneyBack & {
      readonly dropped: readonly Item[];
      readonly paidCents: Cents;
      readonly exportHoldCents: Cents;
      readonly days: ShipDays;
    };
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
  E12: Wants &
    MoneyBack & {
      readonly reopenUntil: PlainDate;
      /** The process that is, or was, offered. */
      readonly offered: Process;
      /** Still to be paid, and by which invoices. */
      readonly owedCents: Cents;
      readonly unpaid: readonly Pick<Bill, "invoiceId" | "dueDate" | "payUrl">[];
      /** Invoices that the end of the case has made void. */
      readonly voided: readonly string[];
    };
  E13: {
    readonly receivedOn: PlainDate;
    readonly window: WorkWindow;
    /** It follows days that a person told with the approval (R62). */
    readonly scheduled: boolean;
  };
  E14: { readonly window: WorkWindow };
  E15:
    | {
        readonly variant: "discrepancy";
        readonly mismatches: readonly {
          readonly piece: string | undefined;
          readonly text: string;
        }[];
      }
    | (Bill & {
        readonly variant: "surcharge";
        /** The parcel as measured, the carrier's bill, and what was billed in advance (R40). */
        readonly evidence: NonNullable<Invoice["evidence"]>;
        readonly limits: Brand["packageLimits"];
      });
  E16: Parcel & { readonly manifest: readonly string[]; readonly unworked: boolean };
  E17: MoneyBack & {
    /** It came home without having been worked on. */
    readonly unworked: boolean;
    /** A label was made for her and is worthless now. */
    readonly hadLabel: boolean;
    /** The day until which the complimentary service can still be asked for; undefined when past or unknown. */
    readonly lastComplimentaryDay: PlainDate | undefined;
    /** Invoices that the end of the case has made void. */
    readonly voided: readonly string[];
  };
  E18: { readonly variant: "link" } | { readonly variant: "message"; readonly text: string };
  E20: Pick<Refund, "amountCents" | "invoiceId" | "method" | "reason">;
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
