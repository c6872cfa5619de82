/** The paid process from the receipt to the way home: how long, what is said to customs, what the ledger learns. */
import { describe, expect, it } from "vitest";
import type { Case, CaseItem } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import { declare, wantsRepairDeclaration } from "../../lambdas/domain/declaration.ts";
import type { Commodity, Declaration } from "../../lambdas/domain/shipment.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aReceipt, aRing, aWindow, CASE_ID } from "../builders/case-file.ts";
import { anInvoice, aPayment } from "../builders/invoice.ts";
import {
  act,
  aFreeFile,
  after,
  aPaidFile,
  aPaidItem,
  aPolishedItem,
  faultsOf,
  messagesOf,
  staff,
} from "../builders/paid.ts";

const SHIPPING = staff("shipping");
const WORKSHOP = staff("workshop");
const VALUES = { customsValueCents: 120_000, insuredValueCents: 150_000 };
const ALL = ["jewelry", "pouch", "certificate"];

const sized = (over: Partial<CaseItem> = {}): CaseItem =>
  aPaidItem({ outcome: "resize", ...VALUES, ...over });
const exchanged = (over: Partial<CaseItem> = {}): CaseItem =>
  aPaidItem({ outcome: "exchange", services: ["paid-exchange"], ...VALUES, ...over });
const worked = (over: Partial<CaseItem> = {}): CaseItem =>
  aPolishedItem({ outcome: "service", ...VALUES, ...over });

/** Paid in full, and at the question. */
const paidFile = (asks: "receipt" | "inspection", fields: Partial<Case>): CaseFile => ({
  ...aPaidFile([asks], { case: fields }),
  invoices: [anInvoice()],
  payments: [aPayment()],
});
const arrived = (items: CaseItem[], fields: Partial<Case> = {}): Change =>
  act(SHIPPING, "receipt", paidFile("receipt", { items, ...fields }), {
    items: items.map(({ item, serialNumber }) => ({
      item,
      serialNumber,
      certificate: true,
      condition: "as-photographed",
    })),
    lengthIn: 6,
    widthIn: 6,
    heightIn: 4,
    weightLb: 1,
    contents: ALL,
  });

describe("when it comes home (R59, R60, R62)", () => {
  const SCHEDULE = { earliest: 14, latest: 28 };
  /** Received on March 17 in Japan. */
  const windowOf = (items: CaseItem[], fields: Partial<Case> = {}) => {
    const { earliest, latest, extensions } = arrived(items, fields).case?.window ?? aWindow();
    return { earliest, latest, extensions: extensions.length };
  };
  const BY_R59 = { earliest: "2026-05-05", latest: "2026-05-19", extensions: 0 };

  it("R59: a change of size, resized or exchanged: day 49 to day 63, as in the complimentary process", () => {
    expect(windowOf([sized()])).toEqual(BY_R59);
    expect(windowOf([exchanged()])).toEqual(BY_R59);
    expect(windowOf([sized({ services: ["paid-resizing", "polishing"] })])).toEqual(BY_R59);
  });

  it("R62: other work: the days that were told with the approval", () => {
    expect(windowOf([worked()], { schedule: SCHEDULE })).toEqual({
      earliest: "2026-03-31",
      latest: "2026-04-14",
      extensions: 0,
    });
    expect(windowOf([worked()], { schedule: { earliest: 90, latest: 120 } })).toMatchObject({
      earliest: "2026-06-15",
      latest: "2026-07-15",
    });
  });

  it("R59, R62: both in one parcel go home together: the later days count", () => {
    const both = [sized(), worked({ item: 2, serialNumber: "SN-2" })];
    expect(windowOf(both, { schedule: SCHEDULE })).toEqual(BY_R59);
    expect(windowOf(both, { schedule: { earliest: 60, latest: 90 } })).toMatchObject({
      earliest: "2026-05-16",
      latest: "2026-06-15",
    });
    expect(windowOf(both, { schedule: { earliest: 20, latest: 70 } })).toMatchObject({
      earliest: "2026-05-05",
      latest: "2026-05-26",
    });
  });

  it("R62: what was left out of the case does not count", () => {
    const items = [sized({ dropped: true }), worked({ item: 2, serialNumber: "SN-2" })];
    const file = paidFile("receipt", { items, schedule: SCHEDULE });
    const change = act(SHIPPING, "receipt", file, {
      serialNumber: "SN-2",
      certificate: true,
      condition: "as-photographed",
      lengthIn: 6,
      widthIn: 6,
      heightIn: 4,
      weightLb: 1,
      contents: ALL,
    });
    expect(change.case?.window).toMatchObject({ earliest: "2026-03-31", latest: "2026-04-14" });
  });

  it("R60: the Japanese holidays inside it are shown, whichever days they are", () => {
    const { window } = arrived([worked()], { schedule: { earliest: 40, latest: 50 } }).case ?? {};
    expect(window?.holidays.map((holiday) => holiday.date)).toEqual([
      "2026-04-29",
      "2026-05-03",
      "2026-05-04",
      "2026-05-05",
      "2026-05-06",
    ]);
  });

  it("R60: after a discrepancy it counts from the receipt, not from the day it was settled", () => {
    const file = {
      ...paidFile("receipt", {
        items: [worked()],
        schedule: SCHEDULE,
        stage: "discrepancy",
        receipt: aReceipt({ at: "2026-03-10T03:00:00.000Z" }),
      }),
      waits: aPaidFile(["discrepancy"]).waits,
    };
    const change = act(SHIPPING, "discrepancy", file, { resolution: "continue", text: "agreed" });
    expect(change.case?.window).toMatchObject({ earliest: "2026-03-24", latest: "2026-04-07" });
  });
});

