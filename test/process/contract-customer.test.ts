/** The contract, told by somebody who knows nothing else: what the holder of a mailed link sees and does. */
import { beforeAll, describe, expect, it } from "vitest";
import { ringPhoto } from "../../local/demo/photo.ts";
import { aCloud, aJourney, type Journey } from "./cloud.ts";
import { anItem, aRequest, type Filed, filed, photographed } from "./requests.ts";
import { changedBy, refusalOf, send } from "./wire.ts";

const { client, cloud } = aCloud();
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

type Holder = { readonly customer: { readonly token: string } };
const get = (one: Holder, path = "") =>
  send(cloud().url, "GET", `/v1/case${path}`, { token: one.customer.token });
const act = (one: Holder, action: string, json: unknown = {}, version?: number) =>
  send(cloud().url, "POST", `/v1/case/${action}`, {
    token: one.customer.token,
    json,
    headers: version === undefined ? {} : { "If-Match": String(version) },
  });
const paths = (answer: { body: { errors: { path: string }[] } }) => answer.body.errors.map((one) => one.path);

describe("GET /case", () => {
  it("has every field the contract names, from the first moment on", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
    const { status, body, headers } = await get(one);
    expect(status).toBe(200);
    expect(headers.get("etag")).toBe(`"${body.version}"`);
    expect(body).toMatchObject({
      caseId: one.caseId,
      process: "complimentary-resizing",
      stage: "photos-requested",
      since: expect.stringMatching(INSTANT),
      awaiting: { action: "photos", by: "customer", deadline: expect.stringMatching(INSTANT) },
      items: [expect.objectContaining({ item: 1, designNumber: "R-1001", desiredSize: 13 })],
      documents: [],
      tracking: {},
      window: null,
      invoices: [],
      conversion: null,
    });
    expect(body.timeline[0]).toEqual({
      at: expect.stringMatching(INSTANT),
      type: expect.any(String),
      text: expect.any(String),
    });
    const slots = body.shots.map((shot: { slot: string }) => shot.slot);
    expect(slots.sort()).toEqual(["certificate", "inside", "shank", "side", "stones", "top"]);
    expect(JSON.stringify(body)).not.toMatch(/token|hash|secret/i);
  });

  it("several items have slots of their own, by number", async () => {
    const items = [await anItem(client()), await anItem(client()), await anItem(client())];
    const one = await filed(client(), aRequest(items));
    const { shots } = await one.customer.reaches("photos-requested");
    const slots = shots.map((shot) => shot.slot);
    expect(slots).toHaveLength(18);
    expect(slots).toEqual(expect.arrayContaining(["top", "certificate", "2-top", "2-certificate", "3-top"]));
  });
});

