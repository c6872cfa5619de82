/** The case as staff see it: everything but the tokens of waits, the secrets of links, and keys of storage. */
import type { CaseRow, StaffCaseView } from "../../../contracts/case-view.ts";
import { staffDocuments } from "../../../contracts/documents.ts";
import { accountsOf } from "../../../domain/accounts.ts";
import type { Brand } from "../../../domain/brand.ts";
import type { Case, ListedCase } from "../../../domain/case.ts";
import type { CaseFile } from "../../../domain/case-file.ts";
import { pick } from "../../../domain/fields.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import { breaksLimits } from "../../../domain/package-limits.ts";
import { WAITS } from "../../../domain/wait-table.ts";
import { customerView, documentView, invoicesOf } from "../customer/view.ts";

const DAY_MS = 86_400_000;

/** Facts of the case that staff see as they are stored. */
const FACTS = [
  "customer",
  "order",
  "items",
  "assessment",
  "overrides",
  "review",
  "assignee",
  "unansweredSince",
  "schedule",
  "conversionOffer",
  "carrierBill",
  "surchargeRelease",
  "refundDueSince",
  "attention",
  "cancellation",
  "ending",
  "endedAt",
  "reopenedAt",
  "exportHold",
  "exportStatement",
  "reportedSentAt",
  "receipt",
  "workFinishedOn",
  "returnUnworked",
  "manifest",
  "machine",
  "attempt",
] as const satisfies readonly (keyof Case)[];

const shipmentView = (one: CaseFile["shipments"][number]): StaffCaseView["shipments"][number] => {
  const { shipper: _s, consignee: _c, importer: _i, ...declaration } = one.declaration;
  return {
    ...pick(one, ["leg", "attempt", "status", "requestedAt", "trackingNumber", "alerts"]),
    declaration,
  };
};

const moneyView = (file: CaseFile, { packageLimits }: Brand): StaffCaseView["money"] => ({
  ...accountsOf(file),
  invoices: file.invoices.map(({ documentKey: _key, ...invoice }) => invoice),
  ledger: [...file.payments],
  awaitsCarrierBill:
    file.case.process === "repair-and-maintenance" &&
    file.case.carrierBill === undefined &&
    file.case.splitFrom === undefined &&
    file.case.receipt !== undefined &&
    breaksLimits(file.case.receipt.parcel, packageLimits),
});

export const staffView = (file: CaseFile, brand: Brand): StaffCaseView => ({
  ...customerView(file, brand),
  ...pick(file.case, FACTS),
  invoices: invoicesOf(file, brand, true),
  money: moneyView(file, brand),
  documents: staffDocuments(file).map(documentView),
  media: file.media.map(({ uploadKey: _u, key: _k, ...media }) => media),
  mails: [...file.mails],
  shipments: file.shipments.map(shipmentView),
  waits: file.waits.map(({ token: _token, ...wait }) => wait),
  history: [...file.events],
  notes: [...file.notes],
  messages: [...file.messages],
  links: file.links.map(({ createdAt }) => ({
    createdAt,
    ...(file.case.linksRevokedAt !== undefined && createdAt <= file.case.linksRevokedAt
      ? { revokedAt: file.case.linksRevokedAt }
      : {}),
  })),
});

/** What staff are awaited for, by stage. */
const STAFF_ROWS = new Map(
  Object.values(WAITS).flatMap((row) => (row.awaiting.by === "staff" ? [[row.stage, row] as const] : [])),
);

/** Waited on staff for longer than the brand allows; the work itself until the window it was promised in has passed. */
function isOverdue(one: ListedCase, brand: Brand, now: Instant): boolean {
  const row = STAFF_ROWS.get(one.stage);
  if (!row) return false;
  if (one.stage === "in-work" && one.window) return now.slice(0, 10) > one.window.latest;
  return Date.parse(now) - Date.parse(one.since) > brand.days[row.remindAfter] * DAY_MS;
}

export const caseRow = (one: ListedCase, brand: Brand, now: Instant): CaseRow => ({
  ...pick(one, [
    "caseId",
    "process",
    "stage",
    "since",
    "contactAt",
    "assignee",
    "unansweredSince",
    "refundDueSince",
  ]),
  customer: pick(one.customer, ["name", "email", "locale"]),
  items: one.items.map((item) =>
    pick(item, ["item", "design", "designNumber", "serialNumber", "desiredSize"]),
  ),
  verdict: one.verdict,
  overdue: isOverdue(one, brand, now),
});
