/** The export check as a step (R46, R47): what is registered, what a clearance covers, which day the papers are for. */
import { describe, expect, it } from "vitest";
import type { Case } from "../../lambdas/domain/case.ts";
import { PermanentError, Superseded } from "../../lambdas/domain/faults.ts";
import { createCheckExportHandler } from "../../lambdas/handlers/steps/check-export/check-export.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aCaseFile, anItem, CASE_ID } from "../builders/case-file.ts";
import { anHonestWorld, CUSTOMER, detailsAt, goesOn, ITEM, STAFF } from "../builders/honest.ts";
import { memoryStore } from "../builders/memory-store.ts";

/** Wednesday in Boston. */
const AT = "2026-03-25T15:00:00.000Z";
const shipping = {
  name: "Jane Doe",
  address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
  telephone: "4155550132",
  shipDate: "2026-03-30",
  at: "2026-03-24T14:00:00.000Z",
};
const OTHER = { caseId: "CW-0000000000", shipDate: "2026-03-30", senderHashes: ["x"], cents: 150_000 };

function checked(fields: Partial<Case> = {}, priceCents = 120_000) {
  const file = aCaseFile({
    case: {
      machine: "service-order",
      items: [anItem({ priceCents, customsValueCents: 100_000 })],
      shipping,
      ...fields,
    },
  });
  const store = memoryStore(file);
  const registered: { shipDate: string; cents: number; former: string | undefined }[] = [];
  const registerExport = store.registerExport.bind(store);
  store.registerExport = (entry, former) => {
    registered.push({ shipDate: entry.shipDate, cents: entry.cents, former: former?.shipDate });
    return registerExport(entry, former);
  };
  const run = (at = AT) => createCheckExportHandler({ store, brand })({ caseId: CASE_ID, attempt: 1, at });
  return { store, run, registered, file: () => store.file(CASE_ID) };
}

describe("the hold", () => {
  it.each([
    [249_999, "clear"],
    [250_000, "held"],
  ])("R46: %i cents: %s", async (price, outcome) => {
    const { run, file } = checked({}, price);
    expect(await run()).toEqual({ outcome });
    expect(file().case.exportStatement).toEqual(
      outcome === "held" ? undefined : { basis: "exempt-30.37(a)" },
    );
    expect(file().case.exportHold?.totalCents).toBe(outcome === "held" ? price : undefined);
  });

  it("R46: dropped items are not in the shipment", async () => {
    const items = [
      anItem({ priceCents: 240_000 }),
      anItem({ item: 2, serialNumber: "SN-2", priceCents: 240_000, dropped: true }),
    ];
    expect(await checked({ items }).run()).toEqual({ outcome: "clear" });
  });

  it("R46: the same sender's others of the day count, of another day not", async () => {
    const one = checked();
    await one.run();
    const { senderHashes } = one.file().case.exportEntry ?? { senderHashes: [] };
    const held = checked();
    await held.store.registerExport({ ...OTHER, senderHashes });
    expect(await held.run()).toEqual({ outcome: "held" });
    expect(held.file().case.exportHold).toEqual({ totalCents: 270_000, others: [OTHER.caseId] });
    const otherDay = checked();
    await otherDay.store.registerExport({ ...OTHER, senderHashes, shipDate: "2026-03-31" });
    expect(await otherDay.run()).toEqual({ outcome: "clear" });
  });

  it.each([
    ["the same", 250_000, "clear"],
    ["a smaller", 260_000, "clear"],
    ["a larger", 249_999, "held"],
  ])("R47: a clearance given for a total covers %s one", async (_name, clearedFor, outcome) => {
    const cleared = {
      exportHold: { totalCents: clearedFor, others: [] },
      exportStatement: { basis: "itn" as const, itn: "X20260325000001" },
    };
    const { run, file } = checked(cleared, 250_000);
    expect(await run()).toEqual({ outcome });
    expect(file().case.exportStatement).toEqual(outcome === "clear" ? cleared.exportStatement : undefined);
  });
});

