/** Several people at once: whatever comes first, each thing happens once, and everybody is told the truth. */
import { describe, expect, it } from "vitest";
import { ringPhoto } from "../../local/demo/photo.ts";
import { aCloud, aJourney, type Journey, ringView } from "./cloud.ts";
import { anItem, aRequest, type Filed, filed, photographed } from "./requests.ts";
import { refusalOf, send, type WireAnswer } from "./wire.ts";

const { client, cloud, mailsTo } = aCloud();

const file = (request: unknown, key: string) =>
  send(cloud().url, "POST", "/v1/cases", { json: request, headers: { "Idempotency-Key": key } });
const asCustomer = (one: Filed | Journey, action: string, json: unknown = {}) =>
  send(cloud().url, "POST", `/v1/case/${action}`, { token: one.customer.token, json });
const asManager = async (caseId: string, action: string, json: unknown, name = "manager") =>
  send(cloud().url, "POST", `/v1/cases/${caseId}/${action}`, {
    token: await cloud().staffToken(name, ["manager"]),
    json,
  });
/** Types of the case's events, and what its waits asked for. */
async function storyOf({ caseId }: { readonly caseId: string }) {
  const { body } = await send(cloud().url, "GET", `/v1/cases/${caseId}`, {
    token: await cloud().staffToken("manager", ["manager"]),
  });
  return {
    stage: body.stage as string,
    events: body.history.map((event: { type: string }) => event.type) as string[],
    asked: body.waits.map((wait: { asks: string }) => wait.asks) as string[],
    notes: body.notes.map((note: { text: string }) => note.text) as string[],
  };
}
const count = (all: readonly string[], one: string) => all.filter((other) => other === one).length;
const outcomes = (answers: readonly WireAnswer[]) =>
  answers
    .map((answer) => (answer.status < 400 ? String(answer.status) : refusalOf(answer)))
    .toSorted((a, b) => a.localeCompare(b));
const times = <T>(n: number, run: (no: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, no) => run(no)));

// First: the fewer cases wait, the less falls due on the way.
describe("the deadline", () => {
  it("R64: an answer at the very moment of the deadline: sent or expired, never both", async () => {
    const one = aJourney(client());
    await one.file();
    const { awaiting } = await one.customer.get();
    const ms = Date.parse(awaiting?.deadline ?? "") - Date.parse(await client().now());
    await client().advance(`PT${Math.floor(ms / 1000) - 40}S`);
    const shots = (await one.customer.get()).shots;
    const mediaIds = await Promise.all(
      shots.map(({ slot }) => one.customer.upload(slot, "image/png", ringPhoto(slot, 640))),
    );
    await cloud().quiescent();
    const [answer] = await Promise.all([asCustomer(one, "photos", { mediaIds }), client().advance("PT5M")]);
    await cloud().quiescent();
    const { stage } = await one.customer.get();
    expect(stage).toBe(answer.status === 200 ? "in-review" : "expired");
    const ended = (await mailsTo(one.email)).filter((mail) => mail === "E12" || mail === "E17");
    expect(ended.length).toBeLessThan(3);
  });
});

describe("filing", () => {
  it("R20: ten customers at once for one ring: one case, nine are told why", async () => {
    const item = await anItem(client());
    const answers = await times(10, (no) => file(aRequest([item]), `ten-${no}`));
    expect(outcomes(answers)).toEqual(["201", ...Array.from({ length: 9 }, () => "rule-broken")]);
    const caseId = answers.find((answer) => answer.status === 201)?.body.caseId;
    expect((await ringView(client(), item.serialNumber)).openCase).toBe(caseId);
    const { body } = await send(cloud().url, "GET", `/v1/cases?serial=${item.serialNumber}`, {
      token: await cloud().staffToken("manager", ["manager"]),
    });
    expect(body.items.map((one: { caseId: string }) => one.caseId)).toEqual([caseId]);
  });

  it("one key and body sent ten times at once: ten times the same 201, one case, one mail of each kind", async () => {
    const request = aRequest([await anItem(client())]);
    const answers = await times(10, () => file(request, "parallel"));
    expect(outcomes(answers)).toEqual(Array.from({ length: 10 }, () => "201"));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(await mailsTo(request.customer.email)).toEqual(["E1", "E2"]);
  });

  it("one key with two bodies at once: one case, the other key-reused", async () => {
    const bodies = [aRequest([await anItem(client())]), aRequest([await anItem(client())])];
    const answers = await Promise.all(bodies.map((body) => file(body, "two-bodies")));
    expect(outcomes(answers)).toEqual(["201", "key-reused"]);
  });

  it("requests that share rings crosswise: no ring in two cases", async () => {
    const [a, b, c] = [await anItem(client()), await anItem(client()), await anItem(client())];
    const answers = await Promise.all([
      file(aRequest([a, b]), "cross-1"),
      file(aRequest([b, c]), "cross-2"),
      file(aRequest([c, a]), "cross-3"),
    ]);
    expect(outcomes(answers)).toEqual(["201", "rule-broken", "rule-broken"]);
    const opened = await Promise.all(
      [a, b, c].map(
        async (item) => (await ringView(client(), item.serialNumber).catch(() => undefined))?.openCase,
      ),
    );
    expect(opened.filter((one) => one !== undefined)).toHaveLength(2);
  });
});

