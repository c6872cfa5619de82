/** What has to be done by hand around `cdk deploy --all`, each with how to tell and the command that does it. */

import type * as z from "zod";
import { FedexCredentials } from "../lambdas/adapters/fedex/connection.ts";
import { STRIPE_VERSION, StripeCredentials } from "../lambdas/adapters/payments/stripe-connection.ts";
import type { Brand } from "../lambdas/contracts/brand.ts";
import { ROUTES } from "../lambdas/contracts/routes.ts";

/** What is asked of AWS; each returns undefined where the thing does not exist. */
export interface Account {
  stack(
    name: string,
  ): Promise<{ readonly status: string; readonly outputs: Readonly<Record<string, string>> } | undefined>;
  /** Whether SES may send as this address or domain. */
  identityVerified(identity: string): Promise<boolean | undefined>;
  /** Whether SES sends to anybody, not only to verified addresses. */
  productionAccess(): Promise<boolean>;
  secret(id: string): Promise<string | undefined>;
  /** How many people are in a group of the user pool. */
  peopleIn(userPoolId: string, group: string): Promise<number>;
  /** How many addresses have confirmed that they want the topic's messages. */
  confirmedSubscribers(topicArn: string): Promise<number>;
}

export interface Finding {
  readonly what: string;
  readonly done: boolean;
  /** What was found instead. */
  readonly found?: string;
  /** The command that mends it; where one waits for another, what to wait for. */
  readonly fix?: string;
}

/** The bootstrap stack's version that the assets of this CDK need. */
const BOOTSTRAP_VERSION = 6;
const COMPLETE = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;
const DATA = "AfterSalesData";
const SERVICE = "AfterSalesService";

const finding = (what: string, done: boolean, fix: string, found?: string): Finding =>
  done ? { what, done } : { what, done, fix, ...(found ? { found } : {}) };
const AFTER_DEPLOY = "after the deployment";

const bootstrap = async (account: Account): Promise<Finding> => {
  const stack = await account.stack("CDKToolkit");
  const version = Number(stack?.outputs["BootstrapVersion"] ?? 0);
  return finding(
    "The account is bootstrapped for the CDK",
    version >= BOOTSTRAP_VERSION,
    "npx cdk bootstrap",
    stack ? `version ${version}, at least ${BOOTSTRAP_VERSION} is needed` : "no stack CDKToolkit",
  );
};

const identity = async (account: Account, sender: string): Promise<Finding> => {
  const domain = sender.slice(sender.indexOf("@") + 1);
  const states = await Promise.all([account.identityVerified(domain), account.identityVerified(sender)]);
  const known = states.some((state) => state !== undefined);
  return finding(
    `SES may send as ${sender}`,
    states.includes(true),
    known
      ? `aws sesv2 get-email-identity --email-identity ${domain} --query DkimAttributes.Tokens  # and publish them as CNAME records`
      : `aws sesv2 create-email-identity --email-identity ${domain}`,
    known ? "known, not verified" : "no such identity",
  );
};

const production = async (account: Account, brand: Brand): Promise<Finding> =>
  finding(
    "SES sends to everybody (production access)",
    await account.productionAccess(),
    `aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url ${brand.links.contact} --additional-contact-email-addresses ${brand.operationsEmail} --contact-language EN`,
    "sandbox: only verified addresses get mail",
  );

const deployed = (name: string, status: string | undefined): Finding =>
  finding(`Stack ${name} is deployed`, COMPLETE.test(status ?? ""), "npx cdk deploy --all", status);

/** What is wrong with the keys in a secret, without any value; undefined when nothing is. */
const faultOfKeys = (text: string | undefined, keys: z.ZodObject): string | undefined => {
  if (text === undefined) return "empty";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "no JSON";
  }
  const checked = keys.safeParse(value);
  if (checked.success) return undefined;
  const names = checked.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? ["and more than that"] : [issue.path.join(".")],
  );
  return `wrong or missing: ${names.join(", ")}`;
};

interface Keys {
  readonly what: string;
  /** Of the secret; undefined before the deployment. */
  readonly id: string | undefined;
  readonly keys: z.ZodObject;
  /** Name of the file they are written into for a moment. */
  readonly file: string;
}
const keysStored = async (account: Account, { what, id, keys, file }: Keys): Promise<Finding> => {
  if (!id) return finding(what, false, AFTER_DEPLOY);
  const names = Object.keys(keys.shape).map((name) => `"${name}"`);
  const fix = `aws secretsmanager put-secret-value --secret-id ${id} --secret-string file://${file}  # {${names.join(",")}}; delete the file afterwards`;
  const fault = faultOfKeys(await account.secret(id), keys);
  return finding(what, fault === undefined, fix, fault);
};

