import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFedexCarrier } from "../../lambdas/adapters/fedex/carrier.ts";
import { PermanentError, ThrottledError, TransientError } from "../../lambdas/domain/faults.ts";
import type { CreateOutcome, Label } from "../../lambdas/ports/carrier.ts";
import type { FaultAnswer } from "../../local/fedex/faults.ts";
import { aCommodity, aDeclaration, aWorkshopParty } from "../builders/declaration.ts";
import { aFedex, brand, type FedexPair } from "../builders/fedex.ts";

let pair: FedexPair;
beforeEach(async () => {
  pair = await aFedex();
});
afterEach(() => pair.end());

const labelOf = (result: CreateOutcome): Label => {
  if (result.outcome !== "created") throw new Error(`no label: ${JSON.stringify(result)}`);
  return result.label;
};
const create = async (overrides: Parameters<typeof aDeclaration>[0] = {}): Promise<Label> =>
  labelOf(await pair.carrier.createShipment(aDeclaration(overrides)));
const thrown = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe("a label", () => {
  it("R42: has a tracking number of twelve digits, a PDF, and FedEx's copy of the invoice", async () => {
    const label = await create();
    expect(label.trackingNumber).toMatch(/^\d{12}$/);
    expect(Buffer.from(label.labelPdf).toString("latin1", 0, 5)).toBe("%PDF-");
    expect(Buffer.from(label.invoicePdf ?? []).toString("latin1", 0, 5)).toBe("%PDF-");
    expect(label.alerts).toStrictEqual(["VIRTUAL.RESPONSE: This is a simulated response."]);
  });

  it.each(["inbound", "return"] as const)("is made for the %s leg under its reference", async (leg) => {
    const { trackingNumber } = await create({ leg });
    expect(pair.fedex.shipments()).toStrictEqual([
      { trackingNumber, reference: `CW-7K3M9Q2XAB-${leg}-1`, cancelled: false },
    ]);
  });

  it("is made on a plain label too, where the account has no return labels", async () => {
    const plain = createFedexCarrier({
      brand: { ...brand, carrier: { ...brand.carrier, inboundLabel: "recipient-pays" } },
      baseUrl: pair.fedex.url,
      credentials: async () => pair.fedex.credentials,
      now: () => new Date(pair.clock.at),
    });
    expect(await plain.createShipment(aDeclaration())).toMatchObject({ outcome: "created" });
  });

  it.each([{ basis: "itn", itn: "X20260314123456" }, { basis: "exempt-30.37(q)" }] as const)(
    "R47: above $2,500 a code, FedEx takes %o",
    async (exportStatement) => {
      const commodities = [aCommodity({ customsValueCents: 250_001 })];
      expect(await create({ commodities, exportStatement })).toMatchObject({
        trackingNumber: expect.any(String),
      });
    },
  );

  it("30.37(a) is refused above $2,500.00 of one code, and taken at it and for two codes", async () => {
    const value = (customsValueCents: number, harmonizedCode = "7113.19.2900") =>
      aCommodity({ customsValueCents, harmonizedCode });
    await create({ commodities: [value(250_000)] });
    await create({ commodities: [value(180_000), value(180_000, "7113.11.2000")] });
    for (const commodities of [[value(250_001)], [value(125_001), value(125_000, "7113192900")]]) {
      expect(await pair.carrier.createShipment(aDeclaration({ commodities }))).toMatchObject({
        outcome: "refused",
        errors: [{ code: "SHIPMENTVALIDATION.EEIEDIT.ERROR" }],
      });
    }
  });

  it("R34: a date further ahead than FedEx takes gets a label in time", async () => {
    expect(await create({ shipDate: "2026-04-10" })).toMatchObject({ trackingNumber: expect.any(String) });
  });

  it("a date in the past is refused", async () => {
    pair.clock.at = "2026-03-20T18:00:00.000Z";
    expect(await pair.carrier.createShipment(aDeclaration())).toMatchObject({
      outcome: "refused",
      errors: [{ code: "SHIPDATESTAMP.PAST" }],
    });
  });

  it("a broken limit is refused without a call", async () => {
    pair.fedex.faults.inject("create", 500);
    const consignee = aWorkshopParty({ lines: ["1", "2", "3", "4"] });
    expect(await pair.carrier.createShipment(aDeclaration({ consignee }))).toStrictEqual({
      outcome: "refused",
      errors: [{ code: "LIMIT.CONSIGNEE.LINES", message: "consignee.lines must be 1 to 3" }],
    });
  });

  it("FedEx's words on a refusal lose what they repeat of the parties", async () => {
    const body = {
      errors: [{ code: "X", message: "Jane Example, 500 Market Street, 94105 (4155550132): no service" }],
    };
    const carrier = createFedexCarrier({
      brand,
      baseUrl: pair.fedex.url,
      credentials: async () => pair.fedex.credentials,
      now: () => new Date(pair.clock.at),
      fetch: async (url, init) =>
        url.endsWith("/oauth/token") ? fetch(url, init) : new Response(JSON.stringify(body), { status: 400 }),
    });
    expect(await carrier.createShipment(aDeclaration())).toStrictEqual({
      outcome: "refused",
      errors: [{ code: "X", message: "…, …, … (…): no service" }],
    });
  });
});

