import { describe, expect, it } from "vitest";
import { oursAmong, parcelsIn } from "../../lambdas/adapters/fedex/track-answer.ts";

const NUMBER = "794000000014";
const answer = (...trackResults: unknown[]) => ({
  transactionId: "1",
  output: { completeTrackResults: [{ trackingNumber: NUMBER, trackResults }] },
});
const scan = (date: string, eventType: string, more: object = {}) => ({
  date,
  eventType,
  eventDescription: `said ${eventType}`,
  ...more,
});
const only = (result: unknown) => {
  const [parcel] = parcelsIn(answer(result));
  if (!parcel) throw new Error("no parcel");
  return parcel;
};
const codes = (result: unknown): string[] => only(result).scans.map((one) => one.code);

describe("what FedEx tells of a parcel", () => {
  it("scans come newest first and are read oldest first", () => {
    const scanEvents = [
      scan("2026-03-20T09:00:00+09:00", "DL"),
      scan("2026-03-18T10:00:00-07:00", "PU"),
      scan("2026-03-16T10:00:00-07:00", "OC"),
    ];
    expect(only({ scanEvents }).scans).toStrictEqual([
      { at: "2026-03-16T17:00:00.000Z", code: "OC", text: "said OC" },
      { at: "2026-03-18T17:00:00.000Z", code: "PU", text: "said PU" },
      { at: "2026-03-20T00:00:00.000Z", code: "DL", text: "said DL" },
    ]);
  });

  it("a list that runs the other way is left as it is", () => {
    const scanEvents = [scan("2026-03-16T10:00:00-07:00", "OC"), scan("2026-03-18T10:00:00-07:00", "PU")];
    expect(codes({ scanEvents })).toStrictEqual(["OC", "PU"]);
  });

  it("scans of one second keep their order", () => {
    const at = "2026-03-16T10:00:00-07:00";
    expect(codes({ scanEvents: [scan(at, "IT"), scan(at, "PU"), scan(at, "OC")] })).toStrictEqual([
      "OC",
      "PU",
      "IT",
    ]);
  });

  it("a date without an offset stays a local time and disorders nothing", () => {
    const scanEvents = [
      scan("2026-03-20T09:00:00", "DL"),
      scan("2026-03-20T04:00:00+00:00", "OD"),
      scan("2026-03-18T10:00:00", "PU"),
      scan("2026-03-16T10:00:00Z", "OC"),
    ];
    expect(only({ scanEvents }).scans.map((one) => [one.code, one.at])).toStrictEqual([
      ["OC", "2026-03-16T10:00:00.000Z"],
      ["PU", "2026-03-18T10:00:00"],
      ["OD", "2026-03-20T04:00:00.000Z"],
      ["DL", "2026-03-20T09:00:00"],
    ]);
  });

  it("a scan that cannot be read does not cost the others", () => {
    expect(codes({ scanEvents: [scan("2026-03-18T10:00:00Z", "PU"), { date: 7 }, null] })).toStrictEqual([
      "PU",
    ]);
  });

  it("an unknown code is kept, unless FedEx itself says what it means", () => {
    const at = "2026-03-18T10:00:00Z";
    expect(codes({ scanEvents: [scan(at, "ZZ")] })).toStrictEqual(["ZZ"]);
    expect(codes({ scanEvents: [scan(at, "ZZ", { derivedStatusCode: "IT" })] })).toStrictEqual(["IT"]);
  });

  it("an exception says why", () => {
    const event = scan("2026-03-18T10:00:00Z", "DE", { exceptionDescription: "Customer not available" });
    expect(only({ scanEvents: [event] }).scans[0]?.text).toBe("said DE: Customer not available");
  });

  it("who signed is never taken over", () => {
    const result = {
      scanEvents: [scan("2026-03-18T10:00:00Z", "DL")],
      deliveryDetails: { receivedByName: "J.EXAMPLE", signedByName: "J.EXAMPLE" },
    };
    expect(JSON.stringify(only(result))).not.toContain("J.EXAMPLE");
  });
});