/** What the payment provider is to tell of: all that `stripe-webhook.ts` makes something of. */
const PAYMENT_EVENTS = [
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
];

/** Whether the provider knows our address is seen by the signing secret, which it gives away for that address only. */
const paymentsTold = async (
  account: Account,
  { ApiUrl: api, StripeSecretArn: id }: Readonly<Record<string, string>>,
): Promise<Finding> => {
  const what = "The payment provider knows where to tell of payments";
  if (!api || !id) return finding(what, false, AFTER_DEPLOY);
  const path = ROUTES.find(({ operation }) => operation === "paymentWebhook")?.path;
  const fields = [
    `url=${api.replace(/\/$/, "")}${path}`,
    `api_version=${STRIPE_VERSION}`,
    ...PAYMENT_EVENTS.map((event) => `enabled_events[]=${event}`),
  ];
  const fault = faultOfKeys(
    await account.secret(id),
    StripeCredentials.pick({ webhookSecret: true }).strip(),
  );
  return finding(
    what,
    fault === undefined,
    `curl https://api.stripe.com/v1/webhook_endpoints -u "$STRIPE_API_KEY:" ${fields.map((field) => `-d "${field}"`).join(" ")}  # its answer's "secret" is the webhookSecret`,
    fault && "no signing secret of it is known",
  );
};

const paymentProvider = async (
  account: Account,
  outputs: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> => [
  await paymentsTold(account, outputs),
  await keysStored(account, {
    what: "The payment provider's keys are in their secret",
    id: outputs["StripeSecretArn"],
    keys: StripeCredentials,
    file: "stripe.json",
  }),
];

const firstManager = async (account: Account, pool: string | undefined, brand: Brand): Promise<Finding> => {
  const what = "Somebody may manage (user pool group manager)";
  if (!pool) return finding(what, false, AFTER_DEPLOY);
  const who = `--user-pool-id ${pool} --username ${brand.operationsEmail}`;
  return finding(
    what,
    (await account.peopleIn(pool, "manager")) > 0,
    `aws cognito-idp admin-create-user ${who} && aws cognito-idp admin-add-user-to-group ${who} --group-name manager`,
    "nobody",
  );
};

const alarmsHeard = async (account: Account, topic: string | undefined, brand: Brand): Promise<Finding> => {
  const what = "Somebody hears the alarms";
  if (!topic) return finding(what, false, AFTER_DEPLOY);
  return finding(
    what,
    (await account.confirmedSubscribers(topic)) > 0,
    `aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${brand.operationsEmail}  # then the link in the mail`,
    "no confirmed subscription",
  );
};

const ownBrand = (brand: Brand): Finding =>
  finding(
    "The configuration is the brand's own",
    !brand.sender.email.endsWith(".example") && new URL(brand.site).protocol === "https:",
    "export BRAND_CONFIG=config/<brand>.json  # a copy of config/brand.example.json with the brand's facts",
    "the committed example",
  );

/** All that is to be done by hand, in the order in which it is done. @throws what AWS throws, when it cannot be asked. */
export const checkDeployment = async (account: Account, brand: Brand): Promise<readonly Finding[]> => {
  const [data, service] = await Promise.all([account.stack(DATA), account.stack(SERVICE)]);
  const outputs = service?.outputs ?? {};
  return [
    ownBrand(brand),
    await bootstrap(account),
    await identity(account, brand.sender.email),
    await production(account, brand),
    deployed(DATA, data?.status),
    deployed(SERVICE, service?.status),
    await keysStored(account, {
      what: "The carrier's keys are in their secret",
      id: outputs["FedexSecretArn"],
      keys: FedexCredentials,
      file: "fedex.json",
    }),
    ...(brand.invoicing.provider === "stripe" ? await paymentProvider(account, outputs) : []),
    await firstManager(account, data?.outputs["UserPoolId"], brand),
    await alarmsHeard(account, outputs["AlarmTopicArn"], brand),
  ];
};

/** One line a finding, and below it the command for what is open. */
export const reportOf = (findings: readonly Finding[]): string =>
  findings
    .map(({ what, done, found, fix }) =>
      [`${done ? "✓" : "✗"} ${what}${found ? ` (${found})` : ""}`, ...(fix ? [`    ${fix}`] : [])].join("\n"),
    )
    .join("\n");
