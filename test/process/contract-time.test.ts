/** The contract, told by somebody who knows nothing else: the local endpoints, and what depends on days and hours. */
import { beforeAll, describe, expect, it } from "vitest";
import { ringPhoto } from "../../local/demo/photo.ts";
import { aCloud, aJourney } from "./cloud.ts";
import { anItem, aRequest, dayFromNow, filed } from "./requests.ts";
import { refusalOf, send } from "./wire.ts";

const { client, cloud } = aCloud();
const MINUTE = 60_000;
const DAY = 86_400_000;
const now = async () => Date.parse(await client().now());
const local = (method: string, path: string, json?: unknown) =>
  send(cloud().url, method, `/local${path}`, { json });

/** Moves the clock to the next time it is this hour in UTC. */
async function toHour(hour: number): Promise<void> {
  const at = new Date(await now());
  const next = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), hour, 30);
  const ms = next - at.getTime() + (next <= at.getTime() ? DAY : 0);
  await client().advance(`PT${Math.ceil(ms / 1000)}S`);
}

describe("the clock", () => {
  it("GET tells now; POST moves it by a duration and answers with the new now", async () => {
    const before = await now();
    const { status, body } = await local("POST", "/clock", { advance: "PT1H" });
    expect(status).toBe(200);
    expect(body.now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(body.now) - before - 60 * MINUTE).toBeLessThan(MINUTE);
    expect(Math.abs((await now()) - Date.parse(body.now))).toBeLessThan(MINUTE);
  });

  it.each([
    ["PT90M", 90 * MINUTE],
    ["PT0.5H", 30 * MINUTE],
    ["PT1,5M", 1.5 * MINUTE],
    ["PT36H", 36 * 60 * MINUTE],
    ["P1DT12H", 1.5 * DAY],
    ["P0.5D", DAY / 2],
    ["P1W", 7 * DAY],
    ["P0D", 0],
    ["PT0S", 0],
    ["P0Y0M1DT0H0M0.5S", DAY],
  ])("any ISO 8601 duration: %s", async (advance, ms) => {
    const before = await now();
    expect((await local("POST", "/clock", { advance })).status).toBe(200);
    const moved = (await now()) - before - ms;
    expect(moved).toBeGreaterThanOrEqual(0);
    expect(moved).toBeLessThan(MINUTE);
  });

  it.each(["", "P", "PT", "14D", "P1H", "-P1D", "P-1D", "tomorrow", "PT1H30", "P1.5DT1H", 14, null])(
    "%j is none: 400, and it stands still",
    async (advance) => {
      const before = await now();
      expect(refusalOf(await local("POST", "/clock", { advance }))).toBe("invalid-request");
      expect((await now()) - before).toBeLessThan(MINUTE);
    },
  );
});

describe("staff tokens, mails, the carrier", () => {
  it("a token is good for 24 hours of service time, however business time moves", async () => {
    const { status, body } = await local("POST", "/staff-tokens", { name: "Kei Sato", groups: ["finance"] });
    expect(status).toBe(200);
    const list = () => send(cloud().url, "GET", "/v1/cases", { token: body.token });
    expect((await list()).status).toBe(200);
    await client().advance("P3D");
    expect((await list()).status).toBe(200);
    for (const wrong of [
      {},
      { name: "", groups: ["manager"] },
      { name: "X" },
      { name: "X", groups: "manager" },
    ])
      expect(refusalOf(await local("POST", "/staff-tokens", wrong))).toBe("invalid-request");
  });

  it("mails to an address, oldest first, in the contract's form; documents as files that can be fetched", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    await one.approve();
    await one.giveShippingDetails();
    await client().mail(one.email, "E10");
    const { body } = await local("GET", `/mails?to=${encodeURIComponent(one.email)}`);
    expect(body.map((mail: { email: string }) => mail.email)).toEqual(["E1", "E2", "E4", "E9", "E10"]);
    const sent = body.map((mail: { sentAt: string }) => mail.sentAt);
    expect(sent).toEqual(sent.toSorted((a: string, b: string) => a.localeCompare(b)));
    for (const mail of body) {
      expect(mail).toEqual({
        id: expect.any(String),
        sentAt: expect.stringMatching(/Z$/),
        email: expect.stringMatching(/^E\d+$/),
        to: one.email,
        subject: expect.stringMatching(/./),
        text: expect.stringMatching(/./),
        html: expect.stringMatching(/</),
        attachments: expect.any(Array),
      });
      expect(mail.text).toContain("/contact");
    }
    const { attachments } = body.at(-1);
    expect(attachments).toEqual(
      ["label.pdf", "commercial-invoice.pdf"].map((name) => ({
        name,
        contentType: "application/pdf",
        url: expect.stringMatching(/^http/),
      })),
    );
    expect((await local("GET", "/mails?to=nobody@example.com")).body).toEqual([]);

    const { number } = (await one.customer.get()).tracking.inbound ?? {};
    const shipments = (await local("GET", "/fedex/shipments")).body;
    expect(shipments).toEqual([
      { trackingNumber: number, reference: expect.stringContaining(one.caseId), cancelled: false },
    ]);
    expect((await local("POST", "/fedex/scans", { trackingNumber: number, code: "??" })).status).toBe(400);
    expect((await local("POST", "/fedex/scans", { trackingNumber: "1", code: "PU" })).status).toBe(404);
    for (const code of ["PU", "AR", "DP"])
      expect((await local("POST", "/fedex/scans", { trackingNumber: number, code })).status).toBe(200);
    // One poll of the carrier is part of a move of the clock, however small.
    await client().advance("PT0S");
    const { body: view } = await send(cloud().url, "GET", "/v1/case", { token: one.customer.token });
    expect(view.tracking.inbound.scans.map((scan: { code: string }) => scan.code).slice(-3)).toEqual([
      "PU",
      "AR",
      "DP",
    ]);
    expect(view.stage).toBe("dispatched");
  });
});

