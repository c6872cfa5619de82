/** A case as the store first writes it: one ring, its photos asked for, nothing else said. */
import { createHash } from "node:crypto";
import type { Case } from "../../lambdas/domain/case.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import type { CaseId } from "../../lambdas/domain/identifiers.ts";
import type { Ring } from "../../lambdas/domain/ring.ts";

export const NOW = "2026-03-10T09:00:00.000Z";
export const SECRET = "s".repeat(43);
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** `aCaseId(7)` → `CW-0000000007`. */
export const aCaseId = (n = 1): CaseId => `CW-${String(n).padStart(10, "0")}` as CaseId;

export const aRing = (overrides: Partial<Ring> = {}): Ring => ({
  serialNumber: "SN-1",
  version: 1,
  designNumber: "R-1001",
  sizeAtPurchase: 11,
  right: { state: "free" },
  ...overrides,
});

export const aCase = (overrides: Partial<Case> = {}): Case => ({
  caseId: aCaseId(),
  schemaVersion: 1,
  version: 1,
  process: "complimentary-resizing",
  stage: "photos-requested",
  since: NOW,
  contactAt: NOW,
  customer: { name: "Ada Lovelace", email: "ada@example.com", locale: "en" },
  order: {},
  items: [{ item: 1, design: "Wave", designNumber: "R-1001", serialNumber: "SN-1", desiredSize: 12 }],
  assessment: {
    policyVersion: "2026-11",
    madeAt: NOW,
    input: {
      process: "complimentary-resizing",
      contactAt: NOW,
      locale: "en",
      contactDays: 30,
      items: [{ item: 1, designNumber: "R-1001", design: null, ring: null }],
    },
    result: {
      verdict: "complimentary",
      reasons: [],
      permittedSizes: [10, 12],
      lastComplimentaryDay: "2026-04-01",
      provisional: false,
      items: [],
      next: "photos-requested",
    },
    trace: [{ item: 1, rule: "R6", said: "day 8 of 30" }],
  },
  machine: "complimentary-resizing",
  attempt: 1,
  eventNo: 1,
  waitNo: 1,
  answers: {},
  shots: [{ slot: "certificate" }, { slot: "top" }],
  tracking: {},
  ...overrides,
});

/** Waits on photos, wait 1, with a token and a link whose secret is `SECRET`. */
export function aCaseFile(overrides: Partial<Case> = {}, parts: Partial<CaseFile> = {}): CaseFile {
  return {
    case: aCase(overrides),
    waits: [
      {
        no: 0,
        asks: "filing",
        machine: "complimentary-resizing",
        attempt: 1,
        openedAt: NOW,
        answer: { outcome: "filed", at: NOW, by: "customer" },
      },
      {
        no: 1,
        asks: "photos",
        machine: "complimentary-resizing",
        attempt: 1,
        openedAt: NOW,
        remindAt: "2026-03-17T09:00:00.000Z",
        deadline: "2026-03-24T09:00:00.000Z",
        dueAt: "2026-03-17T09:00:00.000Z",
        token: "first-task-token",
      },
    ],
    events: [{ no: 1, at: NOW, type: "RequestFiled", by: "customer", shown: true }],
    media: [],
    mails: [],
    shipments: [],
    links: [{ hash: hashOf(SECRET), createdAt: NOW }],
    notes: [],
    messages: [],
    ...parts,
  };
}