describe("R5: the right of one ring", () => {
  it("two cases, two approvals at once that name the same ring: one gets the right", async () => {
    const serialNumber = "SN-ONE-RIGHT";
    const cases: Filed[] = [];
    for (let no = 0; no < 2; no += 1) {
      const one = await filed(client(), aRequest([await anItem(client(), { serialNumber: undefined })]));
      await photographed(one);
      cases.push(one);
    }
    const review = {
      decision: "approve",
      items: [
        {
          serialNumber,
          deliverySource: "order",
          customsValueCents: 90_000,
          insuredValueCents: 90_000,
        },
      ],
    };
    const answers = await Promise.all(cases.map((one) => asManager(one.caseId, "review", review)));
    expect(outcomes(answers)).toEqual(["200", "rule-broken"]);
    const winner = cases[answers.findIndex((answer) => answer.status === 200)];
    expect(await ringView(client(), serialNumber)).toMatchObject({
      right: { state: "reserved", by: winner?.caseId },
      openCase: winner?.caseId,
    });
    await cloud().quiescent();
    const stages = await Promise.all(cases.map(async (one) => (await one.customer.get()).stage));
    expect(stages.toSorted((a, b) => a.localeCompare(b))).toEqual([
      "in-review",
      "shipping-details-requested",
    ]);
  });
});

describe("answers to one wait", () => {
  it("a representative approves while another declines: one decision, the other is 409, one mail", async () => {
    const item = await anItem(client());
    const one = await filed(client(), aRequest([item]));
    await photographed(one);
    const approve = {
      decision: "approve",
      items: [
        {
          serialNumber: item.serialNumber,
          deliverySource: "order",
          customsValueCents: 90_000,
          insuredValueCents: 90_000,
        },
      ],
    };
    const decline = { decision: "decline", reason: { code: "condition", text: "Worn too thin." } };
    const answers = await Promise.all([
      asManager(one.caseId, "review", approve, "Aoi"),
      asManager(one.caseId, "review", decline, "Ben"),
    ]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const mails = await mailsTo(one.email);
    expect(mails.filter((mail) => mail === "E4" || mail === "E5")).toEqual([
      answers[0]?.status === 200 ? "E4" : "E5",
    ]);
  });

  it("photos sent eight times at once are taken once, and every call says so", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    const { shots } = await one.customer.reaches("photos-requested");
    const mediaIds = await Promise.all(
      shots.map(({ slot }) => one.customer.upload(slot, "image/png", ringPhoto(slot, 640))),
    );
    await cloud().quiescent();
    const answers = await times(8, () => asCustomer(one, "photos", { mediaIds }));
    expect(outcomes(answers)).toEqual(Array.from({ length: 8 }, () => "200"));
    await one.customer.reaches("in-review");
    expect(count((await storyOf(one)).events, "PhotosSubmitted")).toBe(1);
  });

  it("cancelled while the photos arrive: it ends cancelled, whichever came first, and the ring is free", async () => {
    for (let round = 0; round < 4; round += 1) {
      const item = await anItem(client());
      const one = await filed(client(), aRequest([item]));
      const { shots } = await one.customer.reaches("photos-requested");
      const mediaIds = await Promise.all(
        shots.map(({ slot }) => one.customer.upload(slot, "image/png", ringPhoto(slot, 640))),
      );
      await cloud().quiescent();
      const [photos, cancelled] = await Promise.all([
        asCustomer(one, "photos", { mediaIds }),
        asCustomer(one, "cancellation"),
      ]);
      expect(cancelled.status).toBe(200);
      expect([200, 409]).toContain(photos.status);
      await one.customer.reaches("cancelled");
      expect((await ringView(client(), item.serialNumber)).openCase).toBeUndefined();
      const mails = await mailsTo(one.email);
      expect(mails.filter((mail) => mail === "E17")).toHaveLength(1);
      expect(mails).not.toContain("E4");
    }
  });

  it("cancelled by her and by a representative at once: told once", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
    const answers = await Promise.all([
      asCustomer(one, "cancellation", { reason: "Changed my mind" }),
      asManager(one.caseId, "cancellation", { reason: "She called" }),
    ]);
    expect(outcomes(answers)).toEqual(["200", "200"]);
    await one.customer.reaches("cancelled");
    expect((await mailsTo(one.email)).filter((mail) => mail === "E17")).toHaveLength(1);
  });

  it("If-Match: of five who saw the same version, one is heard", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    const { version } = await one.customer.reaches("photos-requested");
    const answers = await times(5, async (no) =>
      send(cloud().url, "POST", `/v1/cases/${one.caseId}/assignee`, {
        token: await cloud().staffToken("manager", ["manager"]),
        headers: { "If-Match": `"${version}"` },
        json: { assignee: `Person ${no}` },
      }),
    );
    expect(outcomes(answers)).toEqual(["200", ...Array.from({ length: 4 }, () => "case-changed")]);
  });

  it("twelve notes at once are twelve notes", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
    const texts = Array.from({ length: 12 }, (_, no) => `Note ${no}`);
    const answers = await Promise.all(
      texts.map((text) =>
        client().eventually(
          () => asManager(one.caseId, "notes", { text }),
          (answer) => answer.status === 200,
        ),
      ),
    );
    expect(outcomes(answers)).toEqual(texts.map(() => "200"));
    const kept = (await storyOf(one)).notes;
    expect(kept).toHaveLength(12);
    expect(new Set(kept)).toEqual(new Set(texts));
  });
});

