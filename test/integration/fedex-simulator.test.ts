import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shipmentRequest } from "../../lambdas/adapters/fedex/shipment-request.ts";
import { createFedexSimulator } from "../../local/fedex/index.ts";
import { trackingNumberOf } from "../../local/fedex/ship-routes.ts";
import { aCommodity, aDeclaration } from "../builders/declaration.ts";
import { aFedex, ask, brand, type FedexPair } from "../builders/fedex.ts";

let pair: FedexPair;
beforeEach(async () => {
  pair = await aFedex();
});
afterEach(() => pair.end());

type Json = { [key: string]: Json } & Json[];
/** A good request as plain JSON, with one thing changed in it. */
const request = (
  change: (requested: Json, whole: Json) => void = () => {},
  leg: "inbound" | "return" = "inbound",
) => {
  const whole = JSON.parse(JSON.stringify(shipmentRequest(aDeclaration({ leg }), brand))) as Json;
  change(whole["requestedShipment"] as Json, whole);
  return whole;
};
const ship = (body: unknown) => ask(pair.fedex, "ship", "POST", "/ship/v1/shipments", body);
const codesOf = (json: unknown): string[] =>
  ((json as { errors?: { code: string }[] }).errors ?? []).map((error) => error.code);
const SHAPE = "INVALID.INPUT.EXCEPTION";
const set = (path: string, value: unknown) => (requested: Json) => {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((one, key) => one[key] as Json, requested);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value as Json;
};

