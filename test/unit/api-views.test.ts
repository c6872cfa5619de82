/** What customers and staff see of a case, and what nobody ever sees. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import exampleBrand from "../../config/brand.example.json" with { type: "json" };
import { CaseRow, CaseView, StaffCaseView } from "../../lambdas/contracts/case-view.ts";
import { customerDocuments, staffDocuments } from "../../lambdas/contracts/documents.ts";
import { Brand } from "../../lambdas/domain/brand.ts";
import { type Case, listedFacts } from "../../lambdas/domain/case.ts";
import { EVENT_WORDS } from "../../lambdas/handlers/api/customer/timeline.ts";
import { customerView } from "../../lambdas/handlers/api/customer/view.ts";
import { caseRow, staffView } from "../../lambdas/handlers/api/staff/view.ts";
import {
  aCase,
  aCaseFile,
  aMail,
  aMedia,
  anItem,
  aReceipt,
  aShipment,
  aWait,
  aWindow,
  CASE_ID,
} from "../builders/case-file.ts";

const brand = Brand.parse(exampleBrand);
const HASH = "h".repeat(43);
const tracked = { attempt: 1, number: "794644790138", shipDate: "2026-03-30", scans: [] };

/** A case with something in every corner. */
const fullFile = () =>
  aCaseFile({
    case: {
      stage: "returning",
      answers: { photos: `${HASH}@1` },
      exportEntry: { shipDate: "2026-03-30", senderHashes: [HASH], cents: 120_000 },
      exportStatement: { basis: "exempt-30.37(a)" },
      tracking: { inbound: tracked, return: { ...tracked, number: "794644790149" } },
      receipt: aReceipt(),
      window: aWindow(),
      shipping: {
        name: "Jane Doe",
        address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
        telephone: "6175550132",
        at: "2026-03-20T00:00:00.000Z",
      },
      items: [anItem({ customsValueCents: 120_000, insuredValueCents: 150_000, repairValueCents: 9_000 })],
      assignee: "Kei",
      review: { decision: "approve", at: "2026-03-18T00:00:00.000Z", by: "staff:Kei" },
    },
    waits: [aWait({ asks: "return-delivery", token: "the-task-token" })],
    media: [aMedia()],
    mails: [aMail({ status: "confirmed", tries: 1, messageId: "message-1" })],
    shipments: [aShipment(), aShipment({ leg: "return" })],
    notes: [{ at: "2026-03-18T00:00:00.000Z", by: "staff:Kei", text: "a difficult stone" }],
    links: [{ hash: HASH, createdAt: "2026-03-13T00:00:00.000Z" }],
  });

/** Every string and key anywhere inside. */
const words = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(words)
    : value !== null && typeof value === "object"
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...words(inner)])
      : [String(value)];

const listed = (one: Case) => ({ ...one, ...listedFacts(one) });

