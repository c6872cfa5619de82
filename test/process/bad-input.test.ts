/** Everything a stranger may send instead of what is asked for: refused as the contract says, and nothing recorded. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { signatureOf } from "../../local/stripe/keys.ts";
import { aCloud, aJourney, type Journey } from "./cloud.ts";
import { mutantsOf, NO_BODY } from "./mutants.ts";
import { aPaidCaseAt } from "./paid.ts";
import { type Attempt, notRefused, refusalOf, send, type WireCall } from "./wire.ts";

const { client, cloud } = aCloud();

interface Operation {
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly example: unknown } } };
  readonly security: readonly Record<string, unknown>[];
}
const openApi = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8")) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const OPERATIONS = Object.entries(openApi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { requestBody, security }]) => ({
    method: method.toUpperCase(),
    path,
    example: requestBody?.content["application/json"].example,
    /** `link`, `staff`, or nothing. */
    auth: security.flatMap((one) => Object.keys(one))[0],
  })),
);
type Route = (typeof OPERATIONS)[number];
/** The payment provider's messages are believed by their signature, before anybody reads them: they stand apart. */
const isSigned = ({ path }: Route): boolean => path.startsWith("/v1/webhooks/");
const WITH_BODY = OPERATIONS.filter((one) => one.example !== undefined && !isSigned(one));

/** Cases whose photos, whose shipping details, and whose payment are awaited. */
let asked: Journey;
let ready: Journey;
let invoiced: Journey;
let manager = "";
let enquiryId = "";
beforeAll(async () => {
  asked = aJourney(client());
  await asked.file();
  ready = aJourney(client());
  await ready.file();
  await ready.sendPhotos();
  await ready.approve();
  invoiced = await aPaidCaseAt("payment", client());
  manager = await cloud().staffToken("Nasty", ["manager"]);
  const enquiry = WITH_BODY.find((route) => route.path === "/v1/enquiries")?.example;
  enquiryId = (await send(cloud().url, "POST", "/v1/enquiries", { json: enquiry })).body.enquiryId;
});

const filled = (path: string, caseId = asked.caseId): string =>
  path
    .replace("{caseId}", caseId)
    .replace("{invoiceId}", `${invoiced.caseId}-1`)
    .replace("{enquiryId}", enquiryId)
    .replace("{designNumber}", "R-9999")
    .replace("{serialNumber}", "SN-NASTY")
    .replace(/\{\w+\}/, "label.pdf");
const tokenFor = ({ auth }: Route, holder = asked): string | undefined =>
  auth === "link" ? holder.customer.token : auth === "staff" ? manager : undefined;
const throwAt = (route: Route, call: WireCall) =>
  send(cloud().url, route.method, filled(route.path), {
    token: tokenFor(route),
    ...call,
    headers: { "Idempotency-Key": "nasty", ...call.headers },
  });
const asManager = (method: string, path: string, json?: unknown) =>
  send(cloud().url, method, path, { token: manager, json });

