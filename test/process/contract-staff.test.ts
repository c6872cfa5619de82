/** The contract, told by somebody who knows nothing else: roles, lists, and every action of staff on the way home. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../lambdas/actions/action.ts";
import { ringPhoto } from "../../local/demo/photo.ts";
import { aCloud, aJourney, ringView } from "./cloud.ts";
import { anItem, aRequest, type Filed, filed, photographed } from "./requests.ts";
import { changedBy, refusalOf, send, type WireAnswer } from "./wire.ts";

const { client, cloud } = aCloud();
const ROLES: readonly Role[] = ["representative", "shipping", "workshop", "finance", "manager"];

const tokens = new Map<string, string>();
beforeAll(async () => {
  for (const role of ROLES) tokens.set(role, await cloud().staffToken(role, [role]));
});
const call = (role: Role, method: string, path: string, json?: unknown) =>
  send(cloud().url, method, `/v1${path}`, { token: tokens.get(role), json });
const act = (role: Role, one: { readonly caseId: string }, action: string, json: unknown = {}) =>
  call(role, "POST", `/cases/${one.caseId}/${action}`, json);
const listed = async (query: string): Promise<string[]> =>
  (await call("finance", "GET", `/cases?${query}`)).body.items.map((one: { caseId: string }) => one.caseId);
const ruleAt = ({ body }: WireAnswer) => body.errors?.map((one: { path: string }) => one.path);

describe("R2: roles", () => {
  /** Who may, as the contract lists it; the manager may all. */
  const MAY: readonly (readonly [string, string, readonly Role[]])[] = [
    ["POST", "/cases/{id}/review", ["representative"]],
    ["POST", "/cases/{id}/assignee", ["representative"]],
    ["POST", "/cases/{id}/cancellation", ["representative"]],
    ["POST", "/cases/{id}/messages", ["representative"]],
    ["POST", "/cases/{id}/reopening", ["representative"]],
    ["GET", "/rings/SN-ROLE", ["representative"]],
    ["PUT", "/rings/SN-ROLE", ["representative"]],
    ["GET", "/enquiries", ["representative"]],
    ["POST", "/cases/{id}/export-clearance", ["shipping"]],
    ["POST", "/cases/{id}/receipt", ["shipping"]],
    ["POST", "/cases/{id}/discrepancy", ["shipping"]],
    ["POST", "/cases/{id}/return-delivery", ["shipping"]],
    ["POST", "/cases/{id}/work", ["workshop"]],
    ["POST", "/cases/{id}/inspection", ["workshop"]],
    ["POST", "/cases/{id}/conversion", ["representative"]],
    ["POST", "/cases/{id}/attention", ["representative", "shipping"]],
    ["POST", "/cases/{id}/invoices", ["finance"]],
    ["POST", "/cases/{id}/invoices/{id}-1/issue", ["finance"]],
    ["POST", "/cases/{id}/invoices/{id}-1/void", ["finance"]],
    ["POST", "/cases/{id}/payments", ["finance"]],
    ["POST", "/cases/{id}/refunds", ["finance"]],
    ["POST", "/cases/{id}/carrier-bill", ["shipping"]],
    ["POST", "/cases/{id}/surcharge-release", []],
    ["PUT", "/designs/R-ROLE", []],
    ["POST", "/cases/{id}/notes", ["representative", "shipping", "workshop", "finance"]],
    ["GET", "/cases/{id}", ["representative", "shipping", "workshop", "finance"]],
    ["GET", "/cases", ["representative", "shipping", "workshop", "finance"]],
  ];

  it.each(MAY)(
    "%s %s: those named and the manager; 403 for the others, whatever they send",
    async (method, path, may) => {
      // A case nobody has: whoever may is told so (404) or that the body is wrong (400); nothing is done.
      const there = path.replaceAll("{id}", "CW-0000000000");
      const refused: Role[] = [];
      const changed = await changedBy(cloud(), async () => {
        for (const role of ROLES) {
          const answer = await call(role, method, there, method === "GET" ? undefined : { nonsense: true });
          if (answer.status === 403) refused.push(role);
          expect(answer.status).toBeLessThan(500);
        }
      });
      expect(refused).toEqual(ROLES.filter((role) => role !== "manager" && !may.includes(role)));
      expect(changed).toEqual([]);
    },
  );

  it("several groups add up", async () => {
    const token = await cloud().staffToken("Both", ["workshop", "shipping"]);
    const as = (path: string) =>
      send(cloud().url, "POST", `/v1/cases/CW-0000000000/${path}`, { token, json: {} });
    expect((await as("work")).status).toBe(400);
    expect((await as("receipt")).status).toBe(400);
    expect((await as("review")).status).toBe(403);
  });

  it("R10: setting a rule aside is a manager's, though the review is a representative's", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await photographed(one);
    const review = {
      decision: "approve",
      items: [{ serialNumber: "SN-X", customsValueCents: 1, insuredValueCents: 1 }],
      overrides: [{ rule: "R10", reason: "seen in the shop" }],
    };
    expect((await act("representative", one, "review", review)).status).toBe(403);
    expect((await act("manager", one, "review", review)).status).not.toBe(403);
  });
});