describe("photos", () => {
  let one: Filed;
  beforeAll(async () => {
    one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
  });
  const ticket = (more: object) =>
    act(one, "uploads", { slot: "top", fileName: "top.png", contentType: "image/png", size: 1000, ...more });

  it("POST /case/uploads gives mediaId, url and fields for a presigned POST", async () => {
    const { status, body } = await ticket({});
    expect(status).toBe(200);
    expect(body).toEqual({
      mediaId: expect.any(String),
      url: expect.any(String),
      fields: expect.any(Object),
    });
  });

  it.each([
    ["slot", { slot: "back" }],
    ["slot", { slot: "2-top" }],
    ["contentType", { contentType: "application/pdf" }],
    ["contentType", { contentType: "image/svg+xml" }],
    ["contentType", { slot: "certificate", contentType: "video/mp4" }],
    ["size", { size: 10 ** 9 }],
  ])("R28: no ticket, 422 naming %s, for %j", async (path, more) => {
    const answer = await ticket(more);
    expect(refusalOf(answer)).toBe("rule-broken");
    expect(paths(answer)).toEqual([path]);
  });

  it("R28: a missing shot, a file that is not there, one too small: 422 with paths, nothing recorded", async () => {
    const small = await one.customer.upload("side", "image/png", ringPhoto("side", 320));
    const fine = await one.customer.upload("top", "image/png", ringPhoto("top", 640));
    await cloud().quiescent();
    const changed = await changedBy(cloud(), async () => {
      const missing = await act(one, "photos", { mediaIds: [fine] });
      expect(refusalOf(missing)).toBe("rule-broken");
      const absent = await act(one, "photos", { mediaIds: [fine, "0".repeat(32)] });
      expect([refusalOf(absent), ...paths(absent)]).toEqual(["rule-broken", "mediaIds[1]"]);
      const rejected = await act(one, "photos", { mediaIds: [small, fine] });
      expect([refusalOf(rejected), ...paths(rejected)]).toEqual(["rule-broken", "mediaIds[0]"]);
    });
    expect(changed).toEqual([]);
  });

  it("a file not looked at yet: 409 media-pending; once it is, the same call is taken, and again", async () => {
    const { shots } = await one.customer.get();
    const ids: string[] = [];
    for (const { slot } of shots)
      ids.push(await one.customer.upload(slot, "image/png", ringPhoto(slot, 640)));
    const waiting = await ticket({});
    const pending = await act(one, "photos", { mediaIds: [...ids, waiting.body.mediaId] });
    expect([pending.status, refusalOf(pending)]).toEqual([409, "media-pending"]);
    expect((await one.customer.submitPhotos(ids)).status).toBe(200);
    const review = await one.customer.reaches("in-review");
    expect(review.awaiting).toMatchObject({ action: "review", by: "staff" });
    expect(review.shots).toEqual([]);
    const changed = await changedBy(cloud(), async () => {
      expect((await act(one, "photos", { mediaIds: ids })).status).toBe(200);
      const other = await act(one, "photos", { mediaIds: ids.slice(1) });
      expect([other.status, other.body.stage]).toEqual([409, "in-review"]);
      expect((await ticket({})).status).toBe(409);
    });
    expect(changed).toEqual([]);
  });

  it("one accepted file a slot suffices: rejected ones before it and others beside it do not matter", async () => {
    const two = await filed(client(), aRequest([await anItem(client())]));
    const { shots } = await two.customer.reaches("photos-requested");
    await two.customer.upload("top", "image/png", ringPhoto("top", 100));
    const ids = [await two.customer.upload("top", "image/png", ringPhoto("top", 700))];
    for (const { slot } of shots)
      ids.push(await two.customer.upload(slot, "image/png", ringPhoto(slot, 640)));
    expect((await two.customer.submitPhotos(ids)).status).toBe(200);
  });

  it("a file of another case is not there", async () => {
    const mine = await filed(client(), aRequest([await anItem(client())]));
    await mine.customer.reaches("photos-requested");
    const id = await one.customer.get().then(() => one);
    const foreign = (await send(cloud().url, "GET", "/v1/case", { token: id.customer.token })).body.media[0]
      .mediaId;
    expect(refusalOf(await act(mine, "photos", { mediaIds: [foreign] }))).toBe("rule-broken");
  });
});

describe("items", () => {
  it("R7: what was missing makes the verdict anew; the same again changes nothing, until approval", async () => {
    const item = await anItem(client(), { desiredSize: "unknown", sizeAtPurchase: undefined });
    const one = await filed(client(), aRequest([item]));
    await one.customer.reaches("photos-requested");
    expect((await get(one)).body.assessment.verdict).toBe("needs-review");
    const said = { items: [{ item: 1, desiredSize: 12, sizeAtPurchase: 11 }] };
    const answer = await act(one, "items", said);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      stage: "photos-requested",
      assessment: { verdict: "complimentary" },
      items: [{ desiredSize: 12, sizeAtPurchase: 11 }],
    });
    expect(await changedBy(cloud(), () => act(one, "items", said))).toEqual([]);
    const refused = await act(one, "items", { items: [{ item: 1, desiredSize: 20 }] });
    expect(refusalOf(refused)).toBe("rule-broken");
    expect(refused.body.errors[0]).toMatchObject({ path: expect.stringMatching(/^items\[0\]/), rule: "R19" });
    expect(refusalOf(await act(one, "items", { items: [{ item: 2, desiredSize: 12 }] }))).toBe("rule-broken");
    expect(
      (await act(one, "items", { items: [{ item: 1, desiredSize: 13 }] })).body.items[0].desiredSize,
    ).toBe(13);
  });

  it("R20: a serial number with an open case is refused, one's own may be corrected", async () => {
    const other = await anItem(client());
    await filed(client(), aRequest([other]));
    const one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
    const taken = await act(one, "items", { items: [{ item: 1, serialNumber: other.serialNumber }] });
    expect(refusalOf(taken)).toBe("rule-broken");
    const mine = `${other.serialNumber}-B`;
    expect((await act(one, "items", { items: [{ item: 1, serialNumber: mine }] })).status).toBe(200);
    expect(
      refusalOf(
        await send(cloud().url, "POST", "/v1/cases", {
          headers: { "Idempotency-Key": mine },
          json: aRequest([{ ...other, serialNumber: mine }]),
        }),
      ),
    ).toBe("rule-broken");
  });
});

