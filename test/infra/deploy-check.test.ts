import { describe, expect, it } from "vitest";
import { STRIPE_VERSION } from "../../lambdas/adapters/payments/stripe-connection.ts";
import { loadBrand } from "../../lambdas/contracts/brand.ts";
import { type Account, checkDeployment, reportOf } from "../../scripts/deployment.ts";
import { brandFile } from "./assembly.ts";

const own = {
  sender: { name: "CIWAKA", email: "aftersales@ciwaka.test", replyTo: "care@ciwaka.test" },
  operationsEmail: "operations@ciwaka.test",
};
const brand = loadBrand(brandFile(own));
const byBank = loadBrand(brandFile({ ...own, invoicing: { ...brand.invoicing, provider: "bank-transfer" } }));
const KEYS = { shipKey: "a", shipSecret: "b", trackKey: "c", trackSecret: "d" };
const SECRETS: Record<string, unknown> = {
  "arn:fedex": KEYS,
  "arn:stripe": { apiKey: "e", webhookSecret: "f" },
};
const STACKS: Record<string, Awaited<ReturnType<Account["stack"]>>> = {
  CDKToolkit: { status: "CREATE_COMPLETE", outputs: { BootstrapVersion: "28" } },
  AfterSalesData: { status: "CREATE_COMPLETE", outputs: { UserPoolId: "pool-1" } },
  AfterSalesService: {
    status: "UPDATE_COMPLETE",
    outputs: {
      ApiUrl: "https://api.ciwaka.test/live/",
      FedexSecretArn: "arn:fedex",
      StripeSecretArn: "arn:stripe",
      AlarmTopicArn: "arn:topic",
    },
  },
};

/** An account where all is done, except what the test changes. */
const account = (changed: Partial<Account> = {}): Account => ({
  stack: async (name) => STACKS[name],
  identityVerified: async (identity) => (identity === "ciwaka.test" ? true : undefined),
  productionAccess: async () => true,
  secret: async (id) => (SECRETS[id] ? JSON.stringify(SECRETS[id]) : undefined),
  peopleIn: async (pool, group) => (pool === "pool-1" && group === "manager" ? 1 : 0),
  confirmedSubscribers: async (topic) => (topic === "arn:topic" ? 1 : 0),
  ...changed,
});
const open = async (changed: Partial<Account>) =>
  (await checkDeployment(account(changed), brand)).filter(({ done }) => !done);