describe("R6: thirty days, in whose days", () => {
  const judgedIn = async (timeZone: string | undefined, deliveryDate: string) => {
    const item = await anItem(client(), { deliveryDate });
    const { body } = await send(cloud().url, "POST", "/v1/assessments", {
      json: { timeZone, items: [item] },
    });
    return body;
  };

  it("day 30 is free, day 31 is not", async () => {
    const at = await dayFromNow(client(), 0);
    const zone = "Pacific/Honolulu";
    const day30 = await judgedIn(zone, await dayFromNow(client(), -30));
    expect(day30).toMatchObject({ verdict: "complimentary", lastComplimentaryDay: at });
    const day31 = await judgedIn(zone, await dayFromNow(client(), -31));
    expect(day31.verdict).toBe("paid");
    expect(day31.reasons.map((one: { rule: string }) => one.rule)).toEqual(
      expect.arrayContaining(["R6", "R12"]),
    );
  });

  it("half past midnight in New York is still yesterday in Chicago and Honolulu, and wherever is no US zone", async () => {
    await toHour(5);
    const newYork = await dayFromNow(client(), 0, "America/New_York");
    const honolulu = await dayFromNow(client(), 0);
    // Half past five in UTC is half past midnight, or half past one in summer, in New York.
    expect(newYork > honolulu).toBe(true);
    // Its last day is yesterday, seen from New York.
    const delivered = await dayFromNow(client(), -30);
    const verdicts = async (...zones: (string | undefined)[]) => {
      const seen: string[] = [];
      for (const zone of zones) seen.push((await judgedIn(zone, delivered)).verdict);
      return seen;
    };
    expect(await verdicts("America/New_York", "US/Eastern")).toEqual(["paid", "paid"]);
    expect(
      await verdicts(
        "Pacific/Honolulu",
        "Asia/Tokyo",
        "Europe/Paris",
        "America/Puerto_Rico",
        "No/Zone",
        undefined,
      ),
    ).toEqual(Array.from({ length: 6 }, () => "complimentary"));
  });

  it("the moment the request arrived counts, not the review's", async () => {
    const item = await anItem(client(), { deliveryDate: await dayFromNow(client(), -30) });
    const one = await filed(client(), aRequest([item], { customer: { timeZone: "Pacific/Honolulu" } }));
    const { shots } = await one.customer.reaches("photos-requested");
    await client().advance("P5D");
    const ids: string[] = [];
    for (const { slot } of shots)
      ids.push(await one.customer.upload(slot, "image/png", ringPhoto(slot, 640)));
    expect((await one.customer.submitPhotos(ids)).status).toBe(200);
    await one.customer.reaches("in-review");
    const approval = await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "approve",
        items: [
          {
            serialNumber: item.serialNumber,
            deliverySource: "carrier",
            customsValueCents: 90_000,
            insuredValueCents: 90_000,
          },
        ],
      });
    expect(approval.status).toBe(200);
  });
});

describe("R7: the size must come by the last day too", () => {
  const unsized = async () => {
    const item = await anItem(client(), {
      desiredSize: "unknown",
      deliveryDate: await dayFromNow(client(), -25),
    });
    const one = await filed(client(), aRequest([item], { customer: { timeZone: "Pacific/Honolulu" } }));
    await one.customer.reaches("photos-requested");
    return one;
  };
  const size = { items: [{ item: 1, desiredSize: 12 }] };

  it("in time it is free; late it carries the fee, which is offered; the acknowledgement named the day", async () => {
    const inTime = await unsized();
    const late = await unsized();
    const lastDay = new Date(`${await dayFromNow(client(), 5)}T00:00:00Z`).toLocaleDateString("en-US", {
      dateStyle: "long",
      timeZone: "UTC",
    });
    expect((await client().mail(late.email, "E1")).text).toContain(lastDay);
    await client().advance("P5D");
    const taken = await inTime.customer.act("items", size);
    expect(taken).toMatchObject({ status: 200, body: { assessment: { verdict: "complimentary" } } });
    await client().advance("P1D");
    const answer = await late.customer.act("items", size);
    expect(answer).toMatchObject({ status: 200, body: { assessment: { verdict: "paid" } } });
    const offered = await late.customer.reaches("conversion-offered");
    expect(offered.conversion?.reasons).toContainEqual(expect.objectContaining({ rule: "R7" }));
    expect((await late.customer.act("items", size)).status).toBe(200);
    expect((await inTime.customer.get()).stage).toBe("photos-requested");
  });
});

describe("links live until 60 days after the end", () => {
  let token = "";
  beforeAll(async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    token = one.token;
    await one.customer.reaches("photos-requested");
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
  });

  it("day 59 opens, day 61 does not, and no new one is sent", async () => {
    const look = () => send(cloud().url, "GET", "/v1/case", { token });
    await client().advance("P59D");
    expect((await look()).status).toBe(200);
    await client().advance("P2D");
    expect(refusalOf(await look())).toBe("unauthenticated");
  });
});
