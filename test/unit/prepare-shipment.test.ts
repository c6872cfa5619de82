import { describe, expect, it } from "vitest";
import { documentKey } from "../../lambdas/adapters/s3/documents.ts";
import { PermanentError, Superseded, ThrottledError, TransientError } from "../../lambdas/domain/faults.ts";
import type { Declaration } from "../../lambdas/domain/shipment.ts";
import { mailData } from "../../lambdas/emails/data.ts";
import { createPrepareShipmentHandler } from "../../lambdas/handlers/steps/prepare-shipment/prepare-shipment.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import type { Carrier, CreateOutcome } from "../../lambdas/ports/carrier.ts";
import type { Papers } from "../../lambdas/ports/documents.ts";
import { aCaseFile, anItem, aShipment, CASE_ID } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";

const AT = "2026-03-25T15:00:00.000Z";
const ready = aCaseFile({
  case: {
    machine: "service-order",
    stage: "preparing-documents",
    items: [anItem({ outcome: "resize", customsValueCents: 120_000, insuredValueCents: 150_000 })],
    shipping: {
      name: "Jane Doe",
      address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
      telephone: "4155550132",
      shipDate: "2026-03-30",
      at: "2026-03-25T14:00:00.000Z",
    },
    exportStatement: { basis: "exempt-30.37(a)" },
  },
});
const unexpected = (name: string) => () => Promise.reject(new Error(`the test did not foresee ${name}`));
const label = (trackingNumber: string): CreateOutcome => ({
  outcome: "created",
  label: { trackingNumber, labelPdf: new Uint8Array([1]), alerts: [] },
});

function prepared(
  file = ready,
  carrier: Partial<Carrier> = {},
  printed: (papers: Papers) => Promise<Uint8Array> = () => Promise.resolve(new Uint8Array([2])),
) {
  const store = memoryStore(file);
  const asked: Declaration[] = [];
  const kept: string[] = [];
  let number = 794_600_000_000;
  const step = createPrepareShipmentHandler({
    store,
    brand,
    carrier: {
      createShipment: (declaration) => {
        asked.push(declaration);
        number += 1;
        return Promise.resolve(label(String(number)));
      },
      findByReference: unexpected("findByReference"),
      cancelShipment: unexpected("cancelShipment"),
      track: unexpected("track"),
      ...carrier,
    },
    printer: {
      renderCommercialInvoice: printed,
      renderRepairDeclaration: () => Promise.resolve(new Uint8Array([3])),
      renderInvoice: unexpected("renderInvoice"),
    },
    documents: {
      put: (place) => {
        const key = documentKey(place);
        kept.push(key);
        return Promise.resolve(key);
      },
      get: unexpected("get"),
    },
  });
  const run = (leg = "inbound") => step({ caseId: CASE_ID, attempt: 1, at: AT, leg });
  return { store, asked, kept, run, file: () => store.file(CASE_ID) };
}

describe("label and papers to Japan", () => {
  it("R42: the tracking number has a mail of its own; R43: both papers are kept", async () => {
    const { run, file, kept } = prepared();
    await run();
    expect(file().mails.map((mail) => mail.mailId)).toEqual(["E9#inbound-1"]);
    expect(kept).toEqual([
      `documents/${CASE_ID}/inbound-1/label.pdf`,
      `documents/${CASE_ID}/inbound-1/commercial-invoice.pdf`,
    ]);
    expect(file().shipments[0]).toMatchObject({ status: "documented", trackingNumber: "794600000001" });
    expect(file().case.tracking.inbound).toMatchObject({ number: "794600000001", shipDate: "2026-03-30" });
  });

  it("R44, R45: one declaration, frozen, is what label and invoice are made of, what is insured and what is mailed", async () => {
    const printed: Declaration[] = [];
    const { run, asked, file } = prepared(ready, {}, ({ declaration }) => {
      printed.push(declaration);
      return Promise.resolve(new Uint8Array([2]));
    });
    await run();
    const [declaration] = asked;
    expect(printed).toEqual([declaration]);
    expect(file().shipments[0]?.declaration).toEqual(declaration);
    expect(Object.isFrozen(declaration?.commodities[0])).toBe(true);
    const mail = mailData("E10", file(), { params: {}, orderedAt: AT }, brand, "https://example.com");
    expect(mail).toMatchObject({
      shipDate: declaration?.shipDate,
      insuredCents: declaration?.insuredValueCents,
      insurance: declaration?.insurance,
      invoiceNumber: declaration?.invoiceNumber,
    });
  });

  it("makes one label however often it is repeated", async () => {
    const { run, asked, file } = prepared();
    await run();
    await run();
    expect(asked).toHaveLength(1);
    expect(file().mails).toHaveLength(1);
  });

  it("goes on with the papers when the process died after the label", async () => {
    const died = prepared(ready, {}, () => Promise.reject(new TransientError("died")));
    await expect(died.run()).rejects.toThrow(TransientError);
    expect(died.file().shipments[0]?.status).toBe("created");
    const { run, asked, file } = prepared(died.file());
    await run();
    expect(asked).toEqual([]);
    expect(file().shipments[0]?.invoiceKey).toBe(`documents/${CASE_ID}/inbound-1/commercial-invoice.pdf`);
  });

  it("cancelled on the way here: no label is made and no number mailed, the next wait ends it", async () => {
    const cancellation = { at: AT, by: "customer" };
    const { run, asked, file } = prepared({ ...ready, case: { ...ready.case, cancellation } });
    await run();
    expect(asked).toEqual([]);
    expect(file().mails).toEqual([]);
  });

  it("ends quietly when another execution has the case", async () => {
    const { run } = prepared({ ...ready, case: { ...ready.case, attempt: 2 } });
    await expect(run()).rejects.toThrow(Superseded);
  });
});