describe("the present state without a scan of it", () => {
  it("a delivery counts with its own date", () => {
    const parcel = only({
      latestStatusDetail: { code: "DL", derivedCode: "DL", statusByLocale: "Delivered" },
      dateAndTimes: [
        { type: "SHIP", dateTime: "2026-03-18T00:00:00" },
        { type: "ACTUAL_DELIVERY", dateTime: "2026-03-20T09:00:00+09:00" },
      ],
      scanEvents: [scan("2026-03-19T10:00:00Z", "IT")],
    });
    expect(parcel.scans.at(-1)).toStrictEqual({
      at: "2026-03-20T00:00:00.000Z",
      code: "DL",
      text: "Delivered",
    });
  });

  it("a new label counts with its ship date", () => {
    const parcel = only({
      latestStatusDetail: { code: "OC", statusByLocale: "Label created" },
      dateAndTimes: [{ type: "SHIP", dateTime: "2026-03-18T00:00:00" }],
    });
    expect(parcel.scans).toStrictEqual([{ at: "2026-03-18T00:00:00", code: "OC", text: "Label created" }]);
  });

  it("a summary of scans that are there adds none", () => {
    const result = {
      latestStatusDetail: { code: "IT", statusByLocale: "In transit" },
      scanEvents: [scan("2026-03-19T10:00:00Z", "DP")],
    };
    expect(codes(result)).toStrictEqual(["DP"]);
  });

  it("a state without any date is found but makes no scan up", () => {
    const parcel = only({ latestStatusDetail: { code: "OC" } });
    expect(parcel.found).toBe(true);
    expect(parcel.scans).toStrictEqual([]);
  });
});

describe("errors inside a 200", () => {
  const error = { code: "TRACKING.TRACKINGNUMBER.NOTFOUND", message: "cannot be found" };

  it("not found is no parcel", () => {
    expect(only({ error })).toMatchObject({ found: false, scans: [], error: error.code });
  });

  it("an error beside valid data is no failure", () => {
    expect(only({ error, scanEvents: [scan("2026-03-18T10:00:00Z", "PU")] })).toMatchObject({
      found: true,
      error: undefined,
    });
  });

  it.each([
    ["a list", [{ code: "X", message: "Y" }]],
    ["a text", "TRACKING.DATA.NOTFOUND - none"],
    ["nothing", null],
  ])("alerts may be %s", (_, alerts) => {
    const json = answer({ scanEvents: [scan("2026-03-18T10:00:00Z", "PU")] });
    expect(parcelsIn({ output: { ...json.output, alerts } })).toHaveLength(1);
  });

  it("what is no answer of FedEx's is refused", () => {
    expect(() => parcelsIn({ hello: "world" })).toThrow("output");
  });
});

describe("a recycled number", () => {
  const older = {
    dateAndTimes: [{ type: "SHIP", dateTime: "2024-05-01T00:00:00" }],
    scanEvents: [scan("2024-05-03T10:00:00Z", "DL")],
  };
  const newer = {
    dateAndTimes: [{ type: "SHIP", dateTime: "2026-03-18T00:00:00" }],
    scanEvents: [scan("2026-03-18T10:00:00Z", "PU")],
  };
  const reference = (value: object) => ({
    additionalTrackingInfo: { packageIdentifiers: [{ type: "CUSTOMER_REFERENCE", ...value }] },
  });

  it("the newest parcel is ours, wherever it stands", () => {
    for (const results of [
      [older, newer],
      [newer, older],
    ]) {
      expect(oursAmong(parcelsIn(answer(...results)))?.scans[0]?.code).toBe("PU");
    }
  });

  it.each([{ values: ["CW-7K3M9Q2XAB-inbound-1"] }, { value: "CW-7K3M9Q2XAB-inbound-1" }])(
    "one with our reference is ours before a newer one (%o)",
    (value) => {
      const ours = { ...older, ...reference(value) };
      expect(oursAmong(parcelsIn(answer(newer, ours)))?.scans[0]?.code).toBe("DL");
    },
  );

  it("not-found beside a parcel does not hide it", () => {
    const lost = { error: { code: "TRACKING.TRACKINGNUMBER.NOTFOUND" } };
    expect(oursAmong(parcelsIn(answer(lost, newer)))?.scans[0]?.code).toBe("PU");
    expect(oursAmong(parcelsIn(answer(lost)))).toBeUndefined();
  });
});