describe("GET /cases", () => {
  it("by e-mail address, serial and order number, tracking number; nothing for what nobody has", async () => {
    const item = await anItem(client());
    const one = await filed(client(), aRequest([item], { order: { number: "US-LIST-1" } }));
    for (const query of [
      `email=${one.email}`,
      `email=${one.email.toUpperCase()}`,
      `serial=${item.serialNumber}`,
      "order=US-LIST-1",
    ])
      expect(await listed(query)).toEqual([one.caseId]);
    for (const query of ["email=nobody@example.com", "serial=SN-NOBODY", "order=US-0", "tracking=1"])
      expect(await listed(query)).toEqual([]);
  });

  it("a stage page by page: every case once, the longest waiting first, and no cursor at the end", async () => {
    for (let no = 0; no < 5; no += 1) await filed(client(), aRequest([await anItem(client())]));
    await cloud().quiescent();
    const all = await listed("stage=photos-requested&limit=100");
    expect(all.length).toBeGreaterThan(5);
    const seen: string[] = [];
    let cursor: string | undefined = "";
    while (cursor !== undefined) {
      const more: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await call("shipping", "GET", `/cases?stage=photos-requested&limit=2${more}`);
      expect([status, body.items.length <= 2]).toEqual([200, true]);
      seen.push(...body.items.map((one: { caseId: string }) => one.caseId));
      cursor = body.cursor;
    }
    expect(seen).toEqual(all);
    expect(await listed("stage=lost")).toEqual([]);
  });
});

