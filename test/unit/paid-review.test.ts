/** The paid process from the photos to the invoice: what each needs, and what is refused (R22, R28–R39, R45, R62). */
import { describe, expect, it } from "vitest";
import type { CaseItem } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import { aDesign, aMedia, anItem, aRing, CASE_ID } from "../builders/case-file.ts";
import { anInvoice } from "../builders/invoice.ts";
import {
  act,
  aFreeFile,
  after,
  aPaidFile,
  aPaidItem,
  aPolishedItem,
  CONTACT,
  CUSTOMER,
  faultsOf,
  messagesOf,
  NOW,
  problemOf,
  staff,
} from "../builders/paid.ts";

const KIM = staff("representative");
const certificates = [aMedia({ slot: "certificate" }), aMedia({ slot: "2-certificate" })].map(
  (media, index) => ({ ...media, mediaId: String(index).repeat(32) }),
);
/** In review, with the certificate of each item. */
const inReview = (...items: CaseItem[]): CaseFile =>
  aPaidFile(["photos", "review"], { case: { items }, media: certificates });

const values = { customsValueCents: 120_000, insuredValueCents: 150_000 };
const first = { serialNumber: "SN-2026-0001", ...values };
const second = { serialNumber: "SN-2026-0002", ...values };
const WORK = { kind: "service", text: "The work", amountCents: 12_000 } as const;
const TO_JAPAN = { kind: "shipping", text: "FedEx to Japan", amountCents: 8_000 } as const;
const LINES = [WORK, TO_JAPAN];
const SCHEDULE = { earliest: 14, latest: 28 };
/** R59. */
const DAYS_OF_A_SIZE = { earliest: 49, latest: 63 };

/** The whole approval of one polished piece; a test takes away or replaces what it is about. */
const APPROVAL = { decision: "approve", items: [first], invoice: { lines: LINES }, schedule: SCHEDULE };
const approve = (file: CaseFile, body: object = {}, known: Parameters<typeof act>[4] = {}): Change =>
  act(KIM, "review", file, { ...APPROVAL, ...body }, known);
const faults = (file: CaseFile, body: object = {}) => faultsOf(() => approve(file, body));
const invoiceOf = (change: Change): Invoice => {
  const [invoice] = change.invoices ?? [];
  if (!invoice) throw new Error("there is no invoice");
  return invoice;
};

describe("facts that must be known before approval (R22, R45)", () => {
  it("R22: of a polishing neither sizes nor the day of delivery", () => {
    expect(approve(inReview(aPolishedItem())).answer?.outcome).toBe("approved");
  });

  it("R22: of a change of size both sizes, and no day of delivery", () => {
    const item = aPaidItem({ sizeAtPurchase: undefined, desiredSize: "unknown", deliveryDate: undefined });
    expect(faults(inReview(item))).toEqual(["items[0].sizeAtPurchase R22", "items[0].desiredSize R7"]);
    const known = aPaidItem({ sizeAtPurchase: undefined, deliveryDate: undefined });
    expect(approve(inReview(known), { items: [{ ...first, sizeAtPurchase: 11 }] }).answer?.outcome).toBe(
      "approved",
    );
  });

  it("R45: of every piece its values, by the path of what was sent", () => {
    const file = inReview(aPolishedItem(), aPolishedItem({ item: 2, serialNumber: "SN-2026-0002" }));
    const { serialNumber } = second;
    expect(faults(file, { items: [{ item: 2, serialNumber }, first] })).toEqual([
      "items[0].customsValueCents R45",
      "items[0].insuredValueCents R45",
    ]);
  });

  it("R10, R4: the certificate's photo and a known design in any case", () => {
    const stranger = aPolishedItem({ designNumber: "R-9999", catalogue: undefined });
    expect(faults({ ...inReview(stranger), media: [] })).toEqual([
      "items[0].designNumber R4",
      "items[0].certificate R10",
    ]);
  });

  it("R18, R19: by what is established the ring cannot have that size", () => {
    expect(faults(inReview(aPaidItem()), { items: [{ ...first, sizeAtPurchase: 9 }] })).toEqual([
      "items[0] R19",
    ]);
  });

  it("R20: two pieces with one serial number", () => {
    const file = inReview(aPolishedItem(), aPolishedItem({ item: 2, serialNumber: "SN-2026-0002" }));
    expect(
      faults(file, {
        items: [
          { ...first, item: 1 },
          { ...first, item: 2 },
        ],
      }),
    ).toEqual(["items[0] R20", "items[1] R20"]);
  });
});