describe("the offer to convert", () => {
  it("R6: a corrected delivery date makes the request free again, and photos are asked for", async () => {
    const request = aRequest([await anItem(client(), { deliveryDate: "2025-01-02" })]);
    const one = await filed(client(), request, "E6");
    await one.customer.reaches("conversion-offered");
    const { deliveryDate } = await anItem(client());
    const answer = await act(one, "items", { items: [{ item: 1, deliveryDate }] });
    expect(answer.body.assessment).toMatchObject({ verdict: "complimentary", provisional: true });
    const view = await one.customer.reaches("photos-requested");
    expect(view.awaiting?.action).toBe("photos");
    expect(view.conversion).toBeNull();
    expect((await act(one, "conversion", { accept: true })).status).toBe(409);
  });

  it("R12: no declines, and says so once; yes afterwards is a contradiction", async () => {
    const one = await filed(client(), aRequest([await anItem(client(), { designNumber: "R-3001" })]), "E6");
    await one.customer.reaches("conversion-offered");
    expect((await act(one, "conversion", { accept: false })).status).toBe(200);
    await one.customer.reaches("declined");
    expect((await act(one, "conversion", { accept: false })).status).toBe(200);
    const yes = await act(one, "conversion", { accept: true });
    expect([yes.status, yes.body.stage]).toEqual([409, "declined"]);
  });

  it("an address is written to as it was typed, and found however it is typed", async () => {
    const email = "Grace.Hopper+ring@Example.com";
    const one = await filed(client(), aRequest([await anItem(client())], { customer: { email } }));
    await one.customer.reaches("photos-requested");
    await cloud().quiescent();
    // The domain's case is nobody's.
    const to = "Grace.Hopper+ring@example.com";
    expect((await client().mails(email)).map((mail) => mail.to)).toEqual([to, to]);
    expect(
      await client()
        .staff("manager")
        .send("GET", `/v1/cases?email=${encodeURIComponent(email.toLowerCase())}`),
    ).toMatchObject({
      body: { items: [{ caseId: one.caseId }] },
    });
  });
});

