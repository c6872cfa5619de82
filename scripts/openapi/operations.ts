/** What each operation is for, takes and answers: the part of the document that no route and no schema says. */
import type * as z from "zod";
import { AssessmentRequest, OpenCaseRequest } from "../../lambdas/actions/open-case.ts";
import { UploadRequest } from "../../lambdas/actions/uploads.ts";
import * as api from "../../lambdas/contracts/api.ts";
import { CaseList, CaseView, MessageList, StaffCaseView } from "../../lambdas/contracts/case-view.ts";
import * as requests from "../../lambdas/contracts/requests.ts";
import type {
  CUSTOMER_ACTIONS,
  FINANCE_ACTIONS,
  INVOICE_ACTIONS,
  SERVICE_ORDER_ACTIONS,
  STAFF_ACTIONS,
} from "../../lambdas/contracts/routes.ts";
import { Assessment, StoredAssessment } from "../../lambdas/domain/assessment.ts";
import { Design, DesignFacts } from "../../lambdas/domain/design.ts";
import type { ProblemCode } from "../../lambdas/domain/problem.ts";
import { customerActions } from "../../lambdas/handlers/api/customer/actions.ts";
import { financeActions, invoiceActions } from "../../lambdas/handlers/api/finance/finance.ts";
import { serviceOrderActions } from "../../lambdas/handlers/api/service-order/actions.ts";
import { staffActions } from "../../lambdas/handlers/api/staff/actions.ts";

export interface Described {
  readonly summary: string;
  readonly description?: string;
  readonly request?: z.ZodType;
  /** Checked against the request's schema when the document is made. */
  readonly example?: unknown;
  readonly status: 200 | 201 | 202;
  readonly response: z.ZodType;
  /** Besides those every operation of its kind can have. */
  readonly problems: readonly ProblemCode[];
}

const item = {
  design: "Aurora",
  designNumber: "R-1001",
  serialNumber: "SN-2026-0001",
  sizeAtPurchase: 11,
  desiredSize: 13,
  deliveryDate: "2026-03-01",
};
const address = { line1: "1200 Valencia Street", city: "San Francisco", state: "CA", zip: "94110" };

const PUBLIC: Record<string, Described> = {
  getBrand: {
    summary: "Links, package limits, topics and the ship dates possible now",
    status: 200,
    response: api.BrandView,
    problems: [],
  },
  getDesign: {
    summary: "A design: its resizing category, sizes and services (R4, R18, R25)",
    status: 200,
    response: Design,
    problems: ["not-found"],
  },
  assess: {
    summary: "The verdict beforehand: exactly what filing it now would give",
    request: AssessmentRequest,
    example: { timeZone: "America/New_York", items: [{ ...item, design: undefined }] },
    status: 200,
    response: Assessment,
    problems: ["invalid-json", "invalid-request", "too-large"],
  },
  openCase: {
    summary: "Opens a case",
    description:
      "The same Idempotency-Key with the same body gets the same 201; with another body 409 `key-reused`. A refused request is 422 with the assessment, and there is no case.",
    request: OpenCaseRequest,
    example: {
      process: "complimentary-resizing",
      customer: { name: "Jane Doe", email: "jane.doe@example.com", timeZone: "America/New_York" },
      items: [item],
      order: { date: "2026-02-20", number: "US-100234" },
    },
    status: 201,
    response: api.OpenedCase,
    problems: ["invalid-json", "invalid-request", "too-large", "key-reused", "rule-broken"],
  },
  resendLink: {
    summary: "Mails a fresh link to the address on file",
    description: "202 whatever is true, so that nobody learns of cases or addresses.",
    request: requests.LinkRequest,
    example: { email: "jane.doe@example.com" },
    status: 202,
    response: api.Nothing,
    problems: ["invalid-json", "invalid-request", "too-large"],
  },
};

const enquiry = {
  topic: "export-filing",
  customer: { name: "Jane Doe", email: "jane.doe@example.com" },
  text: "My two rings are worth $2,600 together. What do I have to file?",
};
const ENQUIRY: Described = {
  summary: "Asks a question without a case (R3, R8, R48)",
  description:
    "The same words within some minutes are one enquiry. Nobody learns whether the case named exists.",
  request: requests.EnquiryRequest,
  example: enquiry,
  status: 201,
  response: api.ReceivedEnquiry,
  problems: ["invalid-json", "invalid-request", "too-large"],
};