describe("what an approval makes of the case", () => {
  const file = inReview(
    aPaidItem({ services: ["paid-resizing", "re-engraving"], engraving: "Ever" }),
    aPolishedItem({ item: 2, serialNumber: "SN-2026-0002" }),
  );
  const change = approve(file, { items: [first, second] });

  it("R21, R24: each item has its outcome", () => {
    expect(change.case?.items?.map((item) => item.outcome)).toEqual(["resize", "service"]);
    const design = aDesign({ resizing: { category: "exchange-paid" } });
    expect(approve(inReview(aPaidItem()), {}, { designs: [design] }).case?.items?.[0]?.outcome).toBe(
      "exchange",
    );
  });

  it("R5: the case is open on its rings, and sets no right aside", () => {
    const { rings } = approve(file, { items: [first, second] }, { rings: [aRing()] });
    expect(rings?.map(({ after: ring }) => [ring.serialNumber, ring.openCase, ring.right.state])).toEqual([
      ["SN-2026-0001", CASE_ID, "free"],
      ["SN-2026-0002", CASE_ID, "free"],
    ]);
  });

  it("R35: the invoice says what is done to each, for whom, and what has been told of the time", () => {
    expect(invoiceOf(change)).toMatchObject({
      invoiceId: `${CASE_ID}-1`,
      version: 1,
      kind: "order",
      status: "issued",
      by: "staff:Kim",
      order: { number: "US-100234" },
      billTo: { name: "Jane Doe", email: "jane.doe@example.com", address: CONTACT.address },
      items: [
        { item: 1, services: ["paid-resizing", "re-engraving"], desiredSize: 13, engraving: "Ever" },
        { item: 2, services: ["polishing"], serialNumber: "SN-2026-0002" },
      ],
      // Both go home together: the change of size takes longer (R59).
      schedule: DAYS_OF_A_SIZE,
      totalCents: 20_000,
      creditCents: 0,
    });
    expect(after(file, change).case).toMatchObject({ schedule: SCHEDULE, review: { decision: "approve" } });
    expect(change.events.map(({ type, shown }) => [type, shown])).toEqual([
      ["RequestApproved", true],
      ["InvoiceIssued", false],
    ]);
  });

  it("what a manager set aside in an approval before it is not set aside in this one", () => {
    const before = { ...file, case: { ...file.case, overrides: [{ rule: "R12", reason: "a regular" }] } };
    expect(after(before, approve(before, { items: [first, second] })).case).not.toHaveProperty("overrides");
  });

  it("an item left out is not on the invoice, and asks for no schedule", () => {
    const partly = { items: [first, { ...second, drop: true }], schedule: undefined };
    const left = approve(file, partly);
    expect(invoiceOf(left).items.map(({ item }) => item)).toEqual([1]);
    expect(left.case?.items?.[1]).toMatchObject({ dropped: true });
    expect(faults(file, { items: [{ ...first, drop: true }, second], schedule: undefined })).toEqual([
      "schedule R62",
    ]);
  });
});