describe("what is to be done by hand", () => {
  it("is nothing when all is done", async () => {
    expect(await open({})).toEqual([]);
  });

  it("is everything in an empty account, in the order in which it is done", async () => {
    const findings = await open({
      stack: async () => undefined,
      identityVerified: async () => undefined,
      productionAccess: async () => false,
    });
    expect(findings.map(({ fix }) => fix?.split(" ").slice(0, 3).join(" "))).toEqual([
      "npx cdk bootstrap",
      "aws sesv2 create-email-identity",
      "aws sesv2 put-account-details",
      "npx cdk deploy",
      "npx cdk deploy",
      "after the deployment",
      "after the deployment",
      "after the deployment",
      "after the deployment",
      "after the deployment",
    ]);
  });

  it("is to take the brand's own configuration instead of the committed example", async () => {
    const findings = await checkDeployment(account(), loadBrand("config/brand.example.json"));
    expect(findings[0]).toMatchObject({ done: false, found: "the committed example" });
  });

  it("is a newer bootstrap stack when the one there is too old", async () => {
    const [only] = await open({
      stack: async (name) =>
        name === "CDKToolkit"
          ? { status: "CREATE_COMPLETE", outputs: { BootstrapVersion: "5" } }
          : STACKS[name],
    });
    expect(only).toMatchObject({ fix: "npx cdk bootstrap", found: "version 5, at least 6 is needed" });
  });

  it("is publishing the records of an identity that is not verified yet", async () => {
    const [only] = await open({ identityVerified: async () => false });
    expect(only?.found).toBe("known, not verified");
    expect(only?.fix).toContain("get-email-identity --email-identity ciwaka.test");
  });

  it.each([
    ["empty", undefined],
    ["no JSON", "not json"],
    ["wrong or missing: trackSecret", JSON.stringify({ ...KEYS, trackSecret: undefined })],
  ])("is the carrier's keys: %s", async (found, secret) => {
    const [only] = await open({
      secret: async (id) => (id === "arn:fedex" ? secret : JSON.stringify(SECRETS[id])),
    });
    expect(only?.found).toBe(found);
    expect(only?.fix).toContain("put-secret-value --secret-id arn:fedex");
    expect(only?.fix).toContain('{"shipKey","shipSecret","trackKey","trackSecret"}');
  });

  it("is the payment provider's address for messages, and then its keys, while nothing of it is known", async () => {
    const findings = await open({
      secret: async (id) => (id === "arn:stripe" ? undefined : JSON.stringify(SECRETS[id])),
    });
    expect(findings).toMatchObject([
      {
        what: "The payment provider knows where to tell of payments",
        found: "no signing secret of it is known",
      },
      { what: "The payment provider's keys are in their secret", found: "empty" },
    ]);
    const [told, keys] = findings;
    expect(told?.fix).toContain('"url=https://api.ciwaka.test/live/v1/webhooks/payments"');
    expect(told?.fix).toContain(`"api_version=${STRIPE_VERSION}"`);
    expect(
      [...(told?.fix ?? "").matchAll(/enabled_events\[\]=([a-z_.]+)"/g)].map(([, event]) => event),
    ).toEqual([
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice.updated",
      "invoice.overpaid",
      "invoice.voided",
      "refund.updated",
      "refund.failed",
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
    ]);
    expect(keys?.fix).toContain("put-secret-value --secret-id arn:stripe");
    expect(keys?.fix).toContain('{"apiKey","webhookSecret"}');
  });

  it("is the payment provider's other key when its messages can be believed already", async () => {
    const findings = await open({
      secret: async (id) => JSON.stringify(id === "arn:stripe" ? { webhookSecret: "f" } : SECRETS[id]),
    });
    expect(findings.map(({ found }) => found)).toEqual(["wrong or missing: apiKey"]);
  });

  it("is nothing of a payment provider where customers pay by bank transfer", async () => {
    const findings = await checkDeployment(account({ secret: async () => JSON.stringify(KEYS) }), byBank);
    expect(findings.filter(({ done }) => !done)).toEqual([]);
    expect(reportOf(findings)).not.toContain("payment provider");
  });

  it("never shows a key", async () => {
    const secret = '{"shipKey":"s3cret!","apiKey":"s3cret!","webhookSecret":7}';
    const report = reportOf(await checkDeployment(account({ secret: async () => secret }), brand));
    expect(report).not.toContain("s3cret!");
    expect(report).toContain("wrong or missing: webhookSecret, and more than that");
  });

  it("is the first manager", async () => {
    const [only] = await open({ peopleIn: async () => 0 });
    expect(only?.fix).toContain("admin-create-user --user-pool-id pool-1");
    expect(only?.fix).toContain("--group-name manager");
  });

  it("is confirming the alarms", async () => {
    const [only] = await open({ confirmedSubscribers: async () => 0 });
    expect(only?.fix).toContain("sns subscribe --topic-arn arn:topic");
  });

  it("is a stack whose deployment failed", async () => {
    const [only] = await open({
      stack: async (name) =>
        name === "AfterSalesService"
          ? { status: "UPDATE_ROLLBACK_COMPLETE", outputs: STACKS[name]?.outputs ?? {} }
          : STACKS[name],
    });
    expect(only).toMatchObject({ fix: "npx cdk deploy --all", found: "UPDATE_ROLLBACK_COMPLETE" });
  });

  it("reads as a list with a mark and, where open, the command", async () => {
    const report = reportOf(await checkDeployment(account({ productionAccess: async () => false }), brand));
    expect(report).toContain("✓ The account is bootstrapped for the CDK\n");
    expect(report).toMatch(/✗ SES sends to everybody .*\n {4}aws sesv2 put-account-details/);
  });
});