const uploads: Described = {
  summary: "A ticket to upload one photo or video (R28)",
  request: UploadRequest,
  example: { slot: "certificate", fileName: "certificate.jpg", contentType: "image/jpeg", size: 2_400_000 },
  status: 200,
  response: api.UploadTicket,
  problems: ["invalid-json", "invalid-request", "too-large", "out-of-turn", "rule-broken"],
};
const documents: Described = {
  summary: "A short-lived address of a document of the case",
  status: 200,
  response: api.DocumentLink,
  problems: ["not-found"],
};

type Example = readonly [summary: string, example: unknown];
const CUSTOMER_EXAMPLES: Record<(typeof CUSTOMER_ACTIONS)[number], Example> = {
  photos: [
    "Sends the photos asked for (R28), in the paid process with name, address and telephone (R32); 409 `media-pending` while one is being looked at",
    {
      mediaIds: ["0123456789abcdef0123456789abcdef"],
      contact: { name: "Jane Doe", address, telephone: "+1 (415) 555-0132" },
    },
  ],
  items: ["Completes the request until it is approved (R7)", { items: [{ item: 1, desiredSize: 13 }] }],
  "shipping-details": [
    "Address and ship date (R31, R33, R34); again before the first scan, the documents are reissued",
    { name: "Jane Doe", address, telephone: "+1 (415) 555-0132", shipDate: "2026-03-25" },
  ],
  "ship-date": [
    "The ship date once everything is paid; another one before the first scan, the documents are reissued",
    { shipDate: "2026-03-26" },
  ],
  dispatch: ["The package has been sent (R53); the answer states R54 in `notices`", {}],
  conversion: ["Yes or no to the process that is offered (R1, R12)", { accept: true }],
  cancellation: ["Asks for a cancellation", { reason: "I changed my mind" }],
  reopening: ["Takes up again what silence has ended, with its contact date (R64)", {}],
  messages: ["Writes to the brand, in any stage", { text: "May I add an engraving?" }],
};

const parcel = {
  lengthIn: 6,
  widthIn: 6,
  heightIn: 4,
  weightLb: 1,
  contents: ["jewelry", "pouch", "certificate"],
};
const lines = [
  { kind: "service", text: "Polishing", amountCents: 12_000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8_000 },
];
const STAFF_EXAMPLES: Record<(typeof STAFF_ACTIONS)[number], Example> = {
  review: [
    "Decides on a request (R29, R30); in the paid process a yes brings schedule and invoice (R35, R62)",
    {
      decision: "approve",
      schedule: { earliest: 14, latest: 28 },
      invoice: { lines, dueDays: 14 },
      items: [
        {
          serialNumber: "SN-2026-0001",
          deliveryDate: "2026-03-01",
          deliverySource: "order",
          customsValueCents: 120_000,
          insuredValueCents: 150_000,
        },
      ],
    },
  ],
  attention: ["Tries a failed step again, or ends the case", { decision: "retry" }],
  conversion: [
    "Offers the other process, from any stage before shipping (R1, R12); the customer decides",
    { reason: "The ring was delivered within the last 30 days" },
  ],
  cancellation: ["Cancels the case", { reason: "The customer called" }],
  reopening: [
    "Takes up again a case that expired, or ended before receipt (R64); the reason is required",
    { reason: "She was travelling" },
  ],
  messages: [
    "Writes to the customer: mailed (E18) and shown on her page",
    { text: "Yes, an engraving is possible after the resizing." },
  ],
  "message-handled": ["Her message needs no written answer", {}],
  notes: ["Writes a note the customer never sees", { text: "Called the customer about the stone" }],
  assignee: ["Gives the case to somebody; null gives it back to all", { assignee: "Kei Sato" }],
  "link-revocation": ["Ends every link mailed so far", {}],
};

