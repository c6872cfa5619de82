/**
 * Everything that is the brand's and not the policy's: names, addresses, accounts, fees, links, codes, limits, days.
 * One JSON file holds it (`config/`), this schema checks it before anything is bundled, synthesized or started.
 */
import * as z from "zod";
import { Shot } from "./design.ts";
import { Cents } from "./identifiers.ts";
import { BankTransfer } from "./invoice.ts";
import { Party } from "./party.ts";

export type { Party } from "./party.ts";

const text = (max: number) => z.string().trim().min(1).max(max);
const inBothLanguages = z.strictObject({ en: text(200), ja: text(200) });
const days = z.int().min(1).max(3650);

export const Brand = z.strictObject({
  name: text(40),
  /** Changes whenever a rule or a number of days changes; stored with every verdict. */
  policyVersion: text(20),
  sender: z.strictObject({ name: text(60), email: z.email(), replyTo: z.email() }),
  /** Where operations hears of alarms. */
  operationsEmail: z.email(),
  /** Where the pages live; mailed links are `<site>/case#token=…`. */
  site: z.url(),
  links: z.strictObject({
    contact: z.url(),
    sizingKit: z.url(),
    packingVideo: z.url(),
    eei: z.url(),
    policy: z.url(),
  }),
  topics: z
    .array(z.enum(["resizing", "repair-and-maintenance", "export-filing", "ring-size", "other"]))
    .min(1),
  /** The workshop in Japan: consignee of the way there, shipper of the way back. */
  workshop: Party,
  carrier: z.strictObject({
    accountNumber: z.string().regex(/^\d{9}$/),
    serviceType: text(40),
    pickupType: text(40),
    /** Which label the account may use inbound: a return label, or a plain one the recipient pays (integrations.md). */
    inboundLabel: z.enum(["return-label", "recipient-pays"]),
    /** How many days ahead the carrier takes a ship date; nearer than this a label is made with its own date. */
    maxDaysAhead: z.int().min(1).max(30),
    /** The cap the carrier sets on the declared value of jewelry, US cents. */
    declaredValueCapCents: Cents,
  }),
  customs: z.strictObject({
    countryOfManufacture: z.string().regex(/^[A-Z]{2}$/),
    termsOfSale: z.string().regex(/^[A-Z]{3}$/),
    /** HTS headings under which repaired goods come home: free under warranty, or charged (9802.00.40 / .50). */
    repairHeadings: z.strictObject({ warranty: text(12), charged: text(12) }),
    /** Who signs invoices and declarations. */
    signatory: text(70),
    /** Weight of one piece for the papers, kilograms. */
    pieceWeightKg: z.number().positive().max(1.36),
  }),
  insurance: z.strictObject({ insurer: text(60), policyReference: text(40) }),
  /** Inclusive (R51). */
  packageLimits: z.strictObject({
    lengthIn: z.number().positive(),
    widthIn: z.number().positive(),
    heightIn: z.number().positive(),
    weightLb: z.number().positive(),
  }),
  /** The parcel the label is made for. */
  parcel: z.strictObject({
    lengthIn: z.number().positive(),
    widthIn: z.number().positive(),
    heightIn: z.number().positive(),
    weightLb: z.number().positive(),
  }),
  /** A shipment of this much or more is held until a person clears it (R46), US cents. */
  exportHoldCents: Cents,
  fees: z.strictObject({ exportFilingCents: Cents }),
  /** Who asks for money, and how it can be paid (R35). */
  invoicing: z
    .strictObject({
      issuer: Party,
      /** `stripe`: a page of the provider's; `bank-transfer`: finance records what arrives. */
      provider: z.enum(["stripe", "bank-transfer"]),
      /** Printed on every invoice; also beside a payment page. */
      bankTransfer: BankTransfer.optional(),
    })
    .refine(
      ({ provider, bankTransfer }) => provider !== "bank-transfer" || bankTransfer !== undefined,
      "bank transfer needs an account",
    ),
  /** What the engraver can do (R23). */
  engraving: z.strictObject({
    maxLength: z.int().min(1).max(60),
    /** Every character that can be engraved, beside the space. */
    characters: z.string().min(1).max(500),
  }),
  /** The shot list (R28): `certificate` is always among them. */
  shots: z
    .array(z.strictObject({ slot: Shot, label: inBothLanguages, hint: inBothLanguages }))
    .min(1)
    .max(12)
    .refine(
      (shots) => shots.some((shot) => shot.slot === "certificate"),
      "the certificate is mandatory (R28)",
    ),
  /** Shots asked of jewelry that is no ring; a subset of `shots`. */
  shotsOfOtherJewelry: z.array(Shot).min(1),
  days: z.strictObject({
    /** R6. */
    contact: days,
    /** R64, one number a wait, and after how many days its reminder goes out. */
    conversion: days,
    photos: days,
    shippingDetails: days,
    payment: days,
    shipDate: days,
    sending: days,
    remindAfter: days,
    /** After how many days a wait on staff is marked overdue. */
    staffOverdue: days,
    reopen: days,
    linkAfterEnd: days,
    /** R34. */
    shipDateMinBusinessDays: days,
    shipDateMax: days,
    /** R59. */
    windowEarliest: days,
    windowLatest: days,
  }),
});
export type Brand = z.infer<typeof Brand>;