describe("what the simulated FedEx refuses", () => {
  const CUSTOMS = "customsClearanceDetail";
  const LINE = `${CUSTOMS}.commodities.0`;
  const PACKAGE = "requestedPackageLineItems.0";
  const long = (count: number) => "x".repeat(count);

  it.each<[string, string, unknown, string]>([
    ["recipients that are no array", "recipients", { contact: {}, address: {} }, SHAPE],
    ["two recipients", "recipients", [{}, {}], SHAPE],
    ["a field it does not know", "favouriteColour", "red", SHAPE],
    ["four street lines", "shipper.address.streetLines", ["1", "2", "3", "4"], SHAPE],
    ["a street line of 36", "shipper.address.streetLines", [long(36)], SHAPE],
    ["a city of 36", "recipients.0.address.city", long(36), SHAPE],
    ["a person of 71", "shipper.contact.personName", long(71), SHAPE],
    ["a company of 36", "recipients.0.contact.companyName", long(36), SHAPE],
    ["an e-mail of 81", "shipper.contact.emailAddress", `${long(74)}@a.test`, SHAPE],
    ["a US number of nine digits", "shipper.contact.phoneNumber", "415555013", SHAPE],
    ["a US number of another country", "shipper.contact.phoneNumber", "814155550132", SHAPE],
    ["a US address without its state", "shipper.address.stateOrProvinceCode", undefined, SHAPE],
    ["a description of 451", `${LINE}.description`, long(451), SHAPE],
    ["six digits of money", "totalDeclaredValue.amount", 100_000, SHAPE],
    ["fractions of a cent", "totalDeclaredValue.amount", 1.001, SHAPE],
    ["another currency", "totalDeclaredValue.currency", "JPY", SHAPE],
    ["terms of sale of four letters", `${CUSTOMS}.commercialInvoice.termsOfSale`, "DDPX", SHAPE],
    ["a date that does not exist", "shipDatestamp", "2026-02-30", SHAPE],
    ["a return without its detail", "shipmentSpecialServices.returnShipmentDetail", undefined, SHAPE],
    ["no customs detail", CUSTOMS, undefined, SHAPE],
    [
      "no payor of a third party",
      "shippingChargesPayment.payor",
      undefined,
      "SHIPPINGCHARGESPAYMENT.PAYOR.REQUIRED",
    ],
    ["no payor of duties", `${CUSTOMS}.dutiesPayment.payor`, undefined, "DUTIESPAYMENT.PAYOR.REQUIRED"],
    ["a date in the past", "shipDatestamp", "2026-03-13", "SHIPDATESTAMP.PAST"],
    ["a date too far ahead", "shipDatestamp", "2026-03-26", "SHIPDATESTAMP.TOOFAR"],
    ["the word jewelry", `${LINE}.description`, " Jewelry ", "COMMODITY.DESCRIPTION.INVALID"],
    ["two units of weight", `${PACKAGE}.weight`, { units: "LB", value: 1 }, "WEIGHTUNIT.MISMATCH"],
    ["a total weight in kilograms", "totalWeight", 0.5, "TOTALWEIGHT.MISMATCH"],
    [
      "a total customs value of its own",
      `${CUSTOMS}.totalCustomsValue.amount`,
      1799,
      "CUSTOMSVALUE.TOTAL.MISMATCH",
    ],
    ["a unit price of its own", `${LINE}.unitPrice.amount`, 1, "UNITPRICE.MISMATCH"],
    ["packages that do not add up", `${PACKAGE}.declaredValue.amount`, 999, "DECLAREDVALUE.TOTAL.MISMATCH"],
    ["no export statement", `${CUSTOMS}.exportDetail`, undefined, "SHIPMENTVALIDATION.EEIEDIT.ERROR"],
    [
      "an ITN of 13 digits",
      `${CUSTOMS}.exportDetail.exportComplianceStatement`,
      "AESX2026031412345",
      "SHIPMENTVALIDATION.EEIEDIT.ERROR",
    ],
    [
      "a statement it does not know",
      `${CUSTOMS}.exportDetail.exportComplianceStatement`,
      "none needed",
      "SHIPMENTVALIDATION.EEIEDIT.ERROR",
    ],
    [
      "a return of something replaced",
      `${CUSTOMS}.customsOption.type`,
      "REPLACEMENT",
      "CUSTOMSOPTION.INVALID",
    ],
  ])("%s", async (_, path, value, code) => {
    const { status, json } = await ship(request(set(path, value)));
    expect(status).toBe(400);
    expect(codesOf(json)).toStrictEqual([code]);
    expect(json).toMatchObject({ transactionId: expect.any(String) });
    expect(pair.fedex.shipments()).toStrictEqual([]);
  });

  it("commodities in pounds", async () => {
    const { json } = await ship(request(set(`${LINE}.weight`, { units: "LB", value: 0.1 })));
    expect(codesOf(json)).toStrictEqual(["COMMODITY.WEIGHTUNIT.INVALID", "WEIGHTUNIT.MISMATCH"]);
  });

  it("a declared value above the customs value", async () => {
    const { json } = await ship(
      request((requested) => {
        set("totalDeclaredValue.amount", 1800.01)(requested);
        set(`${PACKAGE}.declaredValue.amount`, 1800.01)(requested);
      }),
    );
    expect(codesOf(json)).toStrictEqual(["DECLAREDVALUE.EXCEEDS.CUSTOMSVALUE"]);
  });

  it("a sender who pays from another's account", async () => {
    const account = "shippingChargesPayment.payor.responsibleParty.accountNumber.value";
    const { json } = await ship(request(set(account, "123456789"), "return"));
    expect(codesOf(json)).toStrictEqual(["ACCOUNT.NUMBER.MISMATCH"]);
  });

  it("names the fields of a wrong shape", async () => {
    const { json } = await ship(request(set("shipper.address.city", "")));
    expect(json).toMatchObject({
      errors: [{ code: SHAPE, parameterList: [{ key: "requestedShipment.shipper.address.city" }] }],
    });
  });

  it("the dry run refuses the same and makes nothing", async () => {
    const path = "/ship/v1/shipments/packages/validate";
    const good = await ask(pair.fedex, "ship", "POST", path, request());
    expect(good).toMatchObject({ status: 200, json: { output: { alerts: [{ alertType: "NOTE" }] } } });
    const bad = await ask(
      pair.fedex,
      "ship",
      "POST",
      path,
      request(set(`${CUSTOMS}.exportDetail`, undefined)),
    );
    expect(codesOf(bad.json)).toStrictEqual(["SHIPMENTVALIDATION.EEIEDIT.ERROR"]);
    expect(pair.fedex.shipments()).toStrictEqual([]);
  });
});