describe("what arrives is a piece of jewelry, and not always a ring (R56)", () => {
  it("R56: another serial number is told without calling it a ring", () => {
    const item = worked({
      catalogue: {
        name: "Tatewaku",
        kind: "bracelet",
        material: "sterling silver 925",
        harmonizedCode: "7113.11",
      },
    });
    const file = paidFile("receipt", { items: [item] });
    const found = { serialNumber: "SN-9", certificate: true, condition: "as-photographed", contents: ALL };
    const parcel = { lengthIn: 6, widthIn: 6, heightIn: 4, weightLb: 1 };
    const change = act(SHIPPING, "receipt", file, { ...found, ...parcel });
    expect(change.answer?.outcome).toBe("discrepancy");
    expect(change.case?.receipt?.mismatches[0]?.text).toContain("SN-9");
    expect(change.case?.receipt?.mismatches[0]?.text).not.toMatch(/\bring\b/i);
  });

  it("R5: no right is used up by it", () => {
    const rings = [aRing({ openCase: CASE_ID })];
    const file = paidFile("receipt", { items: [sized()] });
    const body = {
      serialNumber: "SN-2026-0001",
      certificate: true,
      condition: "as-photographed",
      lengthIn: 6,
      widthIn: 6,
      heightIn: 4,
      weightLb: 1,
      contents: ALL,
    };
    expect(act(SHIPPING, "receipt", file, body, { rings }).rings).toEqual([]);
  });
});

interface Inspected {
  readonly measuredSize?: number;
  readonly newSerialNumber?: string;
  readonly repairValueCents?: number;
}
/** Before inspection. */
const atInspection = (items: CaseItem[], fields: Partial<Case> = {}): CaseFile =>
  paidFile("inspection", { items, receipt: aReceipt(), window: aWindow(), ...fields });
const inspect = (
  file: CaseFile,
  found: Readonly<Record<number, Inspected>>,
  known: Parameters<typeof act>[4] = {},
): Change =>
  act(
    WORKSHOP,
    "inspection",
    file,
    {
      items: Object.entries(found).map(([item, one]) => ({
        item: Number(item),
        repairValueCents: 9_000,
        ...one,
      })),
      manifest: ALL,
    },
    known,
  );

describe("inspection (R57, R63)", () => {
  it("R63: of a change of size the measured size is the one agreed", () => {
    for (const item of [sized(), sized({ services: ["paid-resizing", "polishing"] })]) {
      const file = atInspection([item]);
      expect(faultsOf(() => inspect(file, { 1: {} }))).toEqual(["items[0].measuredSize R63"]);
      expect(messagesOf(() => inspect(file, { 1: { measuredSize: 12 } }))).toEqual([
        "measured 12, agreed 13",
      ]);
      expect(inspect(file, { 1: { measuredSize: 13 } }).answer?.outcome).toBe("passed");
    }
  });

  it("R63: of other work none is needed, nor compared where one is named", () => {
    for (const item of [worked(), worked({ sizeAtPurchase: 11 }), worked({ desiredSize: "unknown" })]) {
      const file = atInspection([item]);
      expect(inspect(file, { 1: {} }).answer?.outcome).toBe("passed");
      expect(inspect(file, { 1: { measuredSize: 11.5 } }).case?.items?.[0]?.measuredSize).toBe(11.5);
    }
  });

  it("R63: also where a size was once wished of a piece that is only polished", () => {
    expect(inspect(atInspection([worked({ desiredSize: 13 })]), { 1: {} }).answer?.outcome).toBe("passed");
  });

  it("R63: each item by what was agreed for it", () => {
    const file = atInspection([sized(), worked({ item: 2, serialNumber: "SN-2" })]);
    expect(faultsOf(() => inspect(file, { 1: {}, 2: {} }))).toEqual(["items[0].measuredSize R63"]);
    expect(inspect(file, { 1: { measuredSize: 13 }, 2: {} }).answer?.outcome).toBe("passed");
  });

  it("R11: only an exchange has a new serial number, and never without one", () => {
    expect(faultsOf(() => inspect(atInspection([worked()]), { 1: { newSerialNumber: "SN-9" } }))).toEqual([
      "items[0].newSerialNumber R11",
    ]);
    expect(faultsOf(() => inspect(atInspection([exchanged()]), { 1: { measuredSize: 13 } }))).toEqual([
      "items[0].newSerialNumber R5",
    ]);
  });

  it("the value of the repair is stated of every piece, a whole number of cents", () => {
    for (const repairValueCents of [undefined, -1, 9.5])
      expect(
        faultsOf(() => inspect(atInspection([worked()]), { 1: { repairValueCents } as Inspected })),
      ).toEqual(["items[0].repairValueCents"]);
  });
});

