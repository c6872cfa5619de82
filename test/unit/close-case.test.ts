/** The end of a case: labels that nobody will use, the sums of R46, the ring's right, the last mail. */
import { describe, expect, it } from "vitest";
import type { Case } from "../../lambdas/domain/case.ts";
import { PermanentError, TransientError } from "../../lambdas/domain/faults.ts";
import type { Shipment } from "../../lambdas/domain/shipment.ts";
import { createCheckExportHandler } from "../../lambdas/handlers/steps/check-export/check-export.ts";
import { createCloseCaseHandler } from "../../lambdas/handlers/steps/close-case/close-case.ts";
import { exportEntryOf } from "../../lambdas/handlers/steps/export-entry.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import type { Carrier } from "../../lambdas/ports/carrier.ts";
import { aCaseFile, aReceipt, aRing, aShipment, aWait, CASE_ID } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";

const AT = "2026-04-20T15:00:00.000Z";
const shipping = {
  name: "Jane Doe",
  address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
  telephone: "4155550132",
  shipDate: "2026-04-27",
  at: AT,
};
const unexpected = (name: string) => () => Promise.reject(new Error(`the test did not foresee ${name}`));

function closing(fields: Partial<Case>, shipments: readonly Shipment[] = [], carrier: Partial<Carrier> = {}) {
  const answer = { outcome: "cancelled", at: AT, by: "customer" };
  const store = memoryStore(
    aCaseFile({
      case: { ending: { stage: "cancelled", code: "customer" }, ...fields },
      waits: [aWait({ answer })],
      shipments: [...shipments],
    }),
  );
  store.rings.set(
    "SN-2026-0001",
    aRing({ openCase: CASE_ID, right: { state: "reserved", by: CASE_ID, at: AT } }),
  );
  const step = createCloseCaseHandler({
    store,
    brand,
    carrier: {
      createShipment: unexpected("createShipment"),
      findByReference: unexpected("findByReference"),
      cancelShipment: unexpected("cancelShipment"),
      track: unexpected("track"),
      ...carrier,
    },
  });
  const run = () => step({ caseId: CASE_ID, attempt: 1, at: AT });
  return { store, run, file: () => store.file(CASE_ID), ring: () => store.rings.get("SN-2026-0001") };
}
describe("labels", () => {
  it.each([
    ["documented", { status: "documented" }, true, "cancelled"],
    ["made, its papers not yet", { status: "created", invoiceKey: undefined }, true, "cancelled"],
    ["one the carrier will not cancel", { status: "documented" }, false, "abandoned"],
  ] as const)("%s", async (_name, shipment, cancels, status) => {
    const { run, file } = closing({}, [aShipment(shipment)], {
      cancelShipment: () => Promise.resolve(cancels),
    });
    await run();
    expect(file().shipments[0]).toMatchObject({ status, ...(cancels ? {} : { watched: true }) });
    expect(file().case.stage).toBe("cancelled");
  });

  it("of unknown outcome: looked for by our reference and cancelled", async () => {
    const cancelled: string[] = [];
    const { run, file } = closing({}, [aShipment({ status: "outcome-unknown", trackingNumber: undefined })], {
      findByReference: (reference) => {
        expect(reference).toBe(`${CASE_ID}-inbound-1`);
        return Promise.resolve({ trackingNumber: "794699999999" });
      },
      cancelShipment: (number) => {
        cancelled.push(number);
        return Promise.resolve(true);
      },
    });
    await run();
    expect(cancelled).toEqual(["794699999999"]);
    expect(file().shipments[0]).toMatchObject({ status: "cancelled", trackingNumber: "794699999999" });
  });

  it.each([
    ["not found", () => Promise.resolve(undefined)],
    ["not told", () => Promise.reject(new PermanentError("no lookups today"))],
  ])("of unknown outcome, %s: watched, and the case ends all the same", async (_name, findByReference) => {
    const { run, file } = closing({}, [aShipment({ status: "requested", trackingNumber: undefined })], {
      findByReference,
    });
    await run();
    expect(file().shipments[0]).toMatchObject({ status: "abandoned", watched: true });
    expect(file().case.endedAt).toBe(AT);
  });

  it("what a retry may mend is tried again before the case ends", async () => {
    const { run, file } = closing({}, [aShipment()], {
      cancelShipment: () => Promise.reject(new TransientError("no connection")),
    });
    await expect(run()).rejects.toThrow(TransientError);
    expect(file().case.endedAt).toBeUndefined();
  });

  it("one that was used is left alone", async () => {
    const inbound = {
      attempt: 1,
      number: "794644790138",
      shipDate: "2026-03-30",
      scans: [],
      firstScanAt: AT,
    };
    const { run, file } = closing({ receipt: aReceipt(), tracking: { inbound } }, [aShipment()]);
    await run();
    expect(file().shipments[0]?.status).toBe("documented");
  });
});