describe("bodies", () => {
  const routes = WITH_BODY.map((route) => [`${route.method} ${route.path}`, route] as const);

  it.each(routes)("%s: every fault of every field is a 400 with its path", async (_name, route) => {
    const attempts = mutantsOf(route.example).map(
      ({ what, raw }): Attempt => ({
        what,
        codes: ["invalid-request"],
        send: () => throwAt(route, { raw }),
      }),
    );
    expect(attempts.length).toBeGreaterThan(5);
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it.each(routes)("%s: what is no JSON object is a 400, what is over 64 KB a 413", async (_name, route) => {
    const attempts: Attempt[] = [
      ...NO_BODY.map(({ what, raw }) => ({
        what: what.slice(0, 40),
        codes: ["invalid-json", "invalid-request"],
        send: () => throwAt(route, { raw }),
      })),
      ...[64 * 1024 + 1, 300_000, 11 * 1024 * 1024].map((size) => ({
        what: `${size} bytes`,
        codes: ["too-large"],
        send: () => throwAt(route, { raw: `{"surprise":"${"x".repeat(size - 15)}"}` }),
      })),
    ];
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });
});

describe("paths, queries, headers", () => {
  /** None of them is a case's, a design's or a ring's number. */
  const STRANGE = [
    "CW-7K3M9Q2XAB%00",
    "__proto__",
    "..%2f..%2fetc",
    "%E0%A4%A",
    "%F0%9F%92%8D",
    "*",
    "x".repeat(300),
  ];
  const NO_CASE = [
    "CW-0000000000",
    "CW-ILOUILOUIL",
    "cw-7k3m9q2xab",
    "CW-7K3M9Q2XAB%23CASE",
    "constructor",
    "null",
  ];

  it("a case number that is none is 404 for everything staff do", async () => {
    const routes = OPERATIONS.filter(
      (one) => one.path.startsWith("/v1/cases/{caseId}") && one.auth === "staff",
    );
    expect(routes.length).toBeGreaterThan(12);
    const attempts = routes.flatMap(({ method, path, example }) =>
      [...STRANGE, ...NO_CASE].map(
        (id): Attempt => ({
          what: `${method} ${path} of ${id}`,
          codes: ["not-found"],
          send: () => asManager(method, filled(path, id), example),
        }),
      ),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it("designs and rings: nothing to read or write under what cannot be their number", async () => {
    const puts = WITH_BODY.filter((one) => one.method === "PUT");
    expect(puts.length).toBe(2);
    const attempts = puts.flatMap(({ path, example }) =>
      STRANGE.flatMap((number): Attempt[] => {
        const there = path.replace(/\{\w+\}/, number);
        return [
          { what: `GET ${there}`, codes: ["not-found"], send: () => asManager("GET", there) },
          {
            what: `PUT ${there}`,
            codes: ["invalid-request", "not-found"],
            send: () => asManager("PUT", there, example),
          },
        ];
      }),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it("the list: filters and cursors that are none", async () => {
    const queries = [
      ...["0", "101", "-1", "1.5", "ten", "1e9", "NaN"].map((limit) => `limit=${limit}`),
      ...["nowhere", "__proto__", "IN-REVIEW", ""].map((stage) => `stage=${stage}`),
      ...["nonsense", "%00", "bm90aGluZw", "e30", "x".repeat(1001), "in-review~e30", "closed~", "~~~"].map(
        (cursor) => `cursor=${cursor}`,
      ),
      "stage=in-review&cursor=e30",
      "email=a@example.com&serial=SN-1",
      "stage=in-review&order=US-1",
      "email=a@example.com&cursor=CW-0000000000",
      `serial=${"x".repeat(41)}`,
      "colour=blue",
    ];
    const attempts = queries.map(
      (query): Attempt => ({
        what: query.slice(0, 60),
        codes: ["invalid-request"],
        send: () => asManager("GET", `/v1/cases?${query}`),
      }),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it("what nobody serves looks like every other refusal", async () => {
    const attempts = [
      ["DELETE", "/v1/case"],
      ["PATCH", "/v1/cases"],
      ["PUT", "/v1/brand"],
      ["GET", "/v1/nowhere"],
      ["POST", "/v1/case/nowhere"],
      ["POST", "/v1/cases//review"],
      ["GET", "/v1/"],
    ].map(
      ([method = "", path = ""]): Attempt => ({
        what: `${method} ${path}`,
        codes: ["not-found"],
        send: () => asManager(method, path),
      }),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it("Idempotency-Key and If-Match of a wrong form are 400", async () => {
    const file = WITH_BODY.find((one) => one.path === "/v1/cases")?.example;
    const attempts: Attempt[] = [
      ...["", " ", "k".repeat(256), "clé", "a\tb", undefined].map((key) => ({
        what: `key ${key}`,
        codes: ["invalid-request"],
        send: () =>
          send(cloud().url, "POST", "/v1/cases", {
            json: file,
            headers: key === undefined ? {} : { "Idempotency-Key": key },
          }),
      })),
      ...["abc", "-1", "1.5", "9".repeat(12), '"1", "2"', "W/x"].map((version) => ({
        what: `version ${version}`,
        codes: ["invalid-request"],
        send: () =>
          send(cloud().url, "POST", "/v1/case/cancellation", {
            token: asked.customer.token,
            headers: { "If-Match": version },
            json: {},
          }),
      })),
    ];
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });
});

describe("who calls", () => {
  it("without a link or token that is good there, every route is 401 and nothing is recorded", async () => {
    const { token } = asked.customer;
    const [caseId = "", secret = ""] = token.split(".");
    const [header = "", payload = "", signature = ""] = manager.split(".");
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const promoted = Buffer.from('{"cognito:groups":["manager"]}').toString("base64url");
    const bad: Record<string, readonly (string | undefined)[]> = {
      link: [
        undefined,
        "",
        "x",
        manager,
        caseId,
        `${caseId}.`,
        `${caseId}.${"A".repeat(43)}`,
        `${ready.caseId}.${secret}`,
        `${token}=`,
        token.slice(0, -1),
        `${token}.${secret}`,
        token.toLowerCase(),
        `CW-0000000000.${secret}`,
      ],
      staff: [
        undefined,
        "",
        "x.y.z",
        token,
        `${header}.${payload}.`,
        `${header}.${payload}.${signature.slice(2)}AA`,
        `${unsigned}.${payload}.`,
        `${header}.${promoted}.${signature}`,
      ],
    };
    const attempts = OPERATIONS.flatMap(({ method, path, example, auth }) =>
      (bad[auth ?? ""] ?? []).map(
        (one): Attempt => ({
          what: `${method} ${path} with ${one}`,
          codes: ["unauthenticated"],
          send: () => send(cloud().url, method, filled(path), { token: one, json: example }),
        }),
      ),
    );
    expect(attempts.length).toBeGreaterThan(200);
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it("a staff token without a role of ours opens nothing", async () => {
    const groups = [["intern"], ["managers"], ["Manager"], []];
    const tokens = await Promise.all(groups.map((group) => cloud().staffToken("Nobody", group)));
    const attempts = OPERATIONS.filter((one) => one.auth === "staff").flatMap(({ method, path, example }) =>
      tokens.map(
        (token, at): Attempt => ({
          what: `${method} ${path} as ${groups[at]?.join(",")}`,
          codes: ["forbidden"],
          send: () => send(cloud().url, method, filled(path), { token, json: example }),
        }),
      ),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });
});

describe("out of turn", () => {
  /** Answers to what one stage asks; everything else staff and customer may do at any time. */
  const BOUND =
    "photos items shipping-details ship-date dispatch conversion reopening review export-clearance receipt discrepancy work inspection return-delivery attention carrier-bill surcharge-release claim-outcome".split(
      " ",
    );

  it.each([
    ["photos-requested", () => asked, ["photos", "items"]],
    ["shipping-details-requested", () => ready, ["shipping-details"]],
    ["invoice-sent", () => invoiced, []],
  ] as const)("in %s any other action is 409 with the stage", async (stage, journey, answering) => {
    const stages = new Set<string>();
    const attempts = WITH_BODY.flatMap((route): Attempt[] => {
      const [, action = ""] = /^\/v1\/(?:case|cases\/\{caseId\})\/([\w-]+)$/.exec(route.path) ?? [];
      if (!BOUND.includes(action) || (answering as readonly string[]).includes(action)) return [];
      // Staff may offer the other process at any of these stages (R1).
      if (route.path === "/v1/cases/{caseId}/conversion") return [];
      const call = async () => {
        const answer = await send(cloud().url, route.method, filled(route.path, journey().caseId), {
          token: tokenFor(route, journey()),
          json: route.example,
        });
        stages.add(answer.body.stage);
        return answer;
      };
      return [{ what: action, codes: ["out-of-turn", "already-answered"], send: call }];
    });
    expect(attempts.length).toBeGreaterThan(10);
    expect(await notRefused(cloud(), attempts)).toEqual([]);
    expect([...stages]).toEqual([stage]);
  });
});

describe("money (R35–R40)", () => {
  const act = (action: string, json: unknown, one = invoiced) =>
    asManager("POST", `/v1/cases/${one.caseId}/${action}`, json);
  const line = (more: object = {}) => ({ kind: "shipping", text: "Shipping", amountCents: 8500, ...more });
  const payment = (more: object) => ({
    invoiceId: `${invoiced.caseId}-1`,
    amountCents: 100,
    currency: "USD",
    method: "bank-transfer",
    reference: "T-NASTY",
    ...more,
  });
  const refund = (more: object) => ({
    invoiceId: `${invoiced.caseId}-1`,
    amountCents: 100,
    reason: "x",
    ...more,
  });

  it("what is no money, no date and no number is 400 with its path", async () => {
    const wrong: readonly (readonly [string, unknown])[] = [
      ...[0, -1, 0.5, 1e9, "100", null].flatMap((amountCents): (readonly [string, unknown])[] => [
        ["payments", payment({ amountCents })],
        ["refunds", refund({ amountCents })],
      ]),
      ...[-1, 0.5, 1e9, "100", null].flatMap((amountCents): (readonly [string, unknown])[] => [
        ["carrier-bill", { amountCents, reference: "B-1" }],
        ["invoices", { lines: [line({ amountCents })] }],
      ]),
      ...["EUR", "usd", "", "US$"].map((currency) => ["payments", payment({ currency })] as const),
      ...["", " ", "振込", "a\nb", "x".repeat(101)].map(
        (reference) => ["payments", payment({ reference })] as const,
      ),
      ...["", "銀行", "x".repeat(41)].map((method) => ["payments", payment({ method })] as const),
      ...["", "1", "CW-7K3M9Q2XAB", "CW-7K3M9Q2XAB-0", "CW-7K3M9Q2XAB-01", "CW-7K3M9Q2XAB-1000"].flatMap(
        (invoiceId): (readonly [string, unknown])[] => [
          ["payments", payment({ invoiceId })],
          ["refunds", refund({ invoiceId })],
          ["invoices", { lines: [line()], replaces: invoiceId }],
        ],
      ),
      ...[0, -1, 91, 1.5].map((dueDays) => ["invoices", { lines: [line()], dueDays }] as const),
      ...["", "gift", "Service"].map((kind) => ["invoices", { lines: [line({ kind })] }] as const),
      ["invoices", { lines: [] }],
      ["invoices", { lines: Array.from({ length: 21 }, () => line()) }],
      ["invoices", { lines: [line({ text: " " })] }],
      ["invoices", { lines: [line({ text: "x".repeat(201) })] }],
      ["invoices", { lines: [line()], draft: "yes" }],
      ["refunds", refund({ reason: " " })],
      ["surcharge-release", { reason: "" }],
      ["conversion", { reason: "" }],
      [`invoices/${invoiced.caseId}-1/void`, { sure: true }],
      [`invoices/${invoiced.caseId}-1/issue`, { invoiceId: `${invoiced.caseId}-1` }],
    ];
    const attempts = wrong.map(
      ([action, json]): Attempt => ({
        what: `${action} ${JSON.stringify(json).slice(0, 160)}`,
        codes: ["invalid-request"],
        send: () => act(action, json),
      }),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it("what a rule forbids is 422 with path and rule", async () => {
    const other = `${asked.caseId}-1`;
    const none = `${invoiced.caseId}-2`;
    const free = (action: string, json: unknown) => act(action, json, asked);
    const wrong: readonly (readonly [string, () => ReturnType<typeof act>, string, string | undefined])[] = [
      ["a payment of no invoice", () => act("payments", payment({ invoiceId: none })), "invoiceId", "R35"],
      ["of another case's", () => act("payments", payment({ invoiceId: other })), "invoiceId", "R35"],
      ["the page's own", () => act("payments", payment({ method: "stripe" })), "method", undefined],
      ["a refund of no invoice", () => act("refunds", refund({ invoiceId: none })), "invoiceId", "R35"],
      ["of nothing that came", () => act("refunds", refund({})), "amountCents", "R37"],
      ["in place of none", () => act("invoices", { lines: [line()], replaces: none }), "replaces", "R35"],
      [
        "an order without shipping",
        () => act("invoices", { lines: [line({ kind: "service" })], replaces: `${invoiced.caseId}-1` }),
        "lines",
        "R38",
      ],
      ["nothing at all", () => act("invoices", { lines: [line({ amountCents: 0 })] }), "lines", "R36"],
      [
        "too much in all",
        () => act("invoices", { lines: [line({ amountCents: 9_999_999 }), line()] }),
        "lines",
        "R36",
      ],
      [
        "Japanese",
        () => act("invoices", { lines: [line(), line({ text: "送料" })] }),
        "lines[1].text",
        "R36",
      ],
      ["an invoice for nothing", () => free("invoices", { lines: [line()] }), "", "R9"],
      ["a payment for nothing", () => free("payments", payment({})), "invoiceId", "R35"],
    ];
    const faults: unknown[] = [];
    const attempts = wrong.map(
      ([what, call]): Attempt => ({
        what,
        codes: ["rule-broken"],
        send: async () => {
          const answer = await call();
          const [first] = answer.body.errors ?? [];
          faults.push([what, first?.path, first?.rule]);
          return answer;
        },
      }),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
    const byName = (a: unknown, b: unknown) => String(a).localeCompare(String(b));
    expect(faults.toSorted(byName)).toEqual(
      wrong.map(([what, , path, rule]) => [what, path, rule]).toSorted(byName),
    );
  });

  it("an invoice that is none, in the path, is 404", async () => {
    const numbers = [
      "label.pdf",
      "1",
      `${invoiced.caseId}-2`,
      `${asked.caseId}-1`,
      `${invoiced.caseId}-01`,
      "%00",
    ];
    const attempts = ["issue", "void"].flatMap((action) =>
      numbers.map(
        (number): Attempt => ({
          what: `${action} ${number}`,
          codes: ["not-found"],
          send: () => act(`invoices/${number}/${action}`, {}),
        }),
      ),
    );
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });

  it("the provider's messages: unsigned anything is 401, signed nonsense is 400, over 64 KB is 413", async () => {
    const route = OPERATIONS.find(isSigned);
    expect(route?.example).toBeDefined();
    const tell = (raw: string | Uint8Array<ArrayBuffer>, signed: boolean) => {
      const text = typeof raw === "string" ? raw : Buffer.from(raw).toString("latin1");
      const signature = signatureOf(
        cloud().stripe.credentials.webhookSecret,
        text,
        Math.floor(Date.now() / 1000),
      );
      return send(cloud().url, "POST", "/v1/webhooks/payments", {
        raw,
        headers: signed ? { "stripe-signature": signature } : {},
      });
    };
    const good = JSON.stringify(route?.example);
    const broken = [
      { id: 7 },
      { id: "" },
      { type: null },
      { type: "" },
      { data: null },
      { data: {} },
      { data: { object: [] } },
      { data: { object: { object: "invoice", id: "in_1", amount_paid: "all", currency: "usd" } } },
      { data: { object: { object: "invoice", id: "in_1", amount_paid: -1, currency: "usd" } } },
      { data: { object: { object: "invoice", id: "in_1", amount_paid: 1, currency: "dollars" } } },
      { data: { object: { object: "refund", id: "re_1", amount: 0.5, status: "succeeded" } } },
      { data: { object: { object: "dispute", id: "du_1" } } },
    ].map((more) => JSON.stringify({ ...(route?.example as object), ...more }));
    const attempts: Attempt[] = [
      ...[good, ...broken, "{", "[]", ""].map((raw) => ({
        what: `unsigned ${raw.slice(0, 40)}`,
        codes: ["unauthenticated"],
        send: () => tell(raw, false),
      })),
      ...broken.map((raw) => ({
        what: `signed ${raw}`,
        codes: ["invalid-request"],
        send: () => tell(raw, true),
      })),
      ...["{", "[]", "null", "42", "nonsense"].map((raw) => ({
        what: `signed ${raw}`,
        codes: ["invalid-json", "invalid-request"],
        send: () => tell(raw, true),
      })),
      ...[true, false].map((signed) => ({
        what: `too large, ${signed ? "" : "un"}signed`,
        codes: ["too-large"],
        send: () => tell(`{"surprise":"${"x".repeat(70_000)}"}`, signed),
      })),
    ];
    expect(await notRefused(cloud(), attempts)).toEqual([]);
  });
});

describe("R33, R34: where and when no parcel can be sent", () => {
  const good = {
    name: "Jane Doe",
    address: { line1: "1200 Valencia Street", city: "San Francisco", state: "CA", zip: "94110" },
    telephone: "+1 (415) 555-0132",
  };
  const details = async (more: object) => {
    const brand = await send(cloud().url, "GET", "/v1/brand");
    return send(cloud().url, "POST", "/v1/case/shipping-details", {
      token: ready.customer.token,
      json: { ...good, shipDate: brand.body.shipDates[0], ...more },
    });
  };
  const withAddress = (wrong: object) => details({ address: { ...good.address, ...wrong } });

  it.each([
    ["line1", { line1: "P.O. Box 12" }],
    ["line1", { line1: "p o box 12" }],
    ["line1", { line1: "Post Office Box 12" }],
    ["line1", { line1: "ＰＯ　Ｂｏｘ　１２" }],
    ["line2", { line2: "PO Box 9" }],
    ["line1", { line1: "PSC 1234, Box 5" }],
    ["state", { city: "APO", state: "AE", zip: "09012" }],
    ["state", { city: "FPO", state: "AP", zip: "96349" }],
    ["state", { city: "San Juan", state: "PR", zip: "00901" }],
    ["state", { city: "Hagatna", state: "GU", zip: "96910" }],
    ["state", { state: "ON", zip: "M5V 2T6" }],
    ["state", { city: "Chuo-ku", state: "Tokyo", zip: "104-0061" }],
    ["zip", { zip: "9411" }],
    ["zip", { zip: "ABCDE" }],
    ["zip", { zip: "10118" }],
    ["line1", { line1: "銀座 2-4-6" }],
    ["city", { city: "サンフランシスコ" }],
    ["line1", { line1: "💍 street" }],
  ])("R33: 422 naming address.%s for %j", async (field, wrong) => {
    const answer = await withAddress(wrong);
    expect(refusalOf(answer)).toBe("rule-broken");
    expect(answer.body.errors).toContainEqual(
      expect.objectContaining({ path: `address.${field}`, rule: "R33" }),
    );
  });

  it("telephones, names and dates that are none; the address before did nothing either", async () => {
    const attempts: Attempt[] = [
      ...["", "555-0132", "+81 3 5555 0100", "415555013", "41555501322", "phone", "+1"].map((telephone) => ({
        what: telephone,
        codes: ["invalid-request"],
        send: () => details({ telephone }),
      })),
      ...["2026-02-30", "tomorrow", "", null, 20_260_302].map((shipDate) => ({
        what: String(shipDate),
        codes: ["invalid-request"],
        send: () => details({ shipDate }),
      })),
      ...["2020-01-06", "9999-12-31", "0001-01-01"].map((shipDate) => ({
        what: shipDate,
        codes: ["rule-broken"],
        send: () => details({ shipDate }),
      })),
      { what: "no Latin name", codes: ["rule-broken"], send: () => details({ name: "エミリー" }) },
      { what: "no street", codes: ["invalid-request"], send: () => withAddress({ line1: "  " }) },
    ];
    expect(await notRefused(cloud(), attempts)).toEqual([]);
    expect((await ready.customer.get()).stage).toBe("shipping-details-requested");
  });
});
