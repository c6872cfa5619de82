/** The payment provider within the local cloud: settings of functions, webhooks through the gateway, paying, its page. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud-types.ts";
import { centsOf } from "../../local/pages/pay.ts";
import { isSameKey, signatureOf } from "../../local/stripe/keys.ts";
import { recorder, startFixture, temporaryFolder, V1 } from "./local-fixture.ts";
import { aDraft, anInvoice } from "./stripe-fixture.ts";

const folder = temporaryFolder();
const taken = join(folder, "webhooks.jsonl");

const fixture = {
  functions: {
    webhooks: recorder(taken, "{ statusCode: 200 }"),
    settle: "exports.handler = async () => process.env;",
    plain: "exports.handler = async () => process.env;",
  },
  environment: {
    settle: {
      STRIPE_BASE_URL: "https://api.stripe.com",
      STRIPE_SECRET_ID: "arn:aws:secretsmanager:us-east-1:000000000000:secret:fixture/stripe",
    },
  } as Record<string, Record<string, unknown>>,
  resources: {
    ...V1,
    ResourceWebhooks: {
      Type: "AWS::ApiGateway::Resource",
      Properties: { ParentId: { Ref: "ResourceV1" }, PathPart: "webhooks", RestApiId: { Ref: "Api" } },
    },
    ResourcePayments: {
      Type: "AWS::ApiGateway::Resource",
      Properties: { ParentId: { Ref: "ResourceWebhooks" }, PathPart: "payments", RestApiId: { Ref: "Api" } },
    },
    MethodPayments: {
      Type: "AWS::ApiGateway::Method",
      Properties: {
        HttpMethod: "POST",
        ResourceId: { Ref: "ResourcePayments" },
        RestApiId: { Ref: "Api" },
        AuthorizationType: "NONE",
        Integration: {
          Type: "AWS_PROXY",
          Uri: {
            "Fn::Join": [
              "",
              [
                "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/",
                { "Fn::GetAtt": ["FnWebhooks", "Arn"] },
                "/invocations",
              ],
            ],
          },
        },
      },
    },
  },
};

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startFixture(folder, fixture);
});
afterAll(async () => {
  await cloud.kill();
  rmSync(folder, { recursive: true, force: true });
});

interface Webhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const webhooks = (): Webhook[] =>
  existsSync(taken)
    ? readFileSync(taken, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Webhook)
    : [];
const typesTaken = (): string[] => webhooks().map(({ body }) => (JSON.parse(body) as { type: string }).type);
const post = (path: string, body: unknown) =>
  fetch(`${cloud.url}${path}`, { method: "POST", body: JSON.stringify(body) });

let count = 0;
let invoiceId = "";
beforeEach(() => {
  count += 1;
  invoiceId = `CW-7K3M9Q2XAB-${count}`;
});
const draft = (...cents: number[]) => aDraft(cloud.stripe, cents, invoiceId, undefined, cloud.now());
const open = (...cents: number[]) => anInvoice(cloud.stripe, cents, invoiceId, undefined, cloud.now());
const shown = () => cloud.stripe.invoices().find((invoice) => invoice.invoiceId === invoiceId);
const payUrl = (): string => shown()?.payUrl ?? "";

describe("settings", () => {
  it("lead those functions that have them to the simulator and its keys, and no others", async () => {
    const settle = (await cloud.invoke("fixture-settle", {})) as Record<string, string>;
    const plain = (await cloud.invoke("fixture-plain", {})) as Record<string, string>;
    expect(settle["STRIPE_BASE_URL"]).toBe(cloud.stripe.url);
    expect(plain["STRIPE_BASE_URL"]).toBeUndefined();
    const answer = await fetch(settle["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? "", {
      method: "POST",
      headers: { "x-amz-target": "secretsmanager.GetSecretValue" },
      body: JSON.stringify({ SecretId: settle["STRIPE_SECRET_ID"] }),
    });
    const { SecretString } = (await answer.json()) as { SecretString: string };
    expect(JSON.parse(SecretString)).toStrictEqual(cloud.stripe.credentials);
  });
});

describe("POST /local/payments", () => {
  it("pays all that is due, and answers when the service has taken the news", async () => {
    await open(12_000);
    const answer = await post("/local/payments", { invoiceId });
    expect([answer.status, await answer.json()]).toStrictEqual([
      200,
      { invoiceId, amountCents: 12_000, paid: true },
    ]);
    expect(typesTaken()).toContain("invoice.paid");
    const { headers, body } = webhooks().at(-1) ?? { headers: {}, body: "" };
    const signature = headers["stripe-signature"] ?? "";
    const seconds = Number(/^t=(\d+)/.exec(signature)?.[1]);
    expect(isSameKey(signature, signatureOf(cloud.stripe.credentials.webhookSecret, body, seconds))).toBe(
      true,
    );
  });

  it("pays a part when it is told how much, which is not all of it", async () => {
    await open(12_000);
    const answer = await post("/local/payments", { invoiceId, amountCents: 1 });
    expect(await answer.json()).toStrictEqual({ invoiceId, amountCents: 1, paid: false });
    expect(shown()).toMatchObject({ status: "open", amountPaid: 1, amountRemaining: 11_999 });
  });

  it("waits for an invoice that is about to be made", async () => {
    const paying = post("/local/payments", { invoiceId });
    await draft(500);
    await open(12_000);
    expect(await (await paying).json()).toStrictEqual({ invoiceId, amountCents: 12_000, paid: true });
  });

  it("is 404 for an invoice nobody makes, 409 for one that is no longer or not yet to be paid", async () => {
    const statuses = async () => {
      const answer = await post("/local/payments", { invoiceId });
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await statuses()).toStrictEqual([404, "not-found"]);
    await draft(500);
    expect(await statuses()).toStrictEqual([409, "out-of-turn"]);
    await open(500);
    cloud.stripe.pay(invoiceId);
    expect(await statuses()).toStrictEqual([409, "out-of-turn"]);
  });

  it.each([{}, { invoiceId: "x", amountCents: 0 }, { invoiceId: "x", amountCents: 1.5 }])(
    "is 400 for %j",
    async (body) => {
      expect((await post("/local/payments", body)).status).toBe(400);
    },
  );

  it("is not for the pages of other sites", async () => {
    const answer = await fetch(`${cloud.url}/local/payments`, {
      method: "POST",
      headers: { origin: "https://example.com" },
      body: JSON.stringify({ invoiceId }),
    });
    expect(answer.status).toBe(403);
  });
});

describe("the page to pay on", () => {
  const form = (fields: Record<string, string>) =>
    fetch(payUrl(), { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const text = async () => (await fetch(payUrl())).text();

  it("says what is due for what, in a document that needs nothing else", async () => {
    await open(9000, 3000);
    expect(payUrl()).toMatch(new RegExp(`^${cloud.url}/local/pay/`));
    const answer = await fetch(payUrl());
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const page = await answer.text();
    for (const words of [
      '<html lang="en">',
      `Invoice ${invoiceId}`,
      "Polishing",
      "$90.00",
      "$30.00",
      "<button>Pay $120.00</button>",
      '<label for="amount">',
      'id="amount"',
    ])
      expect(page).toContain(words);
    expect(page).not.toMatch(/<script|src=|href="http/);
  });

  it("takes all, a part or more, and says so after it", async () => {
    await open(12_000);
    const answer = await form({ amount: "$25.5" });
    expect([answer.status, answer.headers.get("location")]).toStrictEqual([303, new URL(payUrl()).pathname]);
    expect(await text()).toContain("Thank you. $25.50 was paid, $94.50 is still to pay.");
    expect((await form({})).status).toBe(303);
    expect(await text()).toContain("This invoice is paid.");
    expect(await text()).not.toContain("<form");
    expect((await form({})).status).toBe(303);
    expect(shown()).toMatchObject({ amountPaid: 12_000, amountOverpaid: 0 });
  });

  it("asks again for what is no amount, and shows what was typed", async () => {
    await open(12_000);
    const answer = await form({ amount: '"><b>' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('role="alert"');
    expect(page).toContain('aria-invalid="true"');
    expect(page).not.toContain("<b>");
    expect(shown()?.amountPaid).toBe(0);
  });

  it("says that an invoice was withdrawn, and that a link leads nowhere", async () => {
    const { id } = await open(12_000);
    await fetch(`${cloud.stripe.url}/v1/invoices/${id}/void`, {
      method: "POST",
      headers: { authorization: `Bearer ${cloud.stripe.credentials.apiKey}` },
    });
    expect(await text()).toContain("This invoice was withdrawn.");
    const nowhere = await fetch(`${cloud.url}/local/pay/none`);
    expect([nowhere.status, nowhere.headers.get("content-type")]).toStrictEqual([
      404,
      "text/html; charset=utf-8",
    ]);
  });

  it.each([
    ["25", 2500],
    ["25.5", 2550],
    [" $1,234.56 ", 123_456],
    ["0.01", 1],
    ["0", undefined],
    ["-5", undefined],
    ["1.234", undefined],
    ["1,23", undefined],
    ["", undefined],
  ])("reads %j as %j cents", (typed, cents) => {
    expect(centsOf(typed)).toBe(cents);
  });
});

describe("what only the local mode can do", () => {
  it("lists invoices and refunds, disputes a payment, settles a refund", async () => {
    await open(12_000);
    cloud.stripe.pay(invoiceId);
    const list = (await (await fetch(`${cloud.url}/local/stripe/invoices`)).json()) as {
      invoiceId: string;
    }[];
    expect(list.at(-1)).toMatchObject({ invoiceId, status: "paid", amountDue: 12_000, amountPaid: 12_000 });
    const opened = await post("/local/stripe/disputes", { invoiceId });
    const { disputeId } = (await opened.json()) as { disputeId: string };
    expect((await post("/local/stripe/disputes", { invoiceId })).status).toBe(404);
    expect((await post("/local/stripe/disputes", { disputeId, outcome: "won" })).status).toBe(200);
    expect((await post("/local/stripe/disputes", { disputeId, outcome: "won" })).status).toBe(404);
    expect((await post("/local/stripe/refunds", { refundId: "re_1", outcome: "failed" })).status).toBe(404);
    expect(await (await fetch(`${cloud.url}/local/stripe/refunds`)).json()).toStrictEqual([]);
    await cloud.quiescent();
    expect(typesTaken()).toContain("charge.dispute.closed");
  });

  it("orders faults, which the payment outlives", async () => {
    await open(12_000);
    expect((await post("/local/stripe/faults", { colour: "red" })).status).toBe(400);
    await cloud.quiescent();
    const before = typesTaken().length;
    await post("/local/stripe/faults", { hold: true });
    const answer = await post("/local/payments", { invoiceId });
    expect(await answer.json()).toMatchObject({ paid: true });
    expect(typesTaken()).toHaveLength(before);
    await post("/local/stripe/faults", { clear: true });
    await cloud.quiescent();
    expect(typesTaken().slice(before)).toStrictEqual([
      "invoice.updated",
      "invoice.payment_succeeded",
      "invoice.paid",
    ]);
  });
});

describe("a cloud that was killed", () => {
  it("tells at its next start what was paid before, and knows its invoices by the same links", async () => {
    await open(12_000);
    await cloud.quiescent();
    const before = typesTaken().length;
    cloud.stripe.faults.order({ hold: true });
    cloud.stripe.pay(invoiceId);
    const token = payUrl().split("/").at(-1);
    await cloud.kill();
    cloud = await startFixture(folder, fixture);
    await cloud.quiescent();
    expect(typesTaken().slice(before)).toContain("invoice.paid");
    expect(payUrl()).toBe(`${cloud.url}/local/pay/${token}`);
  });
});
