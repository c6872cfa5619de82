/** R47: what leaves a held shipment, what it takes along, and what stays. */
import { describe, expect, it } from "vitest";
import type { ActionContext } from "../../lambdas/actions/action.ts";
import { exportClearance } from "../../lambdas/actions/export-clearance.ts";
import { shipDate as shipDateAction } from "../../lambdas/actions/shipping-details.ts";
import { changeParts } from "../../lambdas/adapters/dynamodb/writes.ts";
import { Case } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import { applyChange } from "../../lambdas/domain/change.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import type { Media } from "../../lambdas/domain/media.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aCaseFile, aDesign, aMedia, anItem, aRing, aWait, CASE_ID } from "../builders/case-file.ts";

const NOW = "2026-03-25T15:00:00.000Z";
const NEW = CaseId.parse("CW-N3WN3WN3WN");
const SHIP_DATE = "2026-04-06";

function aHeld(count = 2, media: readonly Media[] = []): CaseFile {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return aCaseFile({
    case: {
      stage: "export-review",
      machine: "service-order",
      attempt: 2,
      waitNo: 4,
      items: numbers.map((item) =>
        anItem({
          item,
          serialNumber: `SN-${item}`,
          outcome: "resize",
          customsValueCents: 150_000,
          insuredValueCents: 150_000,
        }),
      ),
      exportHold: { totalCents: 150_000 * count, others: [] },
      review: { decision: "approve", at: NOW, by: "staff:Kei" },
      overrides: [{ rule: "R10", reason: "seen by video call" }],
      assignee: "Kei Sato",
      shipping: {
        name: "Jane Doe",
        address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
        telephone: "4155550132",
        shipDate: SHIP_DATE,
        at: NOW,
      },
    },
    waits: [aWait({ no: 4, asks: "export-clearance", machine: "service-order", attempt: 2 })],
    media: [...media],
  });
}
const context = (count = 2): ActionContext => ({
  now: NOW,
  actor: { kind: "staff", name: "Aki", roles: ["shipping"] },
  brand,
  newCaseId: NEW,
  rings: new Map(
    Array.from({ length: count }, (_, index) => {
      const serialNumber = `SN-${index + 1}`;
      const right = { state: "reserved" as const, by: CASE_ID, at: NOW };
      return [serialNumber, aRing({ serialNumber, openCase: CASE_ID, right })] as const;
    }),
  ),
  designs: new Map([["R-1001", aDesign()]]),
});
const cleared = (file: CaseFile, input: object, at = context()): Change => {
  const change = exportClearance.apply(file, exportClearance.input.parse(input), at);
  if (!change) throw new Error("nothing was changed");
  return change;
};
const split = (file: CaseFile, items: readonly unknown[], at = context()) =>
  cleared(file, { basis: "split", items }, at);
const faultsOf = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors.map(({ path, rule }) => `${path} ${rule}`);
  }
  throw new Error("it was not refused");
};
const opened = (change: Change): CaseFile => {
  if (!change.opens) throw new Error("no other case");
  return change.opens.file;
};

describe("what stays", () => {
  it("is checked again without the items that left, which are marked with their new case", () => {
    const change = split(aHeld(), [2]);
    expect(change.answer).toEqual({ outcome: "split", by: "staff:Aki" });
    expect(change.case?.items).toMatchObject([{ item: 1 }, { item: 2, dropped: true, movedTo: NEW }]);
    expect(change.case?.assessment?.result.items).toHaveLength(1);
    expect(change.events).toMatchObject([{ type: "ItemsSplitOff", data: { items: "2", to: NEW } }]);
  });
});

