/** Every route of the API: read by the CDK stack, the router and the OpenAPI generator alike. */

/**
 * Which function answers; each trust boundary has its own role. `files` signs upload tickets and document links,
 * `service-order` is shipping's and the workshop's, `finance` keeps the books of a case, `webhooks` hears the payment
 * provider.
 */
export type ApiFunction =
  | "public"
  | "customer"
  | "staff"
  | "service-order"
  | "finance"
  | "files"
  | "webhooks";
export interface Route {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly operation: string;
  readonly function: ApiFunction;
  readonly auth: "none" | "link" | "staff";
  /** Query parameters, and headers the gateway itself must insist on. */
  readonly query?: readonly string[];
  readonly requiredHeaders?: readonly string[];
}

const route = (
  method: Route["method"],
  path: string,
  operation: string,
  fn: ApiFunction,
  auth: Route["auth"],
  more: Pick<Route, "query" | "requiredHeaders"> = {},
): Route => ({ method, path: `/v1${path}`, operation, function: fn, auth, ...more });

/** What representatives do to one case: `POST /v1/cases/{caseId}/<action>`. */
export const STAFF_ACTIONS = [
  "review",
  "attention",
  "conversion",
  "cancellation",
  "reopening",
  "notes",
  "messages",
  "message-handled",
  "assignee",
  "link-revocation",
] as const;
/** What shipping and the workshop do, at the same address. */
export const SERVICE_ORDER_ACTIONS = [
  "export-clearance",
  "receipt",
  "discrepancy",
  "work",
  "inspection",
  "return-delivery",
] as const;
/** Actions on the money of one case, at the same address. */
export const FINANCE_ACTIONS = [
  "invoices",
  "payments",
  "refunds",
  "carrier-bill",
  "surcharge-release",
] as const;
/** What is done with one invoice: `POST /v1/cases/{caseId}/invoices/{invoiceId}/<action>`. */
export const INVOICE_ACTIONS = ["issue", "void"] as const;
/** Actions of the customer on her case: `POST /v1/case/<action>`. */
export const CUSTOMER_ACTIONS = [
  "photos",
  "items",
  "shipping-details",
  "ship-date",
  "dispatch",
  "conversion",
  "cancellation",
  "reopening",
  "messages",
] as const;

export const ROUTES: readonly Route[] = [
  route("GET", "/brand", "getBrand", "public", "none"),
  route("GET", "/designs/{designNumber}", "getDesign", "public", "none"),
  route("POST", "/assessments", "assess", "public", "none"),
  route("POST", "/cases", "openCase", "public", "none", { requiredHeaders: ["Idempotency-Key"] }),
  route("POST", "/cases/{caseId}/links", "resendLink", "public", "none"),
  route("POST", "/enquiries", "enquire", "public", "none"),

  route("GET", "/case", "getCase", "customer", "link"),
  route("GET", "/case/messages", "getMessages", "customer", "link"),
  route("POST", "/case/uploads", "requestUpload", "files", "link"),
  route("GET", "/case/documents/{name}", "getDocument", "files", "link"),
  ...CUSTOMER_ACTIONS.map((action) => route("POST", `/case/${action}`, action, "customer", "link")),

  route("GET", "/cases", "listCases", "staff", "staff", {
    query: ["stage", "cursor", "limit", "email", "serial", "order", "tracking", "unanswered", "refundDue"],
  }),
  route("GET", "/cases/{caseId}", "getCaseAsStaff", "staff", "staff"),
  route("GET", "/cases/{caseId}/documents/{name}", "getDocumentAsStaff", "files", "staff"),
  route("POST", "/cases/{caseId}/uploads", "requestUploadAsStaff", "files", "staff"),
  ...STAFF_ACTIONS.map((action) => route("POST", `/cases/{caseId}/${action}`, action, "staff", "staff")),
  ...SERVICE_ORDER_ACTIONS.map((action) =>
    route("POST", `/cases/{caseId}/${action}`, action, "service-order", "staff"),
  ),
  ...FINANCE_ACTIONS.map((action) => route("POST", `/cases/{caseId}/${action}`, action, "finance", "staff")),
  ...INVOICE_ACTIONS.map((action) =>
    route("POST", `/cases/{caseId}/invoices/{invoiceId}/${action}`, `invoice-${action}`, "finance", "staff"),
  ),
  route("POST", "/webhooks/payments", "paymentWebhook", "webhooks", "none"),
  route("GET", "/enquiries", "listEnquiries", "staff", "staff", { query: ["status", "cursor", "limit"] }),
  route("POST", "/enquiries/{enquiryId}/answer", "answerEnquiry", "staff", "staff"),
  route("PUT", "/designs/{designNumber}", "putDesign", "staff", "staff"),
  route("GET", "/rings/{serialNumber}", "getRing", "staff", "staff"),
  route("PUT", "/rings/{serialNumber}", "putRing", "staff", "staff"),
];