describe("the sum of R46", () => {
  const entry = { shipDate: "2026-04-27", senderHashes: ["a".repeat(43)], cents: 150_000 };

  it("R46: a shipment that will not leave no longer counts", async () => {
    const { run, store } = closing({ shipping, exportEntry: entry });
    await store.registerExport({ caseId: CASE_ID, ...entry });
    await run();
    expect((await store.registerExport({ ...entry, caseId: "CW-0000000000" })).othersCents).toBe(0);
  });

  it("R46: nor one that was registered by a check which did not live to say so", async () => {
    const { store, run, file } = closing({ shipping, exportEntry: entry });
    const present = exportEntryOf(file(), brand) ?? entry;
    await store.registerExport({ caseId: CASE_ID, ...entry });
    const commit = store.commit.bind(store);
    store.commit = () => Promise.reject(new TransientError("the table is away"));
    const check = createCheckExportHandler({ store, brand });
    await expect(check({ caseId: CASE_ID, attempt: 1, at: AT })).rejects.toThrow(TransientError);
    store.commit = commit;
    await run();
    expect((await store.registerExport({ ...present, caseId: "CW-0000000000" })).othersCents).toBe(0);
  });

  it("R46: one that left for Japan counts for its day", async () => {
    const { run, store } = closing({ shipping, exportEntry: entry, receipt: aReceipt() });
    await store.registerExport({ caseId: CASE_ID, ...entry });
    await run();
    expect((await store.registerExport({ ...entry, caseId: "CW-0000000000" })).othersCents).toBe(150_000);
  });
});

describe("the right and the last mail", () => {
  it.each([
    ["expired", { stage: "expired", code: "photos" }, "E12#0001-expired"],
    ["expired, waiting for nobody who is reminded", { stage: "expired", code: "receipt" }, "E17#0001"],
    ["cancelled", { stage: "cancelled", code: "customer" }, "E17#0001"],
    ["the offer refused", { stage: "declined", code: "conversion-refused" }, "E17#0001"],
  ] as const)(
    "R5: %s: released, the ring free for another case, told once",
    async (_name, ending, mailId) => {
      const { run, file, ring } = closing({ ending });
      await run();
      await run();
      expect(ring()).toMatchObject({ right: { state: "free" } });
      expect(ring()?.openCase).toBeUndefined();
      expect(file().mails.map((mail) => mail.mailId)).toEqual([mailId]);
      expect(file().waits.every((wait) => wait.dueAt === undefined)).toBe(true);
    },
  );

  it("R30: declined: the reason is told", async () => {
    const { run, file } = closing({
      ending: { stage: "declined", code: "condition", text: "cracked" },
      review: { decision: "decline", code: "condition", text: "cracked", at: AT, by: "staff:Kim" },
    });
    await run();
    expect(file().mails.map((mail) => mail.mailId)).toEqual(["E5#0001"]);
  });
});