describe("its gateway", () => {
  const token = (init: RequestInit) => fetch(`${pair.fedex.url}/oauth/token`, { method: "POST", ...init });
  const form = (more: Record<string, string> = {}) =>
    new URLSearchParams({
      grant_type: "client_credentials",
      client_id: pair.fedex.credentials.shipKey,
      client_secret: pair.fedex.credentials.shipSecret,
      ...more,
    });

  it("gives a token for an hour to a form, and to nothing else", async () => {
    const given = await token({ body: form() });
    expect(await given.json()).toStrictEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 3600,
      scope: "CXS",
    });
    const asJson = await token({
      body: JSON.stringify(Object.fromEntries(form())),
      headers: { "content-type": "application/json" },
    });
    expect(asJson.status).toBe(400);
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }],
    ["the other project's secret", { client_secret: "track" }],
  ])("%s is 401 NOT.AUTHORIZED.ERROR", async (_, more) => {
    const secret = more.client_secret === "track" ? pair.fedex.credentials.trackSecret : more.client_secret;
    const refused = await token({ body: form({ client_secret: secret }) });
    expect(refused.status).toBe(401);
    expect(codesOf(await refused.json())).toStrictEqual(["NOT.AUTHORIZED.ERROR"]);
  });

  it("a token expires after 3,600 seconds of real time, whatever business time does", async () => {
    const { access_token } = (await (await token({ body: form() })).json()) as { access_token: string };
    const call = () =>
      fetch(`${pair.fedex.url}/ship/v1/shipments`, {
        method: "POST",
        headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
        body: JSON.stringify(request()),
      });
    pair.real.ms += 3_599_000;
    expect((await call()).status).toBe(200);
    pair.real.ms += 1000;
    const refused = await call();
    expect(refused.status).toBe(401);
    expect(codesOf(await refused.json())).toStrictEqual(["NOT.AUTHORIZED.ERROR"]);
  });

  it("the keys of Track open nothing of Ship", async () => {
    const { status, json } = await ask(pair.fedex, "track", "POST", "/ship/v1/shipments", request());
    expect([status, codesOf(json)]).toStrictEqual([403, ["FORBIDDEN.ERROR"]]);
  });

  it("an unknown path is 404, and the caller's own number comes back", async () => {
    const response = await fetch(`${pair.fedex.url}/nowhere`, {
      headers: { "x-customer-transaction-id": "mine" },
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ customerTransactionId: "mine" });
  });
});

describe("its tracking", () => {
  it("takes 30 numbers and no more", async () => {
    const numbers = (count: number) => ({
      includeDetailedScans: true,
      trackingInfo: Array.from({ length: count }, () => ({
        trackingNumberInfo: { trackingNumber: "794000000014" },
      })),
    });
    const path = "/track/v1/trackingnumbers";
    expect((await ask(pair.fedex, "track", "POST", path, numbers(30))).status).toBe(200);
    expect((await ask(pair.fedex, "track", "POST", path, numbers(31))).status).toBe(400);
  });

  it("a span of ship dates ends today and lasts 30 days at most", async () => {
    const look = async (shipDateBegin: string, shipDateEnd: string) => {
      const { json } = await ask(pair.fedex, "track", "POST", "/track/v1/referencenumbers", {
        referencesInformation: {
          type: "CUSTOMER_REFERENCE",
          value: "CW-7K3M9Q2XAB-inbound-1",
          accountNumber: "740561073",
          shipDateBegin,
          shipDateEnd,
        },
      });
      return codesOf(json);
    };
    expect(await look("2026-03-01", "2026-03-14")).toStrictEqual([]);
    expect(await look("2026-03-10", "2026-03-18")).toStrictEqual(["TRACKING.SHIPDATEEND.FUTURE"]);
    expect(await look("2026-01-01", "2026-03-14")).toStrictEqual(["TRACKING.SHIPDATERANGE.ERROR"]);
  });

  it("a scan of an unknown number or of no code is an error value", () => {
    expect(pair.fedex.addScan("794000000014", "PU")).toStrictEqual({
      ok: false,
      error: "unknown-tracking-number",
    });
    expect(pair.fedex.addScan("794000000014", "p u")).toStrictEqual({ ok: false, error: "invalid-code" });
  });
});