describe("a label whose outcome nobody knows", () => {
  it.each<[FaultAnswer, boolean]>([
    ["silence", true],
    ["silence", false],
    ["reset", true],
    [500, true],
    [503, false],
    ["html", true],
    ["html", false],
  ])("%s (acted on: %s) is unknown, never an error to retry", async (answer, acted) => {
    pair.fedex.faults.inject("create", answer, { acted });
    const { reference, shipDate } = aDeclaration();
    expect(await pair.carrier.createShipment(aDeclaration())).toStrictEqual({ outcome: "unknown" });

    const [label] = pair.fedex.shipments();
    expect(pair.fedex.shipments()).toHaveLength(acted ? 1 : 0);
    expect(await pair.carrier.findByReference(reference, shipDate)).toStrictEqual(
      label ? { trackingNumber: label.trackingNumber } : undefined,
    );
  });

  it("is found by reference, cancelled, and then found no more", async () => {
    pair.fedex.faults.inject("create", "silence", { acted: true });
    await pair.carrier.createShipment(aDeclaration());
    const { reference, shipDate } = aDeclaration();
    const found = await pair.carrier.findByReference(reference, shipDate);
    expect(await pair.carrier.cancelShipment(found?.trackingNumber ?? "")).toBe(true);
    expect(await pair.carrier.findByReference(reference, shipDate)).toBeUndefined();
    expect(pair.fedex.shipments()).toMatchObject([{ cancelled: true }]);
  });

  it("is not found while FedEx does not know it yet", async () => {
    const { trackingNumber } = await create();
    const { reference, shipDate } = aDeclaration();
    pair.fedex.faults.hideReferences();
    expect(await pair.carrier.findByReference(reference, shipDate)).toBeUndefined();
    pair.fedex.faults.clear();
    expect(await pair.carrier.findByReference(reference, shipDate)).toStrictEqual({ trackingNumber });
  });

  it.each(["2026-03-14T18:00:00.000Z", "2026-03-18T06:00:00.000Z", "2026-05-01T00:00:00.000Z"])(
    "can be looked for at %s",
    async (at) => {
      const { trackingNumber } = await create();
      pair.clock.at = at;
      const { reference, shipDate } = aDeclaration();
      expect(await pair.carrier.findByReference(reference, shipDate)).toStrictEqual({ trackingNumber });
    },
  );

  it("another attempt's label is not taken for it", async () => {
    await create({ attempt: 1 });
    const { reference, shipDate } = aDeclaration({ attempt: 2 });
    expect(await pair.carrier.findByReference(reference, shipDate)).toBeUndefined();
  });
});

describe("FedEx's other faults on a label", () => {
  it("429 asks for patience", async () => {
    pair.fedex.faults.inject("create", 429);
    expect(await thrown(create())).toBeInstanceOf(ThrottledError);
    await create();
  });

  it("an expired token is renewed unseen, and one label is made", async () => {
    await create();
    pair.fedex.faults.expireTokens();
    await create({ attempt: 2 });
    pair.real.ms += 3_600_000;
    await create({ attempt: 3 });
    expect(pair.fedex.shipments()).toHaveLength(3);
  });

  it("401 twice is for a person", async () => {
    pair.fedex.faults.inject("create", 401, { times: 2 });
    expect(await thrown(create())).toBeInstanceOf(PermanentError);
    expect(pair.fedex.shipments()).toHaveLength(0);
  });

  it("wrong keys are for a person", async () => {
    const wrong = createFedexCarrier({
      brand,
      baseUrl: pair.fedex.url,
      credentials: async () => ({ ...pair.fedex.credentials, shipSecret: "wrong" }),
      now: () => new Date(pair.clock.at),
    });
    expect(await thrown(wrong.createShipment(aDeclaration()))).toBeInstanceOf(PermanentError);
  });

  it("a FedEx that cannot be reached may simply be tried again", async () => {
    const elsewhere = createFedexCarrier({
      brand,
      baseUrl: "http://127.0.0.1:1",
      credentials: async () => pair.fedex.credentials,
      now: () => new Date(pair.clock.at),
    });
    expect(await thrown(elsewhere.createShipment(aDeclaration()))).toBeInstanceOf(TransientError);
  });

  it("no token, no label: a token endpoint that fails leaves nothing unknown", async () => {
    pair.fedex.faults.inject("token", "silence");
    expect(await thrown(create())).toBeInstanceOf(TransientError);
    await create();
  });
});