const SERVICE_ORDER_EXAMPLES: Record<(typeof SERVICE_ORDER_ACTIONS)[number], Example> = {
  "export-clearance": [
    "Clears a held shipment, splits it into two cases, or cancels it (R47)",
    { basis: "itn", itn: "X20260325123456" },
  ],
  receipt: [
    "Records what has arrived (R56)",
    { serialNumber: "SN-2026-0001", certificate: true, condition: "as-photographed", ...parcel },
  ],
  discrepancy: ["Settles what did not match (R56)", { resolution: "continue", text: "The customer agrees" }],
  work: ["The work is finished, or takes longer (R60)", { finishedOn: "2026-05-20" }],
  inspection: [
    "Inspects before the return (R63)",
    { measuredSize: 13, repairValueCents: 4_500, manifest: ["jewelry", "pouch", "certificate"] },
  ],
  "return-delivery": ["The return has been delivered", {}],
};

const invoiceId = "CW-7K3M9Q2XAB-1";
const FINANCE_EXAMPLES: Record<(typeof FINANCE_ACTIONS)[number], Example> = {
  invoices: [
    "Asks for money: a supplement, or a version that takes the place of another (R35); as a draft, if wished",
    { lines, dueDays: 14, replaces: invoiceId },
  ],
  payments: [
    "Records money that came in (R37); the same reference again is the same payment",
    {
      invoiceId,
      amountCents: 20_000,
      currency: "USD",
      method: "bank-transfer",
      reference: "FED-20260320-0001",
    },
  ],
  refunds: [
    "Sends money back: what no invoice asks for, after the end whatever finance decides (R37)",
    { invoiceId, amountCents: 5_000, reason: "Paid twice" },
  ],
  "carrier-bill": [
    "What the carrier billed for the way to Japan; a parcel over the limits is charged the difference (R40)",
    { amountCents: 11_250, reference: "7-123-45678" },
  ],
  "surcharge-release": ["Lets the difference go (R40)", { reason: "A mistake of the packing video" }],
};
const invoiceOperations = (): Record<string, Described> => {
  const summaries: Record<(typeof INVOICE_ACTIONS)[number], string> = {
    issue: "Issues a draft (R35)",
    void: "Takes an invoice back; what was paid on it is due back (R35, R37)",
  };
  return Object.fromEntries(
    Object.entries(summaries).map(([name, summary]) => [
      `invoice-${name}`,
      {
        summary,
        description: `Roles: ${[...invoiceActions[name as keyof typeof summaries].staff, "manager"].join(", ")}.`,
        request: api.Nothing,
        example: {},
        status: 200,
        response: StaffCaseView,
        problems: ["out-of-turn", "case-changed", "rule-broken", "not-found"],
      },
    ]),
  );
};

const ACTION_PROBLEMS: readonly ProblemCode[] = [
  "invalid-json",
  "invalid-request",
  "too-large",
  "out-of-turn",
  "already-answered",
  "case-changed",
  "rule-broken",
];

const actions = (
  examples: Readonly<Record<string, Example>>,
  registry: Readonly<Record<string, { readonly input: z.ZodType; readonly staff: readonly string[] }>>,
  response: z.ZodType,
  problems: readonly ProblemCode[],
): Record<string, Described> =>
  Object.fromEntries(
    Object.entries(examples).map(([name, [summary, example]]) => {
      const action = registry[name];
      if (!action) throw new Error(`no action ${name}`);
      const roles = [...new Set([...action.staff, "manager"])].join(", ");
      return [
        name,
        {
          summary,
          ...(response === StaffCaseView ? { description: `Roles: ${roles}.` } : {}),
          request: action.input,
          example,
          status: 200,
          response,
          problems,
        },
      ];
    }),
  );

const CUSTOMER: Record<string, Described> = {
  getCase: { summary: "The case of the link", status: 200, response: CaseView, problems: [] },
  getMessages: {
    summary: "Messages both ways, oldest first",
    status: 200,
    response: MessageList,
    problems: [],
  },
  ...actions(CUSTOMER_EXAMPLES, customerActions, CaseView, [...ACTION_PROBLEMS, "media-pending"]),
};

