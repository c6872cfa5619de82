import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFedexCarrier } from "../../lambdas/adapters/fedex/carrier.ts";
import { PermanentError, TransientError } from "../../lambdas/domain/faults.ts";
import type { Carrier } from "../../lambdas/ports/carrier.ts";
import { brand } from "../builders/fedex.ts";

interface Call {
  readonly path: string;
  readonly connection: string | undefined;
  readonly body: Record<string, unknown>;
}

/** A FedEx whose every answer is written here by hand, for what the simulator never says. */
let answers: { status?: number; body: unknown }[];
let calls: Call[];
let log: string[];
let carrier: Carrier;
let close: () => Promise<void>;

beforeEach(async () => {
  answers = [];
  calls = [];
  log = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.url === "/oauth/token") {
        response.end(JSON.stringify({ access_token: "token", expires_in: 3600 }));
        return;
      }
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Call["body"];
      calls.push({ path: request.url ?? "", connection: request.headers.connection, body });
      // A call that was not foreseen ends as a refusal that no test expects.
      const answer = answers.shift() ?? { status: 403, body: {} };
      response.statusCode = answer.status ?? 200;
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  carrier = createFedexCarrier({
    brand,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: async () => ({ shipKey: "a", shipSecret: "b", trackKey: "c", trackSecret: "d" }),
    now: () => new Date("2026-03-15T04:00:00.000Z"),
    log: (message, facts) => log.push(`${message} ${JSON.stringify(facts)}`),
  });
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(() => close());

const NUMBER = "794000000014";
const results = (...completeTrackResults: unknown[]) => ({ body: { output: { completeTrackResults } } });
const parcel = (trackingNumber: string, ...trackResults: unknown[]) => ({ trackingNumber, trackResults });
const event = (date: string, eventType: string) => ({ date, eventType, eventDescription: eventType });
const failing = (code: string) => ({ error: { code, message: "Jane Example's parcel" } });

describe("tracking", () => {
  it("asks with detailed scans, on a connection of its own", async () => {
    answers = [results(parcel(NUMBER, { scanEvents: [event("2026-03-14T10:00:00-07:00", "OC")] }))];
    await carrier.track([NUMBER]);
    expect(calls).toStrictEqual([
      {
        path: "/track/v1/trackingnumbers",
        connection: "close",
        body: {
          includeDetailedScans: true,
          trackingInfo: [{ trackingNumberInfo: { trackingNumber: NUMBER } }],
        },
      },
    ]);
  });

  it("of a recycled number tells the newest parcel", async () => {
    const old = {
      dateAndTimes: [{ type: "SHIP", dateTime: "2024-03-14T00:00:00" }],
      scanEvents: [event("2024-03-17T10:00:00+09:00", "DL")],
    };
    const present = {
      dateAndTimes: [{ type: "SHIP", dateTime: "2026-03-14T00:00:00" }],
      scanEvents: [event("2026-03-14T10:00:00-07:00", "PU")],
    };
    answers = [results(parcel(NUMBER, old, present))];
    expect(await carrier.track([NUMBER])).toStrictEqual([
      {
        trackingNumber: NUMBER,
        found: true,
        scans: [{ at: "2026-03-14T17:00:00.000Z", code: "PU", text: "PU" }],
      },
    ]);
  });

  it("is not upset by results in another order, or by one that is missing", async () => {
    answers = [
      results(
        parcel("3", { scanEvents: [event("2026-03-14T10:00:00Z", "PU")] }),
        parcel("1", failing("TRACKING.TRACKINGNUMBER.NOTFOUND")),
      ),
    ];
    expect(await carrier.track(["1", "2", "3"])).toMatchObject([
      { trackingNumber: "1", found: false },
      { trackingNumber: "2", found: false },
      { trackingNumber: "3", found: true },
    ]);
  });

  it("an error beside valid data is no failure; alone it is logged by its code", async () => {
    answers = [
      results(
        parcel("1", { ...failing("TRACKING.SOME.ERROR"), scanEvents: [event("2026-03-14T10:00:00Z", "PU")] }),
        parcel("2", failing("TRACKING.SYSTEM.ERROR")),
      ),
    ];
    expect(await carrier.track(["1", "2"])).toMatchObject([{ found: true }, { found: false, scans: [] }]);
    expect(log).toStrictEqual(['tracking error {"trackingNumber":"2","error":"TRACKING.SYSTEM.ERROR"}']);
  });

  it.each([[[{ code: "A", message: "B" }]], ["TRACKING.DATA.NOTFOUND"]])(
    "takes alerts as %o",
    async (alerts) => {
      const { body } = results(parcel(NUMBER, { scanEvents: [event("2026-03-14T10:00:00Z", "PU")] }));
      answers = [{ body: { output: { ...body.output, alerts } } }];
      expect(await carrier.track([NUMBER])).toMatchObject([{ found: true }]);
    },
  );

  it("a not-found outside a 200 is one too", async () => {
    answers = [{ status: 404, body: { errors: [{ code: "TRACKING.TRACKINGNUMBER.NOTFOUND" }] } }];
    expect(await carrier.track([NUMBER])).toStrictEqual([
      { trackingNumber: NUMBER, found: false, scans: [] },
    ]);
  });

  it("any other refusal is for a person, by its code", async () => {
    answers = [{ status: 400, body: { errors: [{ code: "TRACKING.X", message: "Jane Example" }] } }];
    const error = await carrier.track([NUMBER]).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toBe("PermanentError: FedEx refuses to track: TRACKING.X");
  });

  it("an answer in another shape may be tried again", async () => {
    answers = [{ body: { output: { completeTrackResults: "none" } } }];
    expect(await carrier.track([NUMBER]).catch((one: unknown) => one)).toBeInstanceOf(TransientError);
  });
});

describe("looking for a label by reference", () => {
  const REFERENCE = "CW-7K3M9Q2XAB-inbound-1";
  const find = (shipDate = "2026-03-18") => carrier.findByReference(REFERENCE, shipDate);
  const made = (code: string) => ({
    trackingNumberInfo: { trackingNumber: NUMBER },
    latestStatusDetail: { code },
  });

  it("names reference, account and the days until FedEx's today", async () => {
    answers = [results({ trackResults: [made("OC")] })];
    expect(await find()).toStrictEqual({ trackingNumber: NUMBER });
    expect(calls).toMatchObject([
      {
        path: "/track/v1/referencenumbers",
        body: {
          referencesInformation: {
            type: "CUSTOMER_REFERENCE",
            value: REFERENCE,
            accountNumber: "740561073",
            carrierCode: "FDXE",
            // It is 4 in the morning UTC of the 15th, and the 14th in Memphis.
            shipDateBegin: "2026-02-12",
            shipDateEnd: "2026-03-14",
            shipDateEndDate: "2026-03-14",
          },
        },
      },
    ]);
  });

  it("long after its ship date looks around that date", async () => {
    answers = [results({ trackResults: [made("OC")] })];
    await find("2026-01-10");
    expect(calls[0]?.body["referencesInformation"]).toMatchObject({
      shipDateBegin: "2025-12-26",
      shipDateEnd: "2026-01-25",
    });
  });

  it.each([
    ["not found inside a 200", results({ trackResults: [failing("TRACKING.REFERENCENUMBER.NOTFOUND")] })],
    [
      "not found as a 404",
      { status: 404, body: { errors: [{ code: "TRACKING.REFERENCENUMBER.NOTFOUND" }] } },
    ],
    ["an empty list", results()],
    ["a cancelled label", results({ trackResults: [made("CA")] })],
  ])("%s: there is none", async (_, answer) => {
    answers = [answer];
    expect(await find()).toBeUndefined();
  });

  it("a cancelled label does not hide the other", async () => {
    const other = { ...made("OC"), trackingNumberInfo: { trackingNumber: "794000000025" } };
    answers = [results({ trackResults: [made("CA")] }, { trackResults: [other] })];
    expect(await find()).toStrictEqual({ trackingNumber: "794000000025" });
  });

  it.each([
    ["inside a 200", results({ trackResults: [failing("TRACKING.DATA.NOTUNIQUE")] })],
    ["as a 400", { status: 400, body: { errors: [{ code: "TRACKING.DATA.NOTUNIQUE", message: "" }] } }],
  ])("an answer that is neither yes nor no (%s) is for a person", async (_, answer) => {
    answers = [answer];
    const error = await find().catch((one: unknown) => one);
    expect(String(error)).toBe(
      "PermanentError: FedEx refuses to look for a reference: TRACKING.DATA.NOTUNIQUE",
    );
  });
});

describe("cancelling", () => {
  it.each([
    [{ output: { cancelledShipment: true } }, true],
    [{ output: { cancelledShipment: false, successMessage: "Success" } }, false],
    [{ output: { successMessage: "Success" } }, false],
    [{ output: { cancelledShipment: "true" } }, false],
    [{}, false],
  ])("%j is %s", async (body, cancelled) => {
    answers = [{ body }];
    expect(await carrier.cancelShipment(NUMBER)).toBe(cancelled);
    expect(calls[0]?.body).toStrictEqual({
      accountNumber: { value: "740561073" },
      trackingNumber: NUMBER,
      deletionControl: "DELETE_ALL_PACKAGES",
    });
  });
});