describe("what the ledger learns (R5, R19)", () => {
  const ring = aRing({ openCase: CASE_ID });
  const rings = [ring];

  it("R19: a paid resizing is the ring's current size; base and right stay what they were", () => {
    for (const right of [
      { state: "free" as const },
      { state: "used" as const, by: "CW-0000000000", at: "2026-01-01T00:00:00.000Z" },
    ]) {
      const before = aRing({ openCase: CASE_ID, right });
      const change = inspect(atInspection([sized()]), { 1: { measuredSize: 13 } }, { rings: [before] });
      expect(change.rings).toMatchObject([
        { before: before.version, after: { currentSize: 13, sizeAtPurchase: 11, right } },
      ]);
    }
  });

  it("R5, R19: a paid exchange links both rings and passes base and right on", () => {
    const used = aRing({
      openCase: CASE_ID,
      right: { state: "used", by: "CW-0000000000", at: "2026-01-01T00:00:00.000Z" },
    });
    const file = atInspection([exchanged()]);
    const change = inspect(file, { 1: { measuredSize: 13, newSerialNumber: "SN-9" } }, { rings: [used] });
    expect(change.rings?.map((one) => one.after)).toMatchObject([
      { serialNumber: "SN-2026-0001", successor: "SN-9", openCase: CASE_ID },
      {
        serialNumber: "SN-9",
        predecessor: "SN-2026-0001",
        currentSize: 13,
        sizeAtPurchase: 11,
        right: used.right,
      },
    ]);
    expect(change.lookups).toEqual([{ kind: "serial", value: "SN-9" }]);
  });

  it("R19: polishing changes no size, whatever was measured", () => {
    expect(inspect(atInspection([worked()]), { 1: { measuredSize: 12 } }, { rings }).rings).toEqual([]);
  });

  it("R5: what goes home unworked changes nothing", () => {
    const file = atInspection([exchanged()], { returnUnworked: true });
    expect(inspect(file, { 1: {} }, { rings }).rings).toEqual([]);
  });
});