const STAFF: Record<string, Described> = {
  listCases: {
    summary:
      "The queue of a stage, cases with a message to answer or money to send back, or those under an address or a number",
    description: "One filter at a time; without any, all that is open. Roles: all.",
    status: 200,
    response: CaseList,
    problems: ["invalid-request"],
  },
  getCaseAsStaff: {
    summary: "A case with all that staff may see",
    description: "Roles: all.",
    status: 200,
    response: StaffCaseView,
    problems: ["not-found"],
  },
  ...actions(STAFF_EXAMPLES, staffActions, StaffCaseView, [...ACTION_PROBLEMS, "not-found"]),
  listEnquiries: {
    summary: "Enquiries, open ones first",
    description: "Roles: representative, manager.",
    status: 200,
    response: api.EnquiryList,
    problems: ["invalid-request"],
  },
  answerEnquiry: {
    summary: "Answers an enquiry by mail (E18), once",
    description: "Roles: representative, manager. The same words again answer the same, others 409.",
    request: requests.EnquiryAnswer,
    example: { text: "A filing is needed from $2,500.00 on; we will help you with it." },
    status: 200,
    response: api.EnquiryView,
    problems: ["invalid-json", "invalid-request", "too-large", "not-found", "already-answered"],
  },
  putDesign: {
    summary: "Puts a design into the catalogue",
    description: "Roles: manager.",
    request: DesignFacts,
    example: {
      name: "Aurora",
      kind: "ring",
      material: "18K yellow gold",
      harmonizedCode: "7113.19.2900",
      resizing: { category: "resizing", minus: 3, plus: 3 },
      availableSizes: [9, 10, 11, 12, 13],
      services: ["polishing", "engraving"],
    },
    status: 200,
    response: Design,
    problems: ["invalid-json", "invalid-request", "too-large", "rule-broken"],
  },
  getRing: {
    summary: "The ledger of a ring (R5)",
    description: "Roles: representative, manager.",
    status: 200,
    response: api.RingView,
    problems: ["not-found"],
  },
  putRing: {
    summary: "Records the facts of a ring",
    description: "Roles: representative, manager.",
    request: requests.RingFacts,
    example: {
      designNumber: "R-1001",
      sizeAtPurchase: 11,
      deliveryDate: "2026-03-01",
      deliverySource: "carrier",
    },
    status: 200,
    response: api.RingView,
    problems: ["invalid-json", "invalid-request", "too-large", "case-changed"],
  },
};

/** Answers and their parts that have a name of their own in the document. */
export const COMPONENTS: Readonly<Record<string, z.ZodType>> = {
  Case: CaseView,
  StaffCase: StaffCaseView,
  CaseList,
  MessageList,
  OpenedCase: api.OpenedCase,
  Assessment,
  StoredAssessment,
  Design,
  Ring: api.RingView,
  Brand: api.BrandView,
  UploadTicket: api.UploadTicket,
  DocumentLink: api.DocumentLink,
  ReceivedEnquiry: api.ReceivedEnquiry,
  Enquiry: api.EnquiryView,
  EnquiryList: api.EnquiryList,
  Nothing: api.Nothing,
  WebhookReceived: api.WebhookReceived,
  Problem: api.ProblemBody,
};

/** By function, then by the operation's name in `ROUTES`. */
export const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Described>>>> = {
  public: { ...PUBLIC, enquire: ENQUIRY },
  customer: CUSTOMER,
  staff: STAFF,
  "service-order": actions(SERVICE_ORDER_EXAMPLES, serviceOrderActions, StaffCaseView, [
    ...ACTION_PROBLEMS,
    "not-found",
  ]),
  finance: {
    ...actions(FINANCE_EXAMPLES, financeActions, StaffCaseView, [...ACTION_PROBLEMS, "not-found"]),
    ...invoiceOperations(),
  },
  webhooks: {
    paymentWebhook: {
      summary: "What the payment provider tells, signed over the raw body (header `Stripe-Signature`)",
      description: "A message told twice, late or out of order changes nothing more.",
      request: api.WebhookMessage,
      example: {
        id: "evt_1",
        type: "invoice.paid",
        data: { object: { object: "invoice", id: "in_1", amount_paid: 20_000, currency: "usd" } },
      },
      status: 200,
      response: api.WebhookReceived,
      problems: ["unauthenticated", "invalid-json", "invalid-request", "too-large"],
    },
  },
  files: {
    requestUpload: uploads,
    requestUploadAsStaff: {
      ...uploads,
      description: "Roles: all.",
      problems: [...uploads.problems, "not-found"],
    },
    getDocument: documents,
    getDocumentAsStaff: { ...documents, description: "Roles: all." },
  },
};