describe("the invoice of an approval (R35, R36, R38, R39)", () => {
  const file = inReview(aPolishedItem());
  const billed = (lines: unknown, more: object = {}) => ({ invoice: { lines, ...more } });

  it("R35, R62: without invoice and schedule both are asked for at once", () => {
    expect(faults(file, { invoice: undefined, schedule: undefined })).toEqual([
      "invoice R35",
      "schedule R62",
    ]);
  });

  it.each([
    ["no lines", [], "invoice.lines"],
    ["no lines at all", undefined, "invoice.lines"],
    ["a negative amount", [TO_JAPAN, { ...WORK, amountCents: -1 }], "invoice.lines[1].amountCents"],
    ["a fraction of a cent", [TO_JAPAN, { ...WORK, amountCents: 100.5 }], "invoice.lines[1].amountCents"],
    ["an amount in words", [TO_JAPAN, { ...WORK, amountCents: "$ 12" }], "invoice.lines[1].amountCents"],
    [
      "more than $99,999.99 in one line",
      [TO_JAPAN, { ...WORK, amountCents: 10_000_000 }],
      "invoice.lines[1].amountCents",
    ],
    ["a blank text", [TO_JAPAN, { ...WORK, text: " " }], "invoice.lines[1].text"],
    ["a kind nobody knows", [TO_JAPAN, { ...WORK, kind: "tax" }], "invoice.lines[1].kind"],
    ["21 lines", Array.from({ length: 21 }, () => TO_JAPAN), "invoice.lines"],
  ])("R36: %s: not in the right form, by its path", (_, lines, path) => {
    const problem = problemOf(() => approve(file, billed(lines)));
    expect(problem.code).toBe("invalid-request");
    expect(problem.errors.map((fault) => fault.path)).toContain(path);
  });

  it.each([
    [
      "a cent more than $99,999.99 in sum",
      [
        { ...WORK, amountCents: 9_999_999 },
        { ...TO_JAPAN, amountCents: 1 },
      ],
      ["invoice.lines R36"],
    ],
    ["another script", [TO_JAPAN, { ...WORK, text: "研磨" }], ["invoice.lines[1].text R36"]],
    ["the same in the first line", [{ ...TO_JAPAN, text: "送料" }, WORK], ["invoice.lines[0].text R36"]],
    ["nothing at all", [{ ...TO_JAPAN, amountCents: 0 }], ["invoice.lines R36", "invoice.lines R38"]],
  ])("R36: %s", (_, lines, expected) => {
    expect(faults(file, billed(lines))).toEqual(expected);
  });

  it("R36: $99,999.99 in sum is possible", () => {
    const lines = [
      { ...WORK, amountCents: 9_999_998 },
      { ...TO_JAPAN, amountCents: 1 },
    ];
    expect(invoiceOf(approve(file, billed(lines))).totalCents).toBe(9_999_999);
  });

  it.each([
    ["no line for it", [WORK]],
    ["a line of $0", [WORK, { ...TO_JAPAN, amountCents: 0 }]],
    ["only other transport", [WORK, { ...TO_JAPAN, kind: "other" }]],
  ])("R38: shipping to Japan is never free: %s", (_, lines) => {
    expect(faults(file, billed(lines))).toEqual(["invoice.lines R38"]);
  });

  it("R39: the insured return is on it once, for nothing, and last", () => {
    const { lines, totalCents } = invoiceOf(approve(file));
    expect(lines.map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
      ["service", 12_000],
      ["shipping", 8_000],
      ["shipping", 0],
    ]);
    expect(lines.at(-1)?.text).toMatch(/insured return.*included/i);
    expect(totalCents).toBe(20_000);
  });

  it.each([
    ["Monday in New York", "America/New_York", "2026-03-30"],
    ["Sunday in Los Angeles", "America/Los_Angeles", "2026-03-29"],
    ["no US zone counts as Honolulu, where it is Sunday", "Asia/Tokyo", "2026-03-29"],
  ])("R35: due two weeks on, on the customer's calendar: %s", (_, timeZone, dueDate) => {
    const { customer } = file.case;
    const there = { ...file, case: { ...file.case, customer: { ...customer, timeZone } } };
    const now = "2026-03-16T05:30:00.000Z";
    expect(invoiceOf(approve(there, {}, { now })).dueDate).toBe(dueDate);
  });

  it("R35: due days of one's own, 1 to 90", () => {
    expect(invoiceOf(approve(file, billed(LINES, { dueDays: 30 }))).dueDate).toBe("2026-04-15");
    for (const dueDays of [0, 91, 1.5])
      expect(faults(file, billed(LINES, { dueDays }))).toEqual(["invoice.dueDays"]);
  });
});