describe("views", () => {
  it("are exactly what the contract's schemas say", () => {
    for (const file of [aCaseFile(), fullFile()]) {
      expect(CaseView.parse(customerView(file, brand))).toEqual(customerView(file, brand));
      expect(StaffCaseView.parse(staffView(file, brand))).toEqual(staffView(file, brand));
      expect(CaseRow.parse(caseRow(listed(file.case), brand, "2026-03-20T00:00:00.000Z"))).toBeDefined();
    }
  });

  it("never hold a token, a hash or a storage key", () => {
    for (const view of [customerView(fullFile(), brand), staffView(fullFile(), brand)]) {
      const all = words(view);
      for (const secret of ["the-task-token", HASH, `${HASH}@1`]) expect(all).not.toContain(secret);
      for (const key of ["token", "hash", "senderHashes", "answers", "uploadKey", "key", "labelKey"])
        expect(all).not.toContain(key);
      expect(all.filter((word) => /^(uploads|media|documents)\//.test(word))).toEqual([]);
    }
  });

  it("the customer sees nothing of staff: no notes, names, values, mails", () => {
    const all = words(customerView(fullFile(), brand));
    for (const word of [
      "notes",
      "a difficult stone",
      "staff:Kei",
      "Kei",
      "mails",
      "waits",
      "customsValueCents",
      "insuredValueCents",
      "repairValueCents",
      "catalogue",
      "trace",
      "jane.doe@example.com",
    ])
      expect(all).not.toContain(word);
  });

  it("staff see the customer, the verdict with its trace, media, mails, waits, history and notes", () => {
    expect(staffView(fullFile(), brand)).toMatchObject({
      customer: { email: "jane.doe@example.com" },
      assessment: { policyVersion: "2026-11", trace: [] },
      media: [{ slot: "top", status: "accepted", width: 1600 }],
      mails: [{ mailId: "E2#0001", status: "confirmed" }],
      waits: [{ asks: "return-delivery", attempt: 1 }],
      history: [{ type: "RequestReceived" }, { type: "PhotosRequested" }],
      notes: [{ text: "a difficult stone" }],
      items: [{ customsValueCents: 120_000 }],
      shipments: [{ leg: "inbound" }, { leg: "return" }],
      links: [{ createdAt: "2026-03-13T00:00:00.000Z" }],
    });
  });
});

describe("what is awaited", () => {
  const awaiting = (file: Parameters<typeof customerView>[0]) => customerView(file, brand).awaiting;

  it("is the action of the open wait, by whom, until when", () => {
    expect(awaiting(aCaseFile())).toEqual({
      action: "photos",
      by: "customer",
      deadline: "2026-03-27T22:30:00.000Z",
    });
    const review = aWait({ asks: "review", deadline: undefined });
    expect(awaiting(aCaseFile({ waits: [review] }))).toEqual({
      action: "review",
      by: "staff",
      deadline: null,
    });
  });

  it("is nothing while the process is between two waits, or has not begun", () => {
    const answer = { outcome: "submitted", at: "2026-03-14T00:00:00.000Z", by: "customer" };
    expect(awaiting(aCaseFile({ waits: [aWait({ answer })] }))).toBeNull();
    expect(awaiting(aCaseFile({ case: { waitNo: 0 } }))).toBeNull();
  });
});

describe("the customer's page", () => {
  it("R28: names the shots wanted now, by item and in her language, and none when none are wanted", () => {
    const file = aCaseFile({
      case: {
        customer: { name: "田中", email: "t@example.com", locale: "ja" },
        shots: [{ slot: "certificate" }, { slot: "2-top", reason: "ピンぼけ" }],
      },
    });
    expect(customerView(file, brand).shots).toEqual([
      { slot: "certificate", label: "証明書", hint: "証明書全体、番号が読めるように" },
      { slot: "2-top", label: "2点目：上から", hint: "お品物を真上から", reason: "ピンぼけ" },
    ]);
    const reviewed = { ...file, case: { ...file.case, stage: "in-review" as const } };
    expect(customerView(reviewed, brand).shots).toEqual([]);
  });

  it("R54: says who bears the risk as soon as there is a label, in her language", () => {
    expect(customerView(aCaseFile(), brand).notices).toEqual([]);
    const shipping = aCaseFile({ case: { tracking: { inbound: tracked } } });
    expect(customerView(shipping, brand).notices).toEqual([
      { rule: "R54", code: "shipping-risk", text: expect.stringContaining("CIWAKA is not responsible") },
    ]);
  });

  it("R12: says why a fee applies and what the paid process changes, only while it is offered", () => {
    expect(customerView(aCaseFile(), brand).conversion).toBeNull();
    const reasons = [{ rule: "R6", code: "after-window", text: "too late" }];
    const { assessment } = aCase();
    const offered = aCaseFile({
      case: {
        stage: "conversion-offered",
        assessment: { ...assessment, result: { ...assessment.result, verdict: "paid", reasons } },
      },
    });
    const { conversion } = customerView(offered, brand);
    expect(conversion?.reasons).toEqual(reasons);
    expect(conversion?.changes.map((change) => change.rule)).toEqual([
      "R36",
      "R37",
      "R38",
      "R39",
      "R40",
      "R32",
    ]);
  });

  it("R43: shows both papers or none, R42: but the tracking number at once", () => {
    const half = aShipment({ status: "created", invoiceKey: undefined });
    const file = aCaseFile({ case: { tracking: { inbound: tracked } }, shipments: [half] });
    expect(customerView(file, brand).documents).toEqual([]);
    expect(customerView(file, brand).tracking).toEqual({
      inbound: { number: "794644790138", shipDate: "2026-03-30", scans: [] },
    });
    const done = { ...file, shipments: [aShipment()] };
    expect(customerView(done, brand).documents.map((one) => one.name)).toEqual([
      "label.pdf",
      "commercial-invoice.pdf",
    ]);
  });

  it("a label that was replaced is no longer shown", () => {
    const replaced = [aShipment({ status: "cancelled" }), aShipment({ attempt: 2, status: "requested" })];
    expect(customerDocuments(aCaseFile({ shipments: replaced }))).toEqual([]);
  });

  it("staff find the papers of both ways and every cleaned photo", () => {
    const names = staffDocuments(fullFile()).map((one) => [one.name, one.key]);
    expect(names).toEqual([
      ["label.pdf", `documents/${CASE_ID}/inbound-1/label.pdf`],
      ["commercial-invoice.pdf", `documents/${CASE_ID}/inbound-1/commercial-invoice.pdf`],
      ["return-label.pdf", `documents/${CASE_ID}/return-1/label.pdf`],
      ["return-commercial-invoice.pdf", `documents/${CASE_ID}/return-1/commercial-invoice.pdf`],
      [aMedia().mediaId, aMedia().key],
    ]);
  });

  it("a photo staff added is not among hers", () => {
    const file = aCaseFile({ media: [aMedia(), aMedia({ mediaId: "f".repeat(32), byStaff: true })] });
    expect(customerView(file, brand).media).toHaveLength(1);
  });
});

describe("the timeline", () => {
  it("tells what is shown, oldest first, in her language", () => {
    const events = [
      { no: 1, at: "2026-03-13T22:30:00.000Z", type: "RequestReceived", by: "customer", shown: true },
      { no: 2, at: "2026-03-13T22:31:00.000Z", type: "CaseAssigned", by: "staff:Kei", shown: false },
      {
        no: 3,
        at: "2026-03-13T22:32:00.000Z",
        type: "ParcelScanned",
        by: "carrier",
        shown: true,
        data: { code: "ZZ", text: "Something new" },
      },
      { no: 4, at: "2026-03-13T22:33:00.000Z", type: "Unheard", by: "system", shown: true },
    ];
    expect(customerView(aCaseFile({ events }), brand).timeline).toEqual([
      { at: events[0]?.at, type: "RequestReceived", text: "We have received your request." },
      { at: events[2]?.at, type: "ParcelScanned", text: "Something new" },
      { at: events[3]?.at, type: "Unheard", text: "Your case has been updated." },
    ]);
    const customer = { name: "田中", email: "t@example.com", locale: "ja" as const };
    expect(customerView(aCaseFile({ events, case: { customer } }), brand).timeline[0]?.text).toBe(
      "ご依頼を承りました。",
    );
  });

  it("has words for every event that the code can show", () => {
    const root = fileURLToPath(new URL("../../lambdas/", import.meta.url));
    const source = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => /^(actions|domain|handlers\/(steps|events|api\/public))\b.*\.ts$/.test(path))
      .map((path) => readFileSync(join(root, path), "utf8"))
      .join("\n");
    const typed = [...source.matchAll(/\btype: "([A-Z][A-Za-z]+)"[^}]*?\bshown: (true|false|\w+)/g)];
    const shown = typed.filter(([, , value]) => value !== "false").map(([, type = ""]) => type);
    const asked = [...source.matchAll(/^ {2}"?[a-z-]+"?: "([A-Z][a-z]+[A-Z][A-Za-z]+)",$/gm)].map(
      ([, type = ""]) => type,
    );
    expect(shown.length).toBeGreaterThan(15);
    expect(asked).toContain("ReturnShipped");
    const silent = ["AttentionNeeded", "PaymentRequested"];
    const missing = [...new Set([...shown, ...asked])].filter((type) => !EVENT_WORDS[type]);
    expect(missing.filter((type) => !silent.includes(type))).toEqual([]);
  });
});

describe("a row of the staff's list", () => {
  const row = (overrides: Parameters<typeof aCase>[0], now: string) =>
    caseRow(listed(aCase(overrides)), brand, now);
  const since = "2026-03-10T00:00:00.000Z";

  it("is overdue when staff have had it for longer than 3 days", () => {
    const stage = "in-review";
    expect(row({ stage, since }, "2026-03-13T00:00:00.000Z").overdue).toBe(false);
    expect(row({ stage, since }, "2026-03-13T00:00:00.001Z").overdue).toBe(true);
  });

  it("R59: the work is overdue when its window has passed", () => {
    const inWork = { stage: "in-work" as const, since, window: aWindow() };
    expect(row(inWork, "2026-06-08T12:00:00.000Z").overdue).toBe(false);
    expect(row(inWork, "2026-06-09T12:00:00.000Z").overdue).toBe(true);
  });

  it("is not overdue while the customer is the one awaited, or at the end", () => {
    expect(row({ since }, "2027-01-01T00:00:00.000Z").overdue).toBe(false);
    expect(row({ stage: "closed", since }, "2027-01-01T00:00:00.000Z").overdue).toBe(false);
  });
});