describe("its rates", () => {
  const party = (countryCode: string, postalCode: string) => ({ address: { countryCode, postalCode } });
  const body = (requested: object) => ({
    accountNumber: { value: "740561073" },
    requestedShipment: {
      shipper: party("US", "94105"),
      pickupType: "DROPOFF_AT_FEDEX_LOCATION",
      rateRequestType: ["ACCOUNT"],
      requestedPackageLineItems: [{ weight: { units: "LB", value: 1 } }],
      ...requested,
    },
  });
  const rate = (requested: object) =>
    ask(pair.fedex, "ship", "POST", "/rate/v1/rates/quotes", body(requested));

  it("want one recipient, in the singular", async () => {
    const recipient = party("JP", "1040061");
    expect(await rate({ recipient, shipDateStamp: "2026-03-18" })).toMatchObject({
      status: 200,
      json: { output: { rateReplyDetails: [{ ratedShipmentDetails: [{ totalNetCharge: 71.5 }] }] } },
    });
    expect((await rate({ recipients: [recipient] })).status).toBe(400);
    expect((await rate({ recipient, shipDatestamp: "2026-03-18" })).status).toBe(400);
  });
});

describe("its papers", () => {
  const wordsOf = async (body: unknown, where: "label" | "invoice") => {
    const { json } = await ship(body);
    const [made] = (json["output"] as unknown as { transactionShipments: Json[] }).transactionShipments;
    const document =
      where === "label"
        ? made?.["pieceResponses"]?.[0]?.["packageDocuments"]?.[0]
        : made?.["shipmentDocuments"]?.[0];
    const data = new Uint8Array(Buffer.from(String(document?.["encodedLabel"]), "base64"));
    const pdf = await getDocument({ data, verbosity: 0 }).promise;
    const page = await pdf.getPage(1);
    const items = (await page.getTextContent()).items.map((item) => ("str" in item ? item.str : ""));
    return { pages: pdf.numPages, size: page.view.slice(2), text: items.join(" ") };
  };

  it("the label: one page of 4 × 6 inches that says what it is and is not", async () => {
    const { pages, size, text } = await wordsOf(request(), "label");
    expect([pages, size]).toStrictEqual([1, [288, 432]]);
    expect(text.match(/NOT VALID FOR SHIPPING/g)).toHaveLength(3);
    for (const words of [
      "7940 0000 0014",
      "INTL PRIORITY",
      "RETURN LABEL",
      "CW-7K3M9Q2XAB-inbound-1",
      "Jane Example",
      "500 Market Street",
      "2-4-6 Ginza",
      "CHUO-KU, TOKYO",
      "1040061 JP",
      "NO_EEI_30_37_A",
      "18MAR26",
    ]) {
      expect(text).toContain(words);
    }
  });

  it("the invoice: its number, the goods and their value", async () => {
    const { pages, text } = await wordsOf(request(undefined, "return"), "invoice");
    expect(pages).toBe(1);
    for (const words of ["CI-CW-7K3M9Q2XAB-RT-1", "7113192900", "1800.00", "FOLLOWING_REPAIR"]) {
      expect(text).toContain(words);
    }
  });

  it("what the fonts cannot show does not fail the label", async () => {
    const { text } = await wordsOf(request(set("shipper.contact.personName", "山田 花子")), "label");
    expect(text).toContain("?? ??");
  });
});