describe("an outcome nobody knows", () => {
  const unknown = () => Promise.resolve<CreateOutcome>({ outcome: "unknown" });

  it("is written down and never tried again blindly", async () => {
    const { run, file } = prepared(ready, { createShipment: unknown });
    await expect(run()).rejects.toThrow(ThrottledError);
    expect(file().shipments[0]?.status).toBe("outcome-unknown");
  });

  it("found by our reference: that label is cancelled before the next is made", async () => {
    const cancelled: string[] = [];
    const { run, file, asked } = prepared(
      { ...ready, shipments: [aShipment({ status: "outcome-unknown", trackingNumber: undefined })] },
      {
        findByReference: (reference) => {
          expect(reference).toBe(`${CASE_ID}-inbound-1`);
          return Promise.resolve({ trackingNumber: "794699999999" });
        },
        cancelShipment: (number) => {
          cancelled.push(number);
          return Promise.resolve(true);
        },
      },
    );
    await run();
    expect(cancelled).toEqual(["794699999999"]);
    expect(asked.map((declaration) => declaration.attempt)).toEqual([2]);
    expect(file().shipments.map((one) => one.status)).toEqual(["cancelled", "documented"]);
  });

  it("not found in some minutes: the next is made and the possible orphan stays watched", async () => {
    const { run, file } = prepared(
      { ...ready, shipments: [aShipment({ status: "requested", trackingNumber: undefined })] },
      { findByReference: () => Promise.resolve(undefined) },
    );
    await expect(run()).rejects.toThrow(ThrottledError);
    await expect(run()).rejects.toThrow(ThrottledError);
    await run();
    expect(file().shipments.map((one) => [one.attempt, one.status, one.watched ?? false])).toEqual([
      [1, "abandoned", true],
      [2, "documented", false],
    ]);
  });
});

describe("what the carrier did not take", () => {
  it("refused: a person has to look, and a retry asks anew", async () => {
    const { run, file } = prepared(ready, {
      createShipment: () =>
        Promise.resolve({ outcome: "refused", errors: [{ code: "SHIPMENT.X", message: "no" }] }),
    });
    await expect(run()).rejects.toThrow(PermanentError);
    expect(file().shipments[0]?.status).toBe("abandoned");
    expect(file().events.at(-1)).toMatchObject({ type: "LabelRefused", data: { codes: "SHIPMENT.X" } });
  });

  it("never reached it: the next try needs no lookup", async () => {
    let calls = 0;
    const { run, file } = prepared(ready, {
      createShipment: () => {
        calls += 1;
        return calls === 1
          ? Promise.reject(new TransientError("no connection"))
          : Promise.resolve(label("794611111111"));
      },
    });
    await expect(run()).rejects.toThrow(TransientError);
    await run();
    expect(file().case.tracking.inbound?.number).toBe("794611111111");
  });
});

describe("what has changed since the label was made (contract: documents are reissued)", () => {
  const made = async () => {
    const { run, file } = prepared();
    await run();
    return file();
  };
  type Change = Partial<typeof ready.case>;
  const { shipping } = ready.case;
  const later: Change = { shipping: shipping && { ...shipping, shipDate: "2026-03-31" } };
  const changes: [string, Change][] = [
    ["the ship date", later],
    ["the address", { shipping: shipping && { ...shipping, name: "Janet Doe" } }],
    ["the export statement", { exportStatement: { basis: "itn", itn: "X20260325000001" } }],
  ];

  it.each(changes)("R34: %s: the old label is cancelled and the papers made anew", async (_name, change) => {
    const before = await made();
    const { run, file } = prepared(
      { ...before, case: { ...before.case, ...change } },
      { cancelShipment: () => Promise.resolve(true) },
    );
    await run();
    expect(file().shipments.map((one) => one.status)).toEqual(["cancelled", "documented"]);
    expect(file().mails.map((mail) => mail.mailId)).toEqual(["E9#inbound-1", "E9#inbound-2"]);
  });

  it("nothing: the label stays", async () => {
    const before = await made();
    const given = before.case.shipping && { ...before.case.shipping, at: "2026-03-26T09:00:00.000Z" };
    const { run, asked } = prepared({ ...before, case: { ...before.case, shipping: given } });
    await run();
    expect(asked).toEqual([]);
  });

  it("a label the carrier will not cancel stays watched", async () => {
    const before = await made();
    const { run, file } = prepared(
      { ...before, case: { ...before.case, ...later } },
      { cancelShipment: () => Promise.resolve(false) },
    );
    await run();
    expect(file().shipments[0]).toMatchObject({ status: "abandoned", watched: true });
  });
});