describe("GET /cases/{caseId}", () => {
  it("adds customer, verdict with trace, media, mails, waits and history, and never a token", async () => {
    const one = await filed(client(), aRequest([await anItem(client())], { order: { number: "US-7" } }));
    await photographed(one);
    await cloud().quiescent();
    const { status, text, body } = await call("workshop", "GET", `/cases/${one.caseId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      caseId: one.caseId,
      stage: "in-review",
      awaiting: { action: "review", by: "staff" },
      customer: { email: one.email },
      order: { number: "US-7" },
      assessment: { result: { verdict: "complimentary" }, trace: expect.any(Array) },
      documents: expect.any(Array),
      timeline: expect.any(Array),
    });
    expect(body.media).toHaveLength(6);
    expect(body.mails.map((mail: { email: string }) => mail.email)).toEqual(["E1", "E2"]);
    expect(body.waits.length).toBeGreaterThan(1);
    expect(body.history.length).toBeGreaterThan(1);
    expect(text).not.toContain(one.token.split(".")[1]);
    expect(text).not.toMatch(/"token"|"hash"|taskToken/i);
  });

  it("photos are looked at by a short-lived address", async () => {
    const [caseId = ""] = await listed("stage=in-review&limit=1");
    const { body } = await call("representative", "GET", `/cases/${caseId}`);
    const photo = body.documents.find((document: { kind: string }) => document.kind === "media");
    const link = await call("representative", "GET", `/cases/${caseId}/documents/${photo.name}`);
    expect((await fetch(link.body.url)).headers.get("content-type")).toBe("image/png");
  });
});

describe("designs and rings", () => {
  const design = {
    name: "Contract Band",
    kind: "ring",
    material: "18K yellow gold",
    harmonizedCode: "7113.19.2900",
    resizing: { category: "resizing", minus: 1, plus: 2 },
    availableSizes: [9, 10, 11, 12, 13],
    services: ["polishing"],
    shots: ["top", "hallmark"],
  };

  it("PUT /designs: what it says is what is judged and asked for from then on", async () => {
    const put = await call("manager", "PUT", "/designs/R-CONTRACT", design);
    expect(put.status).toBe(200);
    expect((await send(cloud().url, "GET", "/v1/designs/R-CONTRACT")).body).toMatchObject(design);
    const item = await anItem(client(), { designNumber: "R-CONTRACT", desiredSize: 13 });
    const judged = await send(cloud().url, "POST", "/v1/assessments", { json: { items: [item] } });
    expect(judged.body).toMatchObject({ verdict: "complimentary", permittedSizes: [10, 12, 13] });
    const one = await filed(client(), aRequest([item]));
    const { shots } = await one.customer.reaches("photos-requested");
    expect(shots.map((shot) => shot.slot).sort()).toEqual(["certificate", "hallmark", "top"]);
  });

  it.each([
    ["harmonizedCode", { harmonizedCode: "71131929001" }],
    ["harmonizedCode", { harmonizedCode: "71.13" }],
    ["resizing.category", { resizing: { category: "always" } }],
    ["resizing.minus", { resizing: { category: "resizing", plus: 1 } }],
    ["kind", { kind: "watch" }],
  ])("a design is refused for its %s: %j", async (path, wrong) => {
    const answer = await call("manager", "PUT", "/designs/R-WRONG", { ...design, ...wrong });
    expect(["invalid-request", "rule-broken"]).toContain(refusalOf(answer));
    expect(ruleAt(answer)).toContain(path);
  });

  it("dots of a harmonized code are free", async () => {
    for (const harmonizedCode of ["711319", "7113192900", "7113.19", "7113.19.29.00"])
      expect((await call("manager", "PUT", "/designs/R-CODE", { ...design, harmonizedCode })).status).toBe(
        200,
      );
  });

  it("GET, PUT /rings; 404 before", async () => {
    expect(refusalOf(await call("representative", "GET", "/rings/SN-CONTRACT"))).toBe("not-found");
    const facts = {
      designNumber: "R-1001",
      sizeAtPurchase: 11,
      deliveryDate: "2026-03-01",
      deliverySource: "carrier",
    };
    expect((await call("representative", "PUT", "/rings/SN-CONTRACT", facts)).status).toBe(200);
    expect((await call("representative", "GET", "/rings/SN-CONTRACT")).body).toMatchObject(facts);
  });
});

describe("a request of three items, one of them left out", () => {
  const CONTENTS = ["jewelry", "pouch", "certificate"];
  let one: Filed;
  let items: Awaited<ReturnType<typeof anItem>>[];
  beforeAll(async () => {
    items = [
      await anItem(client()),
      await anItem(client(), { designNumber: "R-2001" }),
      await anItem(client()),
    ];
    one = await filed(client(), aRequest(items));
    await photographed(one);
  });
  const serials = () => items.map((item) => item.serialNumber);

  it("R22, R45: approval names what is missing of each, by its path, and records nothing", async () => {
    const reviewed = serials().map((serialNumber) => ({ serialNumber, customsValueCents: 50_000 }));
    const changed = await changedBy(cloud(), async () => {
      const answer = await act("representative", one, "review", { decision: "approve", items: reviewed });
      expect(refusalOf(answer)).toBe("rule-broken");
      expect(ruleAt(answer)).toEqual(serials().map((_, at) => `items[${at}].insuredValueCents`));
    });
    expect(changed).toEqual([]);
  });

  it("R6: a date on the customer's word alone is no approval until a representative confirms it", async () => {
    const values = { customsValueCents: 50_000, insuredValueCents: 60_000 };
    const [first = "", second = "", third = ""] = serials();
    const reviewed = [
      { serialNumber: third, ...values, drop: true },
      { serialNumber: first, ...values },
      { serialNumber: second, ...values },
    ];
    const unconfirmed = await act("representative", one, "review", { decision: "approve", items: reviewed });
    expect(ruleAt(unconfirmed)).toEqual(["items[1].deliverySource", "items[2].deliverySource"]);
    const confirmed = reviewed.map((item) => ({ ...item, deliverySource: "order" }));
    expect(
      (await act("representative", one, "review", { decision: "approve", items: confirmed })).status,
    ).toBe(200);
    const view = await one.customer.reaches("shipping-details-requested");
    expect(view.awaiting?.action).toBe("shipping-details");
    const { body } = await call("manager", "GET", `/cases/${one.caseId}`);
    expect(
      body.items.map((item: { outcome?: string; dropped?: boolean }) => item.outcome ?? item.dropped),
    ).toEqual(["resize", "exchange", true]);
  });

  it("R5: the rings approved are reserved, the one left out is free for another request", async () => {
    const [first = "", second = "", third = ""] = serials();
    expect((await ringView(client(), first)).right.state).toBe("reserved");
    expect((await ringView(client(), second)).right.state).toBe("reserved");
    const dropped = items[2];
    expect(dropped?.serialNumber).toBe(third);
    expect((await client().file(aRequest([dropped ?? {}]))).status).toBe(201);
  });

  it("R56: the receipt records each item once; a clean one is in the workshop by itself", async () => {
    const { shipDates } = (await send(cloud().url, "GET", "/v1/brand")).body;
    const details = {
      name: "Grace Hopper",
      address: { line1: "9 Third Avenue", city: "New York", state: "NY", zip: "10118" },
      telephone: "2125550142",
      shipDate: shipDates[1],
    };
    expect((await one.customer.act("shipping-details", details)).status).toBe(200);
    await one.customer.reaches("documents-sent");
    const parcel = { lengthIn: 8, widthIn: 8, heightIn: 8, weightLb: 3, contents: CONTENTS };
    const found = { certificate: true, condition: "as-photographed" };
    const [first = "", second = ""] = serials();
    const both = [
      { item: 1, serialNumber: first, ...found },
      { item: 2, serialNumber: second, ...found },
    ];
    const wrong = [
      { serialNumber: first, ...found, ...parcel },
      { items: both.slice(0, 1), ...parcel },
      { items: [both[0], both[0]], ...parcel },
      { items: [...both, { item: 3, serialNumber: "SN", ...found }], ...parcel },
      { items: [{ ...both[0], item: 9 }, both[1]], ...parcel },
    ];
    const changed = await changedBy(cloud(), async () => {
      for (const body of wrong)
        expect(refusalOf(await act("shipping", one, "receipt", body))).toBe("rule-broken");
    });
    expect(changed).toEqual([]);
    // Straight from documents-sent: nobody has said that it is under way.
    const taken = await act("shipping", one, "receipt", { items: both, ...parcel });
    expect(taken.status).toBe(200);
    expect(taken.body.receipt.items).toHaveLength(2);
    await one.customer.reaches("in-work");
    const again = await changedBy(cloud(), async () => {
      expect((await act("shipping", one, "receipt", { items: both, ...parcel })).status).toBe(200);
      const other = await act("shipping", one, "receipt", { items: both, ...parcel, weightLb: 2 });
      expect([other.status, other.body.stage]).toEqual([409, "in-work"]);
    });
    expect(again).toEqual([]);
  });

  it("R60: an extension moves the window and is mailed; the work goes on", async () => {
    const before = (await one.customer.get()).window;
    const extension = { days: 10, cause: "holidays", text: "The workshop rests over New Year." };
    expect((await act("workshop", one, "work", { extension })).status).toBe(200);
    const { window } = await one.customer.reaches("in-work");
    expect(Date.parse(window?.latest ?? "") - Date.parse(before?.latest ?? "")).toBe(10 * 86_400_000);
    expect((await client().mail(one.email, "E14")).text).toContain("The workshop rests over New Year.");
  });

  it("R63: each is inspected: the size agreed, a new serial for the exchange alone, the manifest complete", async () => {
    const finishedOn = new Date(Date.parse(await client().now()) + 9 * 3_600_000).toISOString().slice(0, 10);
    expect(ruleAt(await act("workshop", one, "work", { finishedOn: "2020-01-01" }))).toEqual(["finishedOn"]);
    expect((await act("workshop", one, "work", { finishedOn })).status).toBe(200);
    await one.customer.reaches("inspection");
    const [first = "", second = ""] = serials();
    const resized = { item: 1, measuredSize: 13, repairValueCents: 4000 };
    const exchanged = { item: 2, measuredSize: 13, newSerialNumber: `${second}-NEW`, repairValueCents: 0 };
    const wrong: readonly (readonly [string, object])[] = [
      ["items", { items: [resized], manifest: CONTENTS }],
      ["items[0].measuredSize", { items: [{ ...resized, measuredSize: 12 }, exchanged], manifest: CONTENTS }],
      [
        "items[0].newSerialNumber",
        { items: [{ ...resized, newSerialNumber: "SN-N" }, exchanged], manifest: CONTENTS },
      ],
      [
        "items[1].newSerialNumber",
        { items: [resized, { ...exchanged, newSerialNumber: undefined }], manifest: CONTENTS },
      ],
      [
        "items[1].newSerialNumber",
        { items: [resized, { ...exchanged, newSerialNumber: second }], manifest: CONTENTS },
      ],
      [
        "items[1].newSerialNumber",
        { items: [resized, { ...exchanged, newSerialNumber: first }], manifest: CONTENTS },
      ],
      ["manifest", { items: [resized, exchanged], manifest: ["jewelry", "pouch"] }],
    ];
    const changed = await changedBy(cloud(), async () => {
      for (const [path, body] of wrong) {
        const answer = await act("workshop", one, "inspection", body);
        expect([refusalOf(answer), ...ruleAt(answer)]).toEqual(["rule-broken", path]);
      }
    });
    expect(changed).toEqual([]);
    expect(
      (await act("workshop", one, "inspection", { items: [resized, exchanged], manifest: CONTENTS })).status,
    ).toBe(200);
    const view = await one.customer.reaches("returning");
    expect(view.tracking.return?.number).toMatch(/^\d{12}$/);
    expect(view.awaiting).toMatchObject({ action: "return-delivery", by: "carrier" });
    expect(await ringView(client(), `${second}-NEW`)).toMatchObject({
      predecessor: second,
      right: { state: "used" },
    });
  });

  it("return-delivery closes, and is 200 when the carrier has said so already", async () => {
    expect(await listed(`tracking=${(await one.customer.get()).tracking.return?.number}`)).toEqual([
      one.caseId,
    ]);
    expect((await act("shipping", one, "return-delivery")).status).toBe(200);
    await one.customer.reaches("closed");
    await cloud().quiescent();
    expect(await changedBy(cloud(), () => act("shipping", one, "return-delivery"))).toEqual([]);
    expect((await act("manager", one, "cancellation", { reason: "late" })).status).toBe(409);
  });
});

describe("what staff do beside the process", () => {
  it("notes of every role, an assignee, uploads in any slot: the case says who", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await one.customer.reaches("photos-requested");
    for (const role of ROLES)
      expect((await act(role, one, "notes", { text: `Seen by ${role}` })).status).toBe(200);
    // Sent again, it is the same note; a colleague's is another.
    expect((await act("finance", one, "notes", { text: "Seen by finance" })).status).toBe(200);
    expect((await act("manager", one, "notes", { text: "Seen by finance" })).status).toBe(200);
    expect((await act("representative", one, "assignee", { assignee: "Kei Sato" })).status).toBe(200);
    const ticket = await act("shipping", one, "uploads", {
      slot: "package",
      fileName: "parcel.png",
      contentType: "image/png",
      size: 5000,
    });
    expect(ticket.status).toBe(200);
    const form = new FormData();
    for (const [name, value] of Object.entries(ticket.body.fields as Record<string, string>))
      form.append(name, value);
    form.append("file", new Blob([ringPhoto("package", 640).slice()], { type: "image/png" }));
    expect((await fetch(ticket.body.url, { method: "POST", body: form })).ok).toBe(true);
    await cloud().quiescent();
    const { body } = await call("finance", "GET", `/cases/${one.caseId}`);
    expect(body.notes.map((note: { text: string; by: string }) => [note.by, note.text])).toEqual([
      ...ROLES.map((role) => [`staff:${role}`, `Seen by ${role}`]),
      ["staff:manager", "Seen by finance"],
    ]);
    expect(body.assignee).toBe("Kei Sato");
    expect(body.media.map((media: { mediaId: string }) => media.mediaId)).toEqual([ticket.body.mediaId]);
    expect(JSON.stringify(await one.customer.get())).not.toMatch(/Seen by|Kei Sato|parcel\.png/);
  });

  it("review: a decision with what it needs, else 422 with the path; a second, other one is 409", async () => {
    const one = await filed(client(), aRequest([await anItem(client())]));
    await photographed(one);
    for (const [decision, path] of [
      ["decline", "reason"],
      ["convert", "reason"],
      ["more-photos", "shots"],
    ])
      expect(ruleAt(await act("representative", one, "review", { decision }))).toEqual([path]);
    const reason = { code: "condition", text: "The stone is loose." };
    const decline = { decision: "decline", reason };
    expect((await act("representative", one, "review", decline)).status).toBe(200);
    await one.customer.reaches("declined");
    await cloud().quiescent();
    expect(await changedBy(cloud(), () => act("representative", one, "review", decline))).toEqual([]);
    const other = await act("manager", one, "review", { decision: "convert", reason });
    expect([other.status, other.body.stage]).toEqual([409, "declined"]);
  });

  it("R47: export clearance: an ITN is X and 14 digits, and goes with its basis alone", async () => {
    const one = aJourney(client(), { priceCents: 300_000 });
    await one.file();
    await one.sendPhotos();
    await one.approve();
    await one.giveShippingDetails("export-review");
    const wrong: readonly (readonly [string, object])[] = [
      ["itn", { basis: "itn" }],
      ["itn", { basis: "itn", itn: "X1234" }],
      ["itn", { basis: "itn", itn: "20261123000001X" }],
      ["itn", { basis: "exempt-30.37(q)", itn: "X20261123000001" }],
    ];
    for (const [path, body] of wrong)
      expect(ruleAt(await act("shipping", one, "export-clearance", body))).toEqual([path]);
    expect((await act("shipping", one, "export-clearance", { basis: "exempt-30.37(q)" })).status).toBe(200);
    await one.customer.reaches("documents-sent");
    const other = await act("shipping", one, "export-clearance", { basis: "cancel" });
    expect([other.status, other.body.stage]).toEqual([409, "documents-sent"]);
  });
});
