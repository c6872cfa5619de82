/** What is said twice, too late or in between: a repeat, a new wish, or a contradiction. */
import { describe, expect, it } from "vitest";
import { recordScans } from "../../lambdas/actions/record-scans.ts";
import { openWait } from "../../lambdas/domain/open-wait.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aCaseFile, aDesign, aWait } from "../builders/case-file.ts";
import { anHonestWorld, CUSTOMER, detailsAt, findings, goesOn, ITEM, STAFF } from "../builders/honest.ts";
import type { World } from "../builders/world.ts";

const shipDateOf = (world: World) => world.file().case.shipping?.shipDate;

describe("shipping details and ship date (R34)", () => {
  it("R34: the details of before, after another date was chosen, are a new wish", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "shipping-details" });
    const first = detailsAt(world, 1);
    await world.act(CUSTOMER, "shipping-details", first);
    await world.settle();
    const { shipDate } = detailsAt(world, 5);
    await world.act(CUSTOMER, "ship-date", { shipDate });
    await world.settle();
    expect(shipDateOf(world)).toBe(shipDate);
    expect(await world.act(CUSTOMER, "shipping-details", first)).toBe("done");
    await world.settle();
    expect(shipDateOf(world)).toBe(first.shipDate);
    expect(world.labels.map((label) => label.cancelled)).toEqual([true, true, false]);
  });

  it("the same again is a repeat: no label is made anew", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "shipping-details" });
    const details = detailsAt(world, 1);
    for (let time = 0; time < 3; time += 1) {
      expect(await world.act(CUSTOMER, "shipping-details", details)).toBe("done");
      await world.settle();
    }
    const { shipDate } = detailsAt(world, 5);
    for (let time = 0; time < 3; time += 1) {
      expect(await world.act(CUSTOMER, "ship-date", { shipDate })).toBe("done");
      await world.settle();
    }
    expect(world.labels).toHaveLength(2);
  });
});

describe("an address the carrier does not take (R33)", () => {
  it("R33: given again while a person looks after it, the papers are made with it", async () => {
    const world = anHonestWorld({ carrierSays: (nth) => (nth === 1 ? "refused" : undefined) });
    await goesOn(world, { until: "attention" });
    const moved = { ...detailsAt(world, 2), name: "Janet Doe" };
    expect(await world.act(CUSTOMER, "shipping-details", moved)).toBe("done");
    await world.settle();
    expect(world.file().case.stage).toBe("documents-sent");
    expect(world.file().shipments.at(-1)?.declaration).toMatchObject({
      shipper: { person: "Janet Doe" },
      shipDate: moved.shipDate,
    });
  });
  it("where it was not the papers that failed, it is out of turn", async () => {
    const file = aCaseFile({
      case: { stage: "attention" },
      waits: [aWait({ asks: "attention", resumeAt: "Prepare return" })],
    });
    const world = anHonestWorld();
    world.change(() => file);
    expect(await world.act(CUSTOMER, "shipping-details", detailsAt(world, 2))).toBe("out-of-turn");
  });
});

describe("“I have sent it” (R53)", () => {
  it("R53: while the label is being replaced it is no parcel that is awaited; once it is there, it counts", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "dispatch" });
    await world.act(CUSTOMER, "dispatch", {});
    await world.settle();
    expect(world.file().case.stage).toBe("dispatched");
    await world.act(CUSTOMER, "ship-date", { shipDate: detailsAt(world, 4).shipDate });
    expect(await world.act(CUSTOMER, "dispatch", {})).toBe("out-of-turn");
    await world.settle();
    expect(world.file().case.stage).toBe("documents-sent");
    expect(world.file().case.reportedSentAt).toBeUndefined();
    expect(await world.act(CUSTOMER, "dispatch", {})).toBe("done");
    await world.settle();
    expect(world.file().case.stage).toBe("dispatched");
  });

  it("R53: once it is in Japan she reports what is already so: nothing is recorded", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "work" });
    const { version } = world.file().case;
    expect(await world.act(CUSTOMER, "dispatch", {})).toBe("done");
    expect(world.file().case.version).toBe(version);
  });

  it("R53: in documents-sent and in dispatched alike the receipt ends the wait, whether or not it was said or scanned", async () => {
    const stages: string[] = [];
    for (const before of ["nothing", "said", "scanned"]) {
      const world = anHonestWorld();
      await goesOn(world, { until: "dispatch" });
      if (before === "said") await world.act(CUSTOMER, "dispatch", {});
      if (before === "scanned") await world.scan("inbound", "DL");
      await world.settle();
      await world.act(STAFF, "receipt", findings(world));
      await world.settle();
      stages.push(world.file().case.stage);
    }
    expect(stages).toEqual(["in-work", "in-work", "in-work"]);
  });
});