describe("a draft named in a review (R35)", () => {
  const draft = anInvoice({
    version: 2,
    status: "draft",
    issuedAt: "2026-03-10T15:00:00.000Z",
    issuedOn: "2026-03-10",
    dueDate: "2026-04-09",
    documentKey: "documents/draft.pdf",
  });
  const file = { ...inReview(aPolishedItem()), invoices: [anInvoice({ status: "voided" }), draft] };
  const named = (invoiceId: string) => ({ invoice: { draft: invoiceId } });

  it("is issued under its number and with its lines, as it was looked at", () => {
    const invoice = invoiceOf(approve(file, named(draft.invoiceId)));
    expect(invoice).toMatchObject({
      invoiceId: draft.invoiceId,
      version: 2,
      status: "issued",
      issuedAt: NOW,
      lines: draft.lines,
      totalCents: draft.totalCents,
      schedule: SCHEDULE,
      items: [{ services: ["polishing"] }],
    });
    // The preview is not its paper.
    expect(invoice).not.toHaveProperty("documentKey");
    expect(after(file, approve(file, named(draft.invoiceId))).invoices).toHaveLength(2);
  });

  it("keeps the days to pay in, counted from today", () => {
    expect(invoiceOf(approve(file, named(draft.invoiceId))).dueDate).toBe("2026-04-15");
  });

  it.each([
    ["one that is no draft", `${CASE_ID}-1`],
    ["one that is not there", `${CASE_ID}-7`],
    ["another case's", "CW-0000000000-1"],
  ])("R35: %s is refused", (_, invoiceId) => {
    expect(faults(file, named(invoiceId))).toEqual(["invoice.draft R35"]);
  });

  it("either a draft or lines, not both", () => {
    const both = { invoice: { draft: draft.invoiceId, lines: LINES } };
    expect(problemOf(() => approve(file, both)).code).toBe("invalid-request");
  });
});

describe("the schedule (R59, R62)", () => {
  const polished = inReview(aPolishedItem());
  const sized = inReview(aPaidItem({ services: ["paid-resizing", "polishing"] }));

  it("R62: the latest day is not before the earliest; one day alone is possible", () => {
    expect(faults(polished, { schedule: { earliest: 20, latest: 19 } })).toEqual(["schedule.latest R62"]);
    expect(approve(polished, { schedule: { earliest: 20, latest: 20 } }).case?.schedule).toEqual({
      earliest: 20,
      latest: 20,
    });
  });

  it.each([
    [{ earliest: 0, latest: 10 }, "schedule.earliest"],
    [{ earliest: 10, latest: 366 }, "schedule.latest"],
    [{ earliest: 10.5, latest: 20 }, "schedule.earliest"],
    [{ earliest: 10 }, "schedule.latest"],
  ])("R62: whole days after the receipt, within a year: %j", (schedule, path) => {
    expect(faults(polished, { schedule })).toEqual([path]);
  });

  it("R62: not needed for a change of size, even with other work on the same ring", () => {
    expect(approve(sized, { schedule: undefined }).answer?.outcome).toBe("approved");
  });

  it("R59: a change of size has its own days: another schedule is not kept, and the invoice tells its own", () => {
    const change = approve(sized);
    expect(after(sized, change).case).not.toHaveProperty("schedule");
    expect(invoiceOf(change).schedule).toEqual(DAYS_OF_A_SIZE);
  });

  it("R59: nor is one of the approval before", () => {
    const again = { ...sized, case: { ...sized.case, schedule: SCHEDULE } };
    const change = approve(again, { schedule: undefined });
    expect(after(again, change).case).not.toHaveProperty("schedule");
    expect(invoiceOf(change).schedule).toEqual(DAYS_OF_A_SIZE);
  });

  it("R62: with one piece of other work in the parcel it is needed and kept", () => {
    const both = inReview(aPaidItem(), aPolishedItem({ item: 2, serialNumber: "SN-2026-0002" }));
    const items = [first, second];
    expect(faults(both, { items, schedule: undefined })).toEqual(["schedule R62"]);
    expect(approve(both, { items }).case?.schedule).toEqual(SCHEDULE);
  });
});

describe("the complimentary process costs nothing (R9, R59)", () => {
  const free = aFreeFile(["photos", "review"], { case: { items: [anItem()] }, media: certificates });

  it("R9: an invoice in its approval is refused, as lines or as a draft", () => {
    expect(faults(free)).toEqual(["invoice R9"]);
    expect(faults(free, { invoice: { draft: `${CASE_ID}-1` } })).toEqual(["invoice R9"]);
  });

  it("R59: and a schedule changes nothing", () => {
    const change = approve(free, { invoice: undefined });
    expect(change.answer?.outcome).toBe("approved");
    expect(after(free, change).case).not.toHaveProperty("schedule");
    expect(change.invoices).toBeUndefined();
  });

  it("R59: whatever services its item names", () => {
    const items = [anItem({ services: ["polishing"] })];
    const named = aFreeFile(["photos", "review"], { case: { items }, media: certificates });
    const change = approve(named, { invoice: undefined });
    expect(after(named, change).case).not.toHaveProperty("schedule");
    expect(change.case?.items?.[0]?.outcome).toBe("resize");
  });
});

