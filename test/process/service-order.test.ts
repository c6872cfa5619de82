/** The service order's branches: export hold, reissue, carrier refusals, discrepancies, delay. */
import { describe, expect, it } from "vitest";
import { aCloud, aJourney, type Journey, ringView, staffView } from "./cloud.ts";

const { client, cloud, mailsTo } = aCloud();

async function approved(options: Parameters<typeof aJourney>[1] = {}): Promise<Journey> {
  const one = aJourney(client(), options);
  await one.file();
  await one.sendPhotos();
  await one.approve();
  return one;
}
const shipped = async (): Promise<Journey> => {
  const one = await approved();
  await one.giveShippingDetails();
  await one.ship();
  return one;
};
const findings = (one: Journey) => ({
  serialNumber: one.serialNumber,
  certificate: true,
  condition: "as-photographed",
  lengthIn: 6,
  widthIn: 6,
  heightIn: 4,
  weightLb: 1,
  contents: ["jewelry", "pouch", "certificate"],
});
const labels = async (one: Journey) =>
  (
    await client().call<{ trackingNumber: string; reference: string; cancelled: boolean }[]>(
      "GET",
      "/local/fedex/shipments",
    )
  ).body.filter((label) => label.reference.startsWith(one.caseId));

describe("export check (R46–R48)", () => {
  it("R46, R47: $2,500.00 is held; an ITN clears it and stands on the papers", async () => {
    const one = await approved({ priceCents: 250_000 });
    await one.giveShippingDetails("export-review");
    expect((await client().mail(one.email, "E11")).text.length).toBeGreaterThan(100);
    const shipping = client().staff("shipping");
    expect((await shipping.act(one.caseId, "export-clearance", { basis: "itn" })).status).toBe(422);
    expect(
      (await shipping.act(one.caseId, "export-clearance", { basis: "itn", itn: "X20261123000001" })).status,
    ).toBe(200);
    await one.customer.reaches("documents-sent");
    expect(await labels(one)).toHaveLength(1);
  });
  it("R46: $2,499.99 is not", async () => {
    const one = await approved({ priceCents: 249_999 });
    expect((await one.giveShippingDetails("documents-sent")).awaiting?.action).toBe("dispatch");
  });
  it("R46: two parcels of one sender on one day are summed", async () => {
    const customer = {
      name: "Two Rings",
      email: "two.rings@example.com",
      locale: "en" as const,
      timeZone: "America/New_York",
    };
    const first = await approved({ priceCents: 150_000, customer, serialNumber: "SN-TWO-1" });
    await first.giveShippingDetails("documents-sent");
    const second = await approved({
      priceCents: 150_000,
      customer: { ...customer },
      serialNumber: "SN-TWO-2",
    });
    await second.giveShippingDetails("export-review");
    await client().staff("shipping").act(second.caseId, "export-clearance", { basis: "exempt-30.37(q)" });
    expect((await second.customer.reaches("documents-sent")).awaiting?.action).toBe("dispatch");
  });
});

describe("papers made anew (R34)", () => {
  it("a new date before the first scan: the old label is cancelled, one new mail of each kind", async () => {
    const one = await approved();
    await one.giveShippingDetails();
    const brand = await client().call<{ shipDates: string[] }>("GET", "/v1/brand");
    const shipDate = brand.body.shipDates.at(-1);
    expect((await one.customer.act("ship-date", { shipDate })).status).toBe(200);
    await client().eventually(
      () => labels(one),
      (all) => all.length === 2,
    );
    await one.customer.reaches("documents-sent");
    expect((await labels(one)).map((label) => label.cancelled)).toEqual([true, false]);
    await client().eventually(
      () => mailsTo(one.email),
      (mails) => mails.filter((mail) => mail === "E10").length === 2,
    );
    expect((await one.customer.act("ship-date", { shipDate })).status).toBe(200);
    expect(await labels(one)).toHaveLength(2);
  });
  it("after the first scan: out of turn", async () => {
    const one = await shipped();
    await client().advance("PT1H");
    const brand = await client().call<{ shipDates: string[] }>("GET", "/v1/brand");
    expect((await one.customer.act("ship-date", { shipDate: brand.body.shipDates[0] })).status).toBe(409);
  });
});

it("R53: the first scan alone counts as dispatch", async () => {
  const one = await approved();
  const view = await one.giveShippingDetails();
  await client().scan(view.tracking.inbound?.number ?? "", "PU");
  await client().advance("PT1H");
  expect((await one.customer.reaches("dispatched")).awaiting?.by).toBe("staff");
});

it("R33: a name that customs papers cannot print is asked for again before anything is made", async () => {
  const one = await approved();
  const brand = await client().call<{ shipDates: string[] }>("GET", "/v1/brand");
  const answer = await one.customer.act("shipping-details", {
    name: "山田花子",
    address: { line1: "350 Fifth Avenue", city: "New York", state: "NY", zip: "10118" },
    telephone: "2125550142",
    shipDate: brand.body.shipDates[1],
  });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ code: "rule-broken", errors: [{ path: "name", rule: "R33" }] });
});