describe("what leaves", () => {
  it("is a whole case by the schema: approved, addressed, asked for its ship date", () => {
    const { file, start } = split(aHeld(), [{ item: 2 }]).opens ?? {};
    if (!file) throw new Error("no other case");
    expect(Case.parse(file.case)).toMatchObject({
      caseId: NEW,
      version: 1,
      eventNo: 2,
      waitNo: 1,
      stage: "shipping-details-requested",
      contactAt: aHeld().case.contactAt,
      items: [{ item: 1, serialNumber: "SN-2", customsValueCents: 150_000 }],
      splitFrom: { caseId: CASE_ID, shipDate: SHIP_DATE },
      overrides: [{ rule: "R10" }],
      assignee: "Kei Sato",
      assessment: { result: { verdict: "complimentary" } },
    });
    expect(file.case.shipping).not.toHaveProperty("shipDate");
    expect(file.waits).toMatchObject([
      { no: 0, answer: { outcome: "filed" } },
      { no: 1, asks: "shipping-details", attempt: 1 },
    ]);
    expect(file.mails.map((mail) => mail.mailId)).toEqual(["E4#0001"]);
    expect(start).toEqual({
      machine: "complimentary-resizing",
      resumeAt: "Await shipping details",
      waitNo: 0,
    });
  });
  it("R5, R20: takes its rings along, and only those", () => {
    const { rings } = split(aHeld(), [2]);
    expect(rings?.map(({ after }) => after)).toMatchObject([
      { serialNumber: "SN-2", openCase: NEW, right: { state: "reserved", by: NEW } },
    ]);
  });
  it("takes the latest accepted photo of each shot, under its new number", () => {
    const photo = (mediaId: string, slot: string, status: Media["status"] = "accepted") =>
      aMedia({ mediaId: mediaId.repeat(32), slot, status });
    const media = [
      photo("a", "top"),
      photo("b", "2-top"),
      photo("c", "2-top"),
      photo("d", "2-side", "rejected"),
      photo("e", "2-certificate"),
    ];
    expect(opened(split(aHeld(2, media), [2])).media.map(({ mediaId, slot }) => [mediaId[0], slot])).toEqual([
      ["e", "certificate"],
      ["c", "top"],
    ]);
  });
  it("fits one transaction, however much was photographed", () => {
    const media = Array.from({ length: 10 }, (_, item) =>
      Array.from({ length: 12 }, (_shot, shot) =>
        aMedia({
          mediaId: (item * 100 + shot).toString(16).padStart(32, "0"),
          slot: `${item === 0 ? "" : `${item + 1}-`}${shot === 0 ? "certificate" : `shot-${shot}`}`,
        }),
      ),
    ).flat();
    const file = aHeld(10, media);
    const change = split(file, [2, 3, 4, 5, 6, 7, 8, 9, 10], context(10));
    const slots = opened(change).media.map((one) => one.slot);
    expect(slots.filter((slot) => slot.endsWith("certificate"))).toHaveLength(9);
    const to = { tableName: "cases", writeId: "w" };
    expect(changeParts(to, file, applyChange(file, change, NOW).writes).length).toBeLessThanOrEqual(100);
  });
});

describe("R47: papers that could not be made by what the hold was cleared with", () => {
  const stuck = (resumeAt: string): CaseFile => {
    const held = aHeld();
    const waits = [aWait({ no: 4, asks: "attention", machine: "service-order", resumeAt })];
    return { ...held, case: { ...held.case, stage: "attention" }, waits };
  };
  it.each(["Check export", "Prepare shipment"])("are made by another at “%s”", (resumeAt) => {
    const change = cleared(stuck(resumeAt), { basis: "itn", itn: "X20260316000001" });
    expect(change.answer?.outcome).toBe("retry");
    expect(change.case?.exportStatement).toMatchObject({ basis: "itn" });
  });
  it("wait for another when something else has failed, and are neither split nor ended there", () => {
    const codeOf = (resumeAt: string, input: object) => {
      try {
        return cleared(stuck(resumeAt), input);
      } catch (error) {
        if (error instanceof Problem) return error.code;
        throw error;
      }
    };
    expect(codeOf("Prepare return", { basis: "itn", itn: "X20260316000001" })).toBe("out-of-turn");
    expect(codeOf("Check export", { basis: "split", items: [2] })).toBe("out-of-turn");
    expect(codeOf("Check export", { basis: "cancel" })).toBe("out-of-turn");
  });
});

describe("R47: refused", () => {
  it.each([
    ["without items", { basis: "split" }, ["items R47"]],
    ["the whole shipment", { basis: "split", items: [1, 2] }, ["items R47"]],
    ["an item that is not there", { basis: "split", items: [1, 7] }, ["items[1] R47"]],
    ["items with another basis", { basis: "exempt-30.37(a)", items: [1] }, ["items R47"]],
  ])("%s", (_name, input, faults) => {
    expect(faultsOf(() => cleared(aHeld(), input))).toEqual(faults);
  });
  it("15 CFR 30.37(a): above its limit of one code, which the carrier would refuse", () => {
    expect(faultsOf(() => cleared(aHeld(), { basis: "exempt-30.37(a)" }))).toEqual(["basis R47"]);
    expect(cleared(aHeld(1), { basis: "exempt-30.37(a)" }, context(1)).answer?.outcome).toBe("cleared");
  });
  it("the ship day of the other shipment; any other day will do, by the date alone", () => {
    const file = opened(split(aHeld(), [2]));
    const on = (shipDate: string) =>
      shipDateAction.apply(file, { shipDate }, { ...context(), actor: { kind: "customer" } });
    expect(faultsOf(() => on(SHIP_DATE))).toEqual(["shipDate R47"]);
    expect(on("2026-04-07")?.answer).toEqual({ outcome: "submitted", by: "customer" });
  });
});