describe("photos with name, address and telephone (R28, R32)", () => {
  const shots = ["top", "certificate", "2-top", "2-certificate"];
  const media = shots.map((slot, index) => aMedia({ slot, mediaId: String(index).repeat(32) }));
  const mediaIds = media.map((one) => one.mediaId);
  const asked = (fields: Partial<CaseFile["case"]> = {}): CaseFile => {
    const file = aPaidFile(["photos"], {
      media,
      case: { shots: shots.map((slot) => ({ slot })), ...fields },
    });
    const { shipping: _, ...rest } = file.case;
    return { ...file, case: { ...rest, ...fields } };
  };
  const send = (body: object, file = asked()) =>
    act(CUSTOMER, "photos", file, { mediaIds, contact: CONTACT, ...body });
  const faultsWith = (body: object, file = asked()) => faultsOf(() => send(body, file));

  it("R32: both together are an answer, and the address is kept tidy", () => {
    const address = { line1: "1 Main Street", city: "Boston", state: "ma", zip: "021081234" };
    const change = send({ contact: { ...CONTACT, telephone: "+1 (617) 555-0132", address } });
    expect(change.answer?.outcome).toBe("submitted");
    expect(change.case?.shipping).toEqual({
      name: "Jane Doe",
      telephone: "6175550132",
      address: { ...address, state: "MA", zip: "02108-1234" },
      at: NOW,
    });
  });

  it("R32: photos alone are not enough", () => {
    expect(faultsWith({ contact: undefined })).toEqual(["contact R32"]);
  });

  it("R32: known already, it need not be given again, but may be", () => {
    const known = asked({ shipping: { ...CONTACT, at: NOW } });
    expect(send({ contact: undefined }, known).answer?.outcome).toBe("submitted");
    const moved = { ...CONTACT, address: { ...CONTACT.address, line1: "2 Main Street" } };
    expect(send({ contact: moved }, known).case?.shipping?.address.line1).toBe("2 Main Street");
  });

  it("R32: the complimentary process asks for it later, and keeps it where it comes early", () => {
    const free = aFreeFile(["photos"], { media, case: { shots: shots.map((slot) => ({ slot })) } });
    expect(send({ contact: undefined }, free).answer?.outcome).toBe("submitted");
    expect(send({}, free).case?.shipping).toMatchObject(CONTACT);
  });

  it.each([
    ["a PO box", { line1: "P.O. Box 12" }, ["contact.address.line1 R33"]],
    ["a PO box in the second line", { line2: "PO Box 12" }, ["contact.address.line2 R33"]],
    ["a territory", { state: "PR", zip: "00901" }, ["contact.address.state R33"]],
    ["an APO", { city: "APO", state: "AE", zip: "09012" }, ["contact.address.state R33"]],
    ["another state's ZIP code", { zip: "94110" }, ["contact.address.zip R33"]],
    ["another script", { city: "東京" }, ["contact.address.city R33"]],
  ])("R33: %s is refused by its path", (_, address, expected) => {
    expect(faultsWith({ contact: { ...CONTACT, address: { ...CONTACT.address, ...address } } })).toEqual(
      expected,
    );
  });

  it("R32: a telephone number has ten digits", () => {
    const problem = problemOf(() => send({ contact: { ...CONTACT, telephone: "555-0132" } }));
    expect(problem.code).toBe("invalid-request");
    expect(problem.errors.map((fault) => fault.path)).toEqual(["contact.telephone"]);
  });

  it("R28, R32: what is missing of both is named at once", () => {
    expect(faultsWith({ contact: undefined, mediaIds: mediaIds.slice(0, 3) })).toEqual([
      "contact R32",
      "mediaIds R28",
    ]);
    const box = { ...CONTACT, address: { ...CONTACT.address, line1: "P.O. Box 12" } };
    expect(faultsWith({ contact: box, mediaIds: [...mediaIds, "f".repeat(32)] })).toEqual([
      "contact.address.line1 R33",
      "mediaIds[4]",
    ]);
  });

  it("a file still being looked at: try again, once all else is right", () => {
    const pending = media.map((one, index) => (index === 2 ? { ...one, status: "expected" as const } : one));
    const file = { ...asked(), media: pending };
    expect(problemOf(() => send({}, file)).code).toBe("media-pending");
    expect(faultsWith({ contact: undefined }, file)).toEqual(["contact R32"]);
  });

  it("R1: where only name, address and telephone are missing, they are the whole answer", () => {
    const file = asked({ shots: [] });
    expect(send({ mediaIds: [] }, file).answer?.outcome).toBe("submitted");
    expect(faultsWith({ mediaIds: [], contact: undefined }, file)).toEqual(["contact R32"]);
  });

  it("R28: says which photo of which piece is missing, in words", () => {
    expect(messagesOf(() => send({ mediaIds: mediaIds.slice(0, 1) }))).toEqual([
      'the photo "certificate" is missing',
      'the photo "top" of item 2 is missing',
      'the photo "certificate" of item 2 is missing',
    ]);
    const rejected = media.map((one) =>
      one.slot === "2-top" ? { ...one, status: "rejected" as const, reason: "too-small" as const } : one,
    );
    expect(messagesOf(() => send({}, { ...asked(), media: rejected }))).toEqual([
      'the photo "top" of item 2: the photo is too small to judge by; at least 640 pixels on the short side',
    ]);
  });
});