describe("delivery home", () => {
  it("a report of what is already so, also after a cancellation", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "receipt" });
    await world.act(CUSTOMER, "cancellation", {});
    await goesOn(world);
    expect(world.file().case.ending).toMatchObject({ stage: "cancelled", code: "returned-unworked" });
    expect(await world.act(STAFF, "return-delivery", {})).toBe("done");
  });
  it("of a case that ended without a return there is nothing to report", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "photos" });
    await world.act(CUSTOMER, "cancellation", {});
    await world.settle();
    expect(await world.act(STAFF, "return-delivery", {})).toBe("out-of-turn");
  });
  it("delivered before its wait was opened: the case is closed, not cancelled", () => {
    const parcel = { attempt: 1, number: "1", shipDate: "2026-06-01", scans: [], deliveredAt: "2026-06-04" };
    const file = aCaseFile({
      case: { tracking: { return: parcel } },
      waits: [aWait({ asks: "inspection" })],
    });
    const change = openWait(
      file,
      { asks: "return-delivery", machine: "service-order", attempt: 1 },
      "2026-06-05T00:00:00.000Z",
      brand,
    );
    expect(change.waits?.at(-1)?.answer?.outcome).toBe("delivered");
    expect(change.case?.ending).toEqual({ stage: "closed", code: "delivered" });
  });
});

it("scans beyond what is kept are not new at every poll", () => {
  const scans = Array.from({ length: 75 }, (_, n) => ({
    at: `2026-04-01T00:${String(n % 60).padStart(2, "0")}:${n < 60 ? "00" : "30"}`,
    code: "IT",
    text: "In transit",
  }));
  const parcel = { attempt: 1, number: "1", shipDate: "2026-03-30", scans: [] };
  const file = aCaseFile({ case: { tracking: { inbound: parcel } } });
  const tracking = recordScans(file, "inbound", "1", scans)?.case?.tracking;
  expect(tracking?.inbound?.scans).toHaveLength(60);
  const again = { ...file, case: { ...file.case, tracking: tracking ?? {} } };
  expect(recordScans(again, "inbound", "1", scans)).toBeUndefined();
});

it("R12, R29: a fee that a person has found is not undone by another word of the customer", async () => {
  const world = anHonestWorld();
  await goesOn(world, { until: "review" });
  await world.act(STAFF, "review", {
    decision: "convert",
    reason: { code: "condition", text: "The band has to be rebuilt." },
  });
  await world.settle();
  expect(await world.act(CUSTOMER, "items", { items: [{ item: 1, desiredSize: 12 }] })).toBe("done");
  await world.settle();
  expect(world.file().case.stage).toBe("conversion-offered");
  expect(world.file().case.items[0]?.desiredSize).toBe(12);
});

describe("inspection of several items (R63)", () => {
  const second = { ...ITEM, serialNumber: "SN-2026-0002" };
  const exchanged = [aDesign({ resizing: { category: "exchange-complimentary" } })];
  const inspected = (...items: object[]) => ({
    items: items.map((item) => ({ measuredSize: 13, repairValueCents: 0, ...item })),
    manifest: ["jewelry", "pouch", "certificate"],
  });

  it("R5: one new ring does not go home for two", async () => {
    const world = anHonestWorld({ items: [ITEM, second], designs: exchanged });
    await goesOn(world, { until: "inspection" });
    const same = inspected({ item: 1, newSerialNumber: "NEW-1" }, { item: 2, newSerialNumber: "NEW-1" });
    expect(await world.act(STAFF, "inspection", same)).toBe("rule-broken");
    const each = inspected({ item: 1, newSerialNumber: "NEW-1" }, { item: 2, newSerialNumber: "NEW-2" });
    expect(await world.act(STAFF, "inspection", each)).toBe("done");
    expect(world.store.rings.get("NEW-2")).toMatchObject({
      predecessor: "SN-2026-0002",
      right: { state: "used" },
    });
  });
  it("R63: an item the case does not have, or one named twice, is refused", async () => {
    const world = anHonestWorld({ items: [ITEM, second] });
    await goesOn(world, { until: "inspection" });
    for (const wrong of [
      [{ item: 1 }, { item: 2 }, { item: 3 }],
      [{ item: 1 }, { item: 1 }, { item: 2 }],
      [{ item: 1 }],
    ])
      expect(await world.act(STAFF, "inspection", inspected(...wrong))).toBe("rule-broken");
    expect(await world.act(STAFF, "inspection", inspected({ item: 1 }, { item: 2 }))).toBe("done");
  });
  it("R57: what was received goes back, however it was written", async () => {
    const world = anHonestWorld();
    await goesOn(world, { until: "receipt" });
    await world.act(STAFF, "receipt", { ...findings(world), contents: ["Jewelry", "Certificate", "POUCH"] });
    await goesOn(world, { until: "inspection" });
    const without = { ...inspected({ item: 1 }), manifest: ["jewelry", "certificate"] };
    expect(await world.act(STAFF, "inspection", without)).toBe("rule-broken");
  });
});