describe("what customs is told of the way home (R44): what was truly done", () => {
  /** Declared after its inspection. */
  const home = (
    items: CaseItem[],
    found: Readonly<Record<number, Inspected>>,
    fields: Partial<Case> = {},
  ): Declaration => {
    const file = atInspection(items, fields);
    return declare({
      file: after(file, inspect(file, found)),
      leg: "return",
      attempt: 1,
      brand,
      shipDate: "2026-05-25",
      now: "2026-05-20T02:00:00.000Z",
      exportStatement: { basis: "not-a-us-export" },
    });
  };
  const only = ({ commodities }: Declaration): Commodity => {
    const [commodity] = commodities;
    if (!commodity || commodities.length > 1) throw new Error("one piece was expected");
    return commodity;
  };
  const CHARGED = brand.customs.repairHeadings.charged;

  it.each<[string, CaseItem, Inspected, string]>([
    ["polishing", worked(), {}, "Polishing"],
    ["engraving", worked({ services: ["engraving"], engraving: "Ever" }), {}, "Engraving"],
    ["an erasure", worked({ services: ["engraving-erasure"] }), {}, "Erasure of engraving"],
    ["another repair", worked({ services: ["other"] }), {}, "Repair"],
    ["a resizing", sized(), { measuredSize: 13 }, "Resizing to Japanese ring size 13"],
    [
      "a resizing with other work",
      sized({ services: ["paid-resizing", "polishing", "re-engraving"] }),
      { measuredSize: 13 },
      "Resizing to Japanese ring size 13, polishing, and re-engraving",
    ],
    [
      "a resizing, though an exchange was asked for",
      sized({ services: ["paid-exchange"] }),
      { measuredSize: 13 },
      "Resizing to Japanese ring size 13",
    ],
  ])("R44: %s: the work, its value, the charged heading, the day of receipt", (_, item, found, work) => {
    const declaration = home([item], { 1: found });
    expect(declaration.purpose).toBe("after-repair");
    expect(only(declaration).repair).toEqual({
      work,
      valueCents: 9_000,
      heading: CHARGED,
      receivedOn: "2026-04-06",
    });
    expect(wantsRepairDeclaration(declaration)).toBe(true);
    expect(only(declaration).description).not.toMatch(/exchange/);
  });

  it("the heading is that of charged work, and another than that of complimentary work", () => {
    const free = {
      ...aFreeFile(["inspection"], {
        case: { items: [sized({ services: undefined })], receipt: aReceipt(), window: aWindow() },
      }),
    };
    const declaration = declare({
      file: after(free, inspect(free, { 1: { measuredSize: 13 } })),
      leg: "return",
      attempt: 1,
      brand,
      shipDate: "2026-05-25",
      now: "2026-05-20T02:00:00.000Z",
      exportStatement: { basis: "not-a-us-export" },
    });
    expect(only(declaration).repair?.heading).toBe(brand.customs.repairHeadings.warranty);
    expect(brand.customs.repairHeadings.warranty).not.toBe(CHARGED);
  });

  it("R44: an exchange is a replacement of full value, without a repair declaration", () => {
    const item = exchanged({ services: ["paid-exchange", "engraving"], engraving: "Ever" });
    const declaration = home([item], { 1: { measuredSize: 13, newSerialNumber: "SN-9" } });
    expect(declaration).toMatchObject({ purpose: "replacement", customsValueCents: 120_000 });
    expect(only(declaration)).toMatchObject({ serialNumber: "SN-9" });
    expect(only(declaration)).not.toHaveProperty("repair");
    expect(only(declaration).description).toMatch(/new goods, supplied in exchange$/);
    expect(wantsRepairDeclaration(declaration)).toBe(false);
  });

  it("R44: in one parcel with an exchange the repaired piece keeps its repair", () => {
    const items = [exchanged(), worked({ item: 2, serialNumber: "SN-2" })];
    const declaration = home(items, { 1: { measuredSize: 13, newSerialNumber: "SN-9" }, 2: {} });
    expect(declaration.purpose).toBe("replacement");
    expect(declaration.commodities.map((one) => one.repair?.work)).toEqual([undefined, "Polishing"]);
    expect(wantsRepairDeclaration(declaration)).toBe(true);
  });

  it("R44: unworked, nothing was done and no heading is claimed, whatever was paid", () => {
    for (const item of [worked(), sized(), exchanged()]) {
      const declaration = home([item], { 1: {} }, { returnUnworked: true });
      expect(only(declaration)).toMatchObject({
        serialNumber: "SN-2026-0001",
        repair: { work: "No work performed", valueCents: 0 },
      });
      expect(only(declaration).repair).not.toHaveProperty("heading");
      expect(only(declaration).description).toMatch(/returned as received, no work performed$/);
    }
  });
});

describe("what customs is told of the way there (R44)", () => {
  const sent = (item: CaseItem): string => {
    const file = paidFile("receipt", { items: [item] });
    const shipping = { ...(file.case.shipping as NonNullable<Case["shipping"]>), shipDate: "2026-03-20" };
    const { commodities } = declare({
      file: { ...file, case: { ...file.case, shipping } },
      leg: "inbound",
      attempt: 1,
      brand,
      shipDate: "2026-03-20",
      now: "2026-03-17T02:00:00.000Z",
      exportStatement: { basis: "exempt-30.37(a)" },
    });
    return commodities[0]?.description.split("; ")[1] ?? "";
  };

  it.each<[CaseItem, string]>([
    [worked(), "sent for polishing, to be returned"],
    [worked({ services: ["other"] }), "sent for repair, to be returned"],
    [sized(), "sent for resizing, to be returned"],
    [sized({ services: ["paid-resizing", "polishing"] }), "sent for resizing and polishing, to be returned"],
    [sized({ services: ["paid-exchange"] }), "sent for resizing, to be returned"],
    [exchanged(), "sent for exchange of size"],
  ])("R44: %#", (item, expected) => {
    expect(sent(item)).toBe(expected);
  });
});