describe("the parcel", () => {
  const readyToSend = async (): Promise<Journey> => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    await one.approve();
    await one.giveShippingDetails();
    return one;
  };
  const receiptOf = (one: Journey) => ({
    serialNumber: one.serialNumber,
    certificate: true,
    condition: "as-photographed",
    lengthIn: 6,
    widthIn: 6,
    heightIn: 4,
    weightLb: 1,
    contents: ["jewelry", "pouch", "certificate"],
  });

  it("R53: she reports it sent while the carrier scans it: dispatched once", async () => {
    const one = await readyToSend();
    const number = (await one.customer.get()).tracking.inbound?.number ?? "";
    await client().scan(number, "PU");
    const [, ...answers] = await Promise.all([
      client().advance("PT30M"),
      ...Array.from({ length: 4 }, () => asCustomer(one, "dispatch")),
    ]);
    expect(outcomes(answers)).toEqual(["200", "200", "200", "200"]);
    const view = await one.customer.reaches("dispatched");
    expect(view.awaiting?.action).toBe("receipt");
    await cloud().quiescent();
    const { events, asked } = await storyOf(one);
    expect(count(events, "ParcelReportedSent")).toBe(1);
    expect(count(asked, "receipt")).toBe(1);
  });

  it("a new ship date while she says it is sent: one of them is heard first, and the case goes on", async () => {
    const one = await readyToSend();
    const brand = await send(cloud().url, "GET", "/v1/brand");
    const [moved, sent] = await Promise.all([
      asCustomer(one, "ship-date", { shipDate: brand.body.shipDates[4] }),
      asCustomer(one, "dispatch"),
    ]);
    expect([200, 409]).toContain(moved.status);
    expect(sent.status).toBe(200);
    await cloud().quiescent();
    const { stage, awaiting } = await one.customer.get();
    expect(["documents-sent", "dispatched"]).toContain(stage);
    expect(awaiting).not.toBeNull();
    const labels = await send(cloud().url, "GET", "/local/fedex/shipments");
    const live = labels.body.filter(
      (label: { reference: string; cancelled: boolean }) =>
        label.reference.startsWith(one.caseId) && !label.cancelled,
    );
    expect(live).toHaveLength(1);
  });

  it("a receipt, twice at once and beside the carrier's delivery scan: in work once, the right used once", async () => {
    const one = await readyToSend();
    const number = (await one.customer.get()).tracking.inbound?.number ?? "";
    for (const code of ["PU", "DL"]) await client().scan(number, code);
    const [, ...answers] = await Promise.all([
      client().advance("PT30M"),
      asManager(one.caseId, "receipt", receiptOf(one)),
      asManager(one.caseId, "receipt", receiptOf(one)),
      asManager(one.caseId, "receipt", { ...receiptOf(one), condition: "damaged" }),
    ]);
    expect(answers.filter((answer) => answer.status === 200).length).toBeGreaterThan(0);
    await cloud().quiescent();
    const { stage, events } = await storyOf(one);
    expect(count(events, "ParcelReceived")).toBe(1);
    expect(["in-work", "discrepancy"]).toContain(stage);
    const mails = await mailsTo(one.email);
    expect(mails.filter((mail) => mail === "E13" || mail === "E15")).toHaveLength(1);
  });
});