describe("cancelling", () => {
  it("works before tender, and says so once", async () => {
    const { trackingNumber } = await create();
    expect(await pair.carrier.cancelShipment(trackingNumber)).toBe(true);
    expect(await pair.carrier.cancelShipment(trackingNumber)).toBe(false);
  });

  it("after tender a 200 cancels nothing", async () => {
    const { trackingNumber } = await create();
    pair.fedex.addScan(trackingNumber, "PU");
    expect(await pair.carrier.cancelShipment(trackingNumber)).toBe(false);
    expect(pair.fedex.shipments()).toMatchObject([{ cancelled: false }]);
  });

  it("of an unknown number is no", async () => {
    expect(await pair.carrier.cancelShipment("794999999999")).toBe(false);
  });

  it.each<FaultAnswer>(["silence", "reset", 500, "html"])("%s may be tried again", async (answer) => {
    const { trackingNumber } = await create();
    pair.fedex.faults.inject("cancel", answer);
    expect(await thrown(pair.carrier.cancelShipment(trackingNumber))).toBeInstanceOf(TransientError);
    expect(await pair.carrier.cancelShipment(trackingNumber)).toBe(true);
  });
});

describe("tracking", () => {
  it("tells the scans in their order, the label's own first", async () => {
    const { trackingNumber } = await create();
    for (const code of ["PU", "DP", "AR"]) pair.fedex.addScan(trackingNumber, code);
    pair.clock.at = "2026-03-20T01:30:00.000Z";
    for (const code of ["CC", "OD", "DL"]) pair.fedex.addScan(trackingNumber, code);
    const [parcel] = await pair.carrier.track([trackingNumber]);
    expect(parcel?.scans.map((scan) => scan.code)).toStrictEqual(["OC", "PU", "DP", "AR", "CC", "OD", "DL"]);
    expect(parcel?.scans.at(-1)).toStrictEqual({
      at: "2026-03-20T01:30:00.000Z",
      code: "DL",
      text: "Delivered",
    });
  });

  it("keeps an unknown code, and logs it without personal data", async () => {
    const { trackingNumber } = await create();
    pair.fedex.addScan(trackingNumber, "QX");
    const [parcel] = await pair.carrier.track([trackingNumber]);
    expect(parcel?.scans.at(-1)?.code).toBe("QX");
    expect(pair.log).toStrictEqual([
      `unknown tracking code {"trackingNumber":"${trackingNumber}","code":"QX"}`,
    ]);
  });

  it("an unknown number is not found, beside one that is", async () => {
    const { trackingNumber } = await create();
    expect(await pair.carrier.track(["794999999999", trackingNumber])).toMatchObject([
      { trackingNumber: "794999999999", found: false, scans: [] },
      { trackingNumber, found: true },
    ]);
  });

  it("asks for 61 numbers in three groups, and for each once", async () => {
    const numbers = Array.from({ length: 61 }, (_, index) => String(794_000_000_000 + index));
    pair.fedex.faults.inject("track", 429, { times: 1 });
    expect(await thrown(pair.carrier.track(numbers))).toBeInstanceOf(ThrottledError);
    const parcels = await pair.carrier.track([...numbers, ...numbers]);
    expect(parcels.map((one) => one.trackingNumber)).toStrictEqual(numbers);
  });

  it("no number, no call", async () => {
    pair.fedex.faults.inject("track", 500);
    expect(await pair.carrier.track([])).toStrictEqual([]);
  });

  it.each<FaultAnswer>(["silence", "reset", 500, 503, "html"])("%s may be tried again", async (answer) => {
    const { trackingNumber } = await create();
    pair.fedex.faults.inject("track", answer);
    expect(await thrown(pair.carrier.track([trackingNumber]))).toBeInstanceOf(TransientError);
    expect(await pair.carrier.track([trackingNumber])).toMatchObject([{ found: true }]);
  });
});