describe("the day", () => {
  it("R34: today in the sender's zone can still be kept", async () => {
    const { run, registered, file } = checked({ shipping: { ...shipping, shipDate: "2026-03-25" } });
    await run("2026-03-26T03:59:00.000Z");
    expect(registered.map((one) => one.shipDate)).toEqual(["2026-03-25"]);
    expect(file().events.map((event) => event.type)).not.toContain("ShipDateMoved");
  });

  it("R34: one gone by gives way to the first possible, which is what is registered, and she is told", async () => {
    const { run, registered, file } = checked({ shipping: { ...shipping, shipDate: "2026-03-24" } });
    await run();
    expect(file().case.shipping?.shipDate).toBe("2026-03-27");
    expect(registered).toEqual([{ shipDate: "2026-03-27", cents: 120_000, former: undefined }]);
    expect(file().events.find((event) => event.type === "ShipDateMoved")).toMatchObject({
      shown: true,
      data: { shipDate: "2026-03-27" },
    });
  });

  it("R47: never that of the shipment it was split from", async () => {
    const { run, file } = checked({
      shipping: { ...shipping, shipDate: "2026-03-24" },
      splitFrom: { caseId: OTHER.caseId as Case["caseId"], shipDate: "2026-03-27" },
    });
    await run();
    expect(file().case.shipping?.shipDate).toBe("2026-03-30");
  });

  it("R34: a clearance that came after the ship date: papers are made for a day still to come", async () => {
    const world = anHonestWorld({ items: [{ ...ITEM, priceCents: 260_000 }] });
    await goesOn(world, { until: "export-clearance" });
    const chosen = world.file().case.shipping?.shipDate ?? "";
    await world.pass(20 * 24 * 60);
    await world.act(STAFF, "export-clearance", { basis: "exempt-30.37(a)" });
    await world.settle();
    expect(world.file().case.stage).toBe("documents-sent");
    const { declaration } = world.file().shipments[0] ?? {};
    expect(declaration && declaration.shipDate > world.now().slice(0, 10)).toBe(true);
    expect(chosen < world.now().slice(0, 10)).toBe(true);
    expect(world.file().case.exportEntry?.shipDate).toBe(declaration?.shipDate);
    await goesOn(world);
    expect(world.file().case.stage).toBe("closed");
  });

  it("R34: so does a label that was refused until its day had gone by", async () => {
    const world = anHonestWorld({ carrierSays: (nth) => (nth === 1 ? "refused" : undefined) });
    await goesOn(world, { until: "attention" });
    await world.pass(20 * 24 * 60);
    await world.act(STAFF, "attention", { decision: "retry" });
    await world.settle();
    expect(world.file().case.stage).toBe("documents-sent");
    expect(world.file().shipments.at(-1)?.declaration.shipDate).toBe(world.file().case.exportEntry?.shipDate);
  });

  it("R46, R47: after a clearance she takes another day: what was cleared stays cleared", async () => {
    const world = anHonestWorld({ items: [{ ...ITEM, priceCents: 260_000 }] });
    await goesOn(world, { until: "dispatch" });
    expect(await world.act(CUSTOMER, "ship-date", { shipDate: detailsAt(world, 4).shipDate })).toBe("done");
    await world.settle();
    expect(world.file().case.stage).toBe("documents-sent");
    expect(world.file().shipments.map((one) => one.status)).toEqual(["cancelled", "documented"]);
    expect(world.mailed.filter((id) => id.startsWith("E11"))).toHaveLength(1);
  });
});

it("needs an address and a date, and its own attempt", async () => {
  await expect(checked({ shipping: undefined }).run()).rejects.toThrow(PermanentError);
  await expect(checked({ attempt: 2 }).run()).rejects.toThrow(Superseded);
});