describe("its memory", () => {
  it("numbers are of twelve digits with FedEx's check digit, and never twice", () => {
    const numbers = Array.from({ length: 2000 }, (_, index) => trackingNumberOf(index + 1));
    expect(new Set(numbers).size).toBe(2000);
    expect(numbers.every((one) => /^794\d{9}$/.test(one))).toBe(true);
    // 123456789012 is one of FedEx's own numbers for tests.
    expect(checkDigit("12345678901")).toBe("2");
    for (const one of numbers) expect(one.at(-1)).toBe(checkDigit(one));
  });

  it("labels, cancellations, scans and keys outlive a restart; numbers go on", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "fedex-"));
    const now = () => new Date(pair.clock.at);
    const before = await createFedexSimulator({ dataDir, now });
    for (const attempt of [1, 2]) {
      await ask(
        before,
        "ship",
        "POST",
        "/ship/v1/shipments",
        shipmentRequest(aDeclaration({ attempt }), brand),
      );
    }
    const [first, second] = before.shipments();
    await ask(before, "ship", "PUT", "/ship/v1/shipments/cancel", {
      accountNumber: { value: "740561073" },
      trackingNumber: first?.trackingNumber,
      deletionControl: "DELETE_ALL_PACKAGES",
    });
    before.addScan(second?.trackingNumber ?? "", "PU");
    const kept = before.shipments();
    const { credentials } = before;
    await before.close();
    // A line torn by a kill was never acknowledged.
    await appendFile(join(dataDir, "journal.jsonl"), '{"type":"scan');

    const after = await createFedexSimulator({ dataDir, now });
    expect(after.shipments()).toStrictEqual(kept);
    expect(after.credentials).toStrictEqual(credentials);
    expect(after.addScan(second?.trackingNumber ?? "", "DL")).toStrictEqual({ ok: true });
    await ask(
      after,
      "ship",
      "POST",
      "/ship/v1/shipments",
      shipmentRequest(aDeclaration({ attempt: 3 }), brand),
    );
    expect(new Set(after.shipments().map((one) => one.trackingNumber)).size).toBe(3);
    const lines = (await readFile(join(dataDir, "journal.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toStrictEqual([
      "created",
      "created",
      "cancelled",
      "scanned",
      "scanned",
      "created",
    ]);
    await after.close();
    await rm(dataDir, { recursive: true });
  });

  it("what was answered survives kill -9", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "fedex-"));
    const script = `
      import { createFedexSimulator } from ${JSON.stringify(new URL("../../local/fedex/index.ts", import.meta.url).href)};
      const fedex = await createFedexSimulator({
        dataDir: ${JSON.stringify(dataDir)}, now: () => new Date("2026-03-14T18:00:00Z"),
      });
      process.stdout.write(JSON.stringify({ url: fedex.url, credentials: fedex.credentials }));
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(child.stdout, "data")) as [Buffer];
    const remote = JSON.parse(said.toString()) as Parameters<typeof ask>[0];
    const commodities = [aCommodity()];
    const made = await ask(remote, "ship", "POST", "/ship/v1/shipments", {
      ...shipmentRequest(aDeclaration({ commodities }), brand),
    });
    expect(made.status).toBe(200);
    child.kill("SIGKILL");
    await once(child, "exit");

    const after = await createFedexSimulator({ dataDir, now: () => new Date(pair.clock.at) });
    expect(after.shipments()).toMatchObject([{ reference: "CW-7K3M9Q2XAB-inbound-1", cancelled: false }]);
    await after.close();
    await rm(dataDir, { recursive: true });
  });
});

const checkDigit = (eleven: string): string => {
  const weights = [3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(eleven[index]), 0);
  return String((sum % 11) % 10);
};