describe("from approval to the parcel", () => {
  let one: Journey;
  beforeAll(async () => {
    one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    await one.approve();
  });
  const details = async (more: object = {}) => ({
    name: "Emily Carter",
    address: { line1: "77 Fifth Avenue", city: "New York", state: "NY", zip: "10118" },
    telephone: "(212) 555-0142",
    shipDate: (await send(cloud().url, "GET", "/v1/brand")).body.shipDates[1],
    ...more,
  });

  it("R31: address and date together; a date missing is a 422", async () => {
    const { awaiting } = await one.customer.get();
    expect(awaiting).toMatchObject({ action: "shipping-details", by: "customer" });
    const { shipDate: _, ...noDate } = await details();
    const answer = await act(one, "shipping-details", noDate);
    expect([refusalOf(answer), ...paths(answer)]).toEqual(["rule-broken", "shipDate"]);
  });

  it("R34: weekends, holidays, too soon and too late", async () => {
    const { shipDates } = (await send(cloud().url, "GET", "/v1/brand")).body as { shipDates: string[] };
    const day = (date: string, days: number) =>
      new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
    const first = shipDates[0] ?? "";
    const last = shipDates.at(-1) ?? "";
    const between = Array.from({ length: 40 }, (_, at) => day(first, at - 2)).filter(
      (date) => date < last && !shipDates.includes(date),
    );
    expect(between.length).toBeGreaterThan(6);
    for (const shipDate of [...between, day(last, 35), day(first, -3)]) {
      const answer = await act(one, "shipping-details", await details({ shipDate }));
      expect([refusalOf(answer), ...paths(answer)]).toEqual(["rule-broken", "shipDate"]);
      expect(answer.body.errors[0].rule).toBe("R34");
    }
  });

  it("If-Match: a version that has passed is 409, the present one is taken", async () => {
    const { version } = (await get(one)).body;
    const body = await details();
    const stale = await act(one, "shipping-details", body, version - 1);
    expect([stale.status, refusalOf(stale)]).toEqual([409, "case-changed"]);
    expect((await act(one, "shipping-details", body, version)).status).toBe(200);
    const view = await one.customer.reaches("documents-sent");
    expect(view.awaiting).toMatchObject({ action: "dispatch", by: "customer" });
    expect(await changedBy(cloud(), () => act(one, "shipping-details", body))).toEqual([]);
  });

  it("documents by name, for a short while; tracking has the number", async () => {
    const { body } = await get(one);
    const names = body.documents.map((document: { name: string }) => document.name);
    expect(names).toEqual(expect.arrayContaining(["label.pdf", "commercial-invoice.pdf"]));
    for (const name of names) {
      const { status, body: link } = await get(one, `/documents/${name}`);
      expect(status).toBe(200);
      const file = await fetch(link.url);
      expect(file.status).toBe(200);
      expect(
        Buffer.from(await file.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
    expect(body.tracking.inbound.number).toMatch(/^\d{12}$/);
    expect(body.tracking.return).toBeUndefined();
    expect(refusalOf(await get(one, "/documents/secret.pdf"))).toBe("not-found");
    const shipments = (await send(cloud().url, "GET", "/local/fedex/shipments")).body;
    expect(shipments).toContainEqual({
      trackingNumber: body.tracking.inbound.number,
      reference: expect.stringContaining(one.caseId),
      cancelled: false,
    });
  });

  it("another ship date before the first scan: documents are reissued, the old label is cancelled", async () => {
    const { shipDates } = (await send(cloud().url, "GET", "/v1/brand")).body;
    const before = (await get(one)).body.tracking.inbound.number;
    expect((await act(one, "ship-date", { shipDate: shipDates[3] })).status).toBe(200);
    await client().eventually(
      async () => (await get(one)).body,
      (view) => view.stage === "documents-sent" && view.tracking.inbound.number !== before && view.awaiting,
    );
    const { shipDate } = (await get(one)).body.tracking.inbound;
    expect(shipDate).toBe(shipDates[3]);
    await cloud().quiescent();
    const shipments = (await send(cloud().url, "GET", "/local/fedex/shipments")).body;
    expect(shipments).toContainEqual(expect.objectContaining({ trackingNumber: before, cancelled: true }));
  });

  it("R53, R54: dispatch, whose answer says who is responsible; twice is the same", async () => {
    const answer = await act(one, "dispatch");
    expect(answer.status).toBe(200);
    expect(answer.body.notices).toContainEqual(expect.objectContaining({ rule: "R54" }));
    const view = await one.customer.reaches("dispatched");
    expect(view.awaiting).toMatchObject({ action: "receipt", by: "staff" });
    expect(await changedBy(cloud(), () => act(one, "dispatch"))).toEqual([]);
    expect((await get(one)).body.notices).toContainEqual(expect.objectContaining({ rule: "R54" }));
  });

  it("R59: after receipt the window is day 49 to day 63", async () => {
    const now = await client().now();
    const tokyo = new Date(Date.parse(now) + 9 * 3_600_000).toISOString().slice(0, 10);
    const day = (days: number) => new Date(Date.parse(tokyo) + days * 86_400_000).toISOString().slice(0, 10);
    await one.receive();
    const { window, awaiting } = (await get(one)).body;
    // The journey lets six days pass before the receipt.
    expect(window).toMatchObject({ earliest: day(55), latest: day(69), extensions: [] });
    expect(window.earliest).toMatch(DATE);
    expect(awaiting).toMatchObject({ action: "work", by: "staff" });
  });

  it("a report of what is already so is 200: I have sent it, though it is in Japan", async () => {
    expect((await act(one, "dispatch")).status).toBe(200);
    expect((await act(one, "shipping-details", await details())).status).toBe(409);
  });
});

describe("links", () => {
  it("a newer link ends no older one; revoked by staff, none opens any more", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await photographed(one);
    const mails = await client().mails(one.email);
    const tokens = mails.map((mail) => client().tokenIn(mail));
    expect(new Set(tokens).size).toBeGreaterThan(1);
    for (const token of tokens)
      expect((await send(cloud().url, "GET", "/v1/case", { token })).body.caseId).toBe(one.caseId);
    expect((await client().staff("representative").act(one.caseId, "link-revocation")).status).toBe(200);
    for (const token of tokens)
      expect(refusalOf(await send(cloud().url, "GET", "/v1/case", { token }))).toBe("unauthenticated");
    await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "more-photos",
        shots: ["top"],
      });
    const fresh = client().customer(client().tokenIn(await client().mail(one.email, "E3", one.caseId)));
    expect((await fresh.get()).shots.map((shot) => shot.slot)).toEqual(["top"]);
    // Revoked once more, the link mailed since is worthless as well.
    expect((await client().staff("representative").act(one.caseId, "link-revocation")).status).toBe(200);
    expect(refusalOf(await get({ customer: fresh }))).toBe("unauthenticated");
  });
});

describe("cancellation", () => {
  it("ends the case at once; again it is 200, anything else 409 with the stage", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
    expect((await act(one, "cancellation", { reason: "Changed my mind" })).status).toBe(200);
    const view = await one.customer.reaches("cancelled");
    expect(view.awaiting).toBeNull();
    const changed = await changedBy(cloud(), async () => {
      expect((await act(one, "cancellation", { reason: "Changed my mind" })).status).toBe(200);
      expect((await act(one, "cancellation")).status).toBe(200);
      const late = await act(one, "items", { items: [{ item: 1, desiredSize: 12 }] });
      expect([late.status, late.body.stage]).toEqual([409, "cancelled"]);
    });
    expect(changed).toEqual([]);
  });
});