describe("facts that come later (R7, R23)", () => {
  const told = (file: CaseFile, items: object[]) => act(CUSTOMER, "items", file, { items });
  const both = aPaidFile(["photos"], {
    case: {
      items: [aPaidItem({ desiredSize: "unknown" }), aPolishedItem({ item: 2, serialNumber: "SN-2" })],
    },
  });

  it("R26: a size may come whenever it likes, and no fee follows from it", () => {
    const change = told(both, [{ item: 1, desiredSize: 13 }]);
    expect(change.case?.items?.[0]).toMatchObject({ desiredSize: 13, sizeAt: NOW });
    expect(change.case?.assessment?.result.verdict).toBe("paid");
    expect(change.answer).toBeUndefined();
  });

  it("R23: of a piece whose size nobody changes it is refused, by its path", () => {
    expect(faultsOf(() => told(both, [{ item: 2, desiredSize: 13 }]))).toEqual(["items[0].desiredSize R23"]);
    expect(told(both, [{ item: 2, sizeAtPurchase: 12 }]).case?.items?.[1]?.sizeAtPurchase).toBe(12);
  });

  it("R20: a fault of an item that was not named points at the items", () => {
    expect(faultsOf(() => told(both, [{ item: 1, serialNumber: "SN-2", desiredSize: 13 }]))).toEqual([
      "items[0] R20",
      "items R20",
    ]);
  });
});

describe("a no, and more photos, in the paid process (R29, R30)", () => {
  const file = inReview(aPolishedItem());

  it("R30: declined with its reason: nothing was invoiced, nothing is due", () => {
    const reason = { code: "condition", text: "The shank is cracked" };
    const change = act(KIM, "review", file, { decision: "decline", reason });
    expect(change.case?.ending).toEqual({ stage: "declined", ...reason });
    expect(change.invoices).toBeUndefined();
    expect(faultsOf(() => act(KIM, "review", file, { decision: "decline" }))).toEqual(["reason R30"]);
  });

  it("R29: the failed shots again; name and address stay", () => {
    const change = act(KIM, "review", file, { decision: "more-photos", shots: ["inside"] });
    expect(after(file, change).case).toMatchObject({ shots: [{ slot: "inside" }], shipping: CONTACT });
  });
});

describe("what staff read is plain as well", () => {
  it("no message shows a name of the code", () => {
    const refusals = [
      () => approve(inReview(aPaidItem({ desiredSize: "unknown", sizeAtPurchase: undefined }))),
      () => approve(inReview(aPolishedItem()), { invoice: undefined, schedule: undefined }),
      () => approve(inReview(aPolishedItem()), { invoice: { lines: [WORK] } }),
      () => approve(inReview(aPolishedItem()), { schedule: { earliest: 3, latest: 2 } }),
      () => approve(aFreeFile(["photos", "review"], { media: certificates })),
    ];
    const messages = refusals.flatMap((refusal) => messagesOf(refusal));
    expect(messages.length).toBeGreaterThan(refusals.length);
    for (const message of messages) expect(message).not.toMatch(/[a-z][A-Z]|paid-|undefined|null/);
  });
});