describe("what a step cannot do", () => {
  it("goes to a person: the carrier refuses, a retry makes the label", async () => {
    const one = await approved();
    cloud().fedex.faults.inject("create", 403);
    await one.giveShippingDetails("attention");
    const { attention } = await staffView(client(), one.caseId);
    expect(attention).toMatchObject({ resumeAt: "Prepare shipment", error: "PermanentError" });
    expect((await one.customer.get()).awaiting?.by).toBe("staff");
    await client().staff("shipping").act(one.caseId, "attention", { decision: "retry" });
    await one.customer.reaches("documents-sent");
    expect(await labels(one)).toHaveLength(1);
    expect(await mailsTo(one.email)).toEqual(["E1", "E2", "E4", "E9", "E10"]);
  });
  it("may be given up: the case is cancelled and the ring's right released", async () => {
    const one = await approved();
    cloud().fedex.faults.inject("create", 403);
    await one.giveShippingDetails("attention");
    await client().staff("shipping").act(one.caseId, "attention", { decision: "cancel" });
    await one.customer.reaches("cancelled");
    expect((await ringView(client(), one.serialNumber)).right.state).toBe("free");
  });
  it("is tried again where that may mend it: a label whose answer was lost is found, cancelled and made anew", {
    timeout: 120_000,
  }, async () => {
    const one = await approved();
    cloud().fedex.faults.inject("create", "reset", { acted: true });
    const brand = await client().call<{ shipDates: string[] }>("GET", "/v1/brand");
    await one.customer.act("shipping-details", {
      name: "Emily Carter",
      address: { line1: "77 Lost Answer Road", city: "New York", state: "NY", zip: "10118" },
      telephone: "2125550142",
      shipDate: brand.body.shipDates[1],
    });
    // The machine itself waits up to half a minute before it asks the carrier again.
    await client().eventually(
      async () => (await one.customer.get()).stage,
      (stage) => stage === "documents-sent",
      90_000,
    );
    expect((await labels(one)).map((label) => label.cancelled)).toEqual([true, false]);
    expect((await mailsTo(one.email)).filter((mail) => mail === "E10")).toHaveLength(1);
  });
});

describe("discrepancy (R56)", () => {
  it.each([
    ["continue", "in-work"],
    ["return-unworked", "inspection"],
    ["cancel", "inspection"],
  ])("R56: %s", async (resolution, stage) => {
    const one = await shipped();
    await client()
      .staff("shipping")
      .act(one.caseId, "receipt", { ...findings(one), certificate: false });
    await one.customer.reaches("discrepancy");
    await client().mail(one.email, "E15");
    expect(
      (
        await client()
          .staff("shipping")
          .act(one.caseId, "discrepancy", { resolution, text: "agreed by telephone" })
      ).status,
    ).toBe(200);
    await one.customer.reaches(stage);
    expect((await ringView(client(), one.serialNumber)).right.state).toBe(
      resolution === "continue" ? "used" : "reserved",
    );
  });
  it("R5: returned unworked, the right is given back", async () => {
    const one = await shipped();
    await client()
      .staff("shipping")
      .act(one.caseId, "receipt", { ...findings(one), condition: "damaged", conditionText: "bent" });
    await one.customer.reaches("discrepancy");
    await client()
      .staff("shipping")
      .act(one.caseId, "discrepancy", { resolution: "return-unworked", text: "too bent" });
    await one.customer.reaches("inspection");
    await client()
      .staff("workshop")
      .act(one.caseId, "inspection", {
        measuredSize: 11,
        repairValueCents: 0,
        manifest: ["jewelry", "pouch", "certificate"],
      });
    await one.customer.reaches("returning");
    expect((await client().staff("shipping").act(one.caseId, "return-delivery")).status).toBe(200);
    await one.customer.reaches("closed");
    expect(await ringView(client(), one.serialNumber)).toMatchObject({ right: { state: "free" } });
  });
});

it("R60: only a recorded extension moves the window, and a mail says why", async () => {
  const one = await shipped();
  const before = await one.receive();
  await client()
    .staff("workshop")
    .act(one.caseId, "work", {
      extension: { days: 10, cause: "condition", text: "A stone has to be reset." },
    });
  const after = await client().eventually(
    () => one.customer.get(),
    (view) => view.awaiting !== null && view.window?.latest !== before.window?.latest,
  );
  expect(after.stage).toBe("in-work");
  expect((await client().mail(one.email, "E14")).text).toContain("A stone has to be reset.");
  await one.finishWork();
  expect((await staffView(client(), one.caseId)).stage).toBe("inspection");
});
