/**
 * Granted = called: every branch of the processes runs on one local cloud, and what the functions called there is held
 * against the policies they deploy with. What AWS does by itself (keys, logs, traces, the stream's poller) is the table
 * `IMPLIED` of `lib/permissions.ts`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Target } from "../../lib/permissions.ts";
import { type AwsCall, type Cloud, startCloud } from "../../local/cloud.ts";
import { type Client, createClient } from "../../local/demo/client.ts";
import { LINES } from "../../local/demo/journey.ts";
import { iamCalls } from "../../scripts/iam-calls.ts";
import { templates } from "../infra/assembly.ts";
import { grantsOf } from "../infra/grants.ts";
import { aJourney, type Journey, staffView } from "./cloud.ts";
import {
  aPaidCaseAt,
  aPaidJourney,
  findings,
  invoiceOf,
  LARGE_PARCEL,
  refundsDue,
  sendBack,
  TOTAL,
  transfer,
} from "./paid.ts";

/** S3's operations are not named as IAM's actions are. */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  HeadObject: "GetObject",
  HEAD: "GetObject",
  GET: "GetObject",
  PostObject: "PutObject",
  CreateMultipartUpload: "PutObject",
  UploadPart: "PutObject",
  CompleteMultipartUpload: "PutObject",
};
const SERVICES: Readonly<Record<string, string>> = {
  dynamodb: "DynamoDB_20120810",
  states: "AWSStepFunctions",
  secretsmanager: "secretsmanager",
};
/** What a request names, where only that is told of it. */
const bodyOf = ({ service, operation, resource, request }: AwsCall): string => {
  if (service === "ses") return `Action=${operation}`;
  return request ?? JSON.stringify({ stateMachineArn: resource, SecretId: resource });
};
const asGrants = (call: AwsCall): string[] => {
  const { caller, service, operation, resource } = call;
  if (service === "s3")
    return [`${caller}: s3:${S3_ACTIONS[operation] ?? operation} ${resource.split("/")[1] as Target}`];
  const headers = service === "ses" ? {} : { "x-amz-target": `${SERVICES[service]}.${operation}` };
  return iamCalls({ method: "POST", path: "/", headers, body: bodyOf(call) }).map(
    ({ action, target }) => `${caller}: ${action} ${target}`,
  );
};

const dataDir = mkdtempSync(join(tmpdir(), "after-sales-"));
const called = new Set<string>();
let cloud: Cloud;
let client: Client;
beforeAll(async () => {
  const onCall = (call: AwsCall): void => {
    if (call.caller !== "cloud") for (const grant of asGrants(call)) called.add(grant);
  };
  cloud = await startCloud({ dataDir, port: 0, onCall });
  client = createClient(cloud.url);
}, 120_000);
afterAll(async () => {
  await cloud?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const approved = async (options: Parameters<typeof aJourney>[1] = {}): Promise<Journey> => {
  const one = aJourney(client, options);
  await one.file();
  await one.sendPhotos();
  await one.approve();
  return one;
};
const SUPPLEMENT = [{ kind: "shipping", text: "A larger box", amountCents: 3000 }];
const opened = async (answer: Promise<{ body: { url: string } }>): Promise<void> => {
  expect((await fetch((await answer).body.url)).status).toBe(200);
};
const laterShipDate = async () =>
  (await client.call<{ shipDates: string[] }>("GET", "/v1/brand")).body.shipDates.at(-1);

/** Every branch, by the name of what happens. Each leaves nothing open that would disturb the next. */
const BRANCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  async "a resizing from request to closed, its papers and photos looked at"() {
    const one = await approved();
    await one.giveShippingDetails();
    await opened(one.customer.document("label.pdf"));
    const { media } = (await staffView(client, one.caseId)) as unknown as { media: { mediaId: string }[] };
    await opened(
      client
        .staff("representative")
        .send<{ url: string }>("GET", `/v1/cases/${one.caseId}/documents/${media[0]?.mediaId}`),
    );
    await one.ship();
    await one.receive();
    await one.finishWork();
    await one.inspect();
    await one.deliver();
    await client.call("POST", `/v1/cases/${one.caseId}/links`, { email: one.email });
    await client.staff("manager").send("GET", "/v1/cases?stage=closed");
    await client.staff("manager").send("GET", `/v1/cases?email=${one.email}`);
  },
  async "the same request twice"() {
    const one = aJourney(client);
    await one.file();
    const again = aJourney(client, { serialNumber: one.serialNumber });
    await expect(again.file()).rejects.toThrow("422");
    await one.customer.act("items", { items: [{ item: 1, desiredSize: 12 }] });
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
  },
  async "a held shipment, cleared and sent on another day, cancelled on the way out"() {
    const one = await approved({ priceCents: 260_000 });
    await one.giveShippingDetails("export-review");
    await client
      .staff("shipping")
      .act(one.caseId, "export-clearance", { basis: "itn", itn: "X20261123000001" });
    await one.customer.reaches("documents-sent");
    await one.customer.act("ship-date", { shipDate: await laterShipDate() });
    await cloud.quiescent();
    await one.customer.reaches("documents-sent");
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
  },
  async "an exchange, after something was wrong with the parcel"() {
    const one = await approved({ designNumber: "R-2001", sizeAtPurchase: 11, desiredSize: 12 });
    await one.giveShippingDetails();
    await one.ship();
    await client.staff("shipping").act(one.caseId, "receipt", { ...findings(one), certificate: false });
    await one.customer.reaches("discrepancy");
    const resolution = { resolution: "continue", text: "it came by post" };
    await client.staff("shipping").act(one.caseId, "discrepancy", resolution);
    await one.customer.reaches("in-work");
    await one.finishWork();
    const newSerialNumber = `${one.serialNumber}-NEW`;
    const manifest = ["jewelry", "pouch", "certificate"];
    await client
      .staff("workshop")
      .act(one.caseId, "inspection", { measuredSize: 12, newSerialNumber, repairValueCents: 0, manifest });
    await one.customer.reaches("returning");
    await one.deliver();
  },
  async "a refusal of the carrier, mended by a person"() {
    const one = await approved();
    cloud.fedex.faults.inject("create", 403);
    await one.giveShippingDetails("attention");
    await client.staff("shipping").act(one.caseId, "attention", { decision: "retry" });
    await one.customer.reaches("documents-sent");
  },
  async "silence: reminded, then expired, with the parcel before that only scanned"() {
    const silent = await approved();
    const scanned = await approved();
    const view = await scanned.giveShippingDetails();
    await client.scan(view.tracking.inbound?.number ?? "", "PU");
    await client.advance("PT1H");
    await client.advance("P30D");
    await silent.customer.reaches("expired");
    await scanned.customer.reaches("dispatched");
  },
  async "an execution that is lost, and an answer that was not delivered"() {
    const one = aJourney(client);
    await one.file();
    cloud.loseExecutions();
    await client.advance("PT10M");
    await cloud.invoke("clock", { time: cloud.now().toISOString(), sweep: true });
    await cloud.quiescent();
    await undelivered(one);
  },
  async "a paid repair: paid in parts and by bank, too much, its difference let go"() {
    const one = await aPaidCaseAt("review", client);
    const finance = client.staff("finance");
    await finance.act(one.caseId, "invoices", { lines: SUPPLEMENT, draft: true });
    await cloud.quiescent();
    await opened(
      finance.send<{ url: string }>("GET", `/v1/cases/${one.caseId}/documents/invoice-1-draft.pdf`),
    );
    await finance.act(one.caseId, `invoices/${one.caseId}-1/void`);
    await one.approve();
    const { invoiceId } = await invoiceOf(client, one);
    await opened(one.customer.document("invoice-2.pdf"));
    await one.pay(5000, "invoice-sent");
    await transfer(client, one, invoiceId, TOTAL);
    await one.customer.reaches("ship-date-requested");
    expect(await refundsDue(client)).toContain(one.caseId);
    await sendBack(client, one, invoiceId, 5000);
    await cloud.quiescent();
    await one.giveShipDate();
    await one.ship();
    await client.staff("shipping").act(one.caseId, "receipt", { ...findings(one), ...LARGE_PARCEL });
    await one.customer.reaches("discrepancy");
    const shipping = client.staff("shipping");
    await shipping.act(one.caseId, "discrepancy", { resolution: "continue", text: "all is here" });
    await shipping.act(one.caseId, "carrier-bill", { amountCents: 20_000, reference: "FX-1" });
    await one.customer.reaches("in-work");
    await one.finishWork();
    await one.inspect("surcharge-due");
    await client.staff("manager").act(one.caseId, "surcharge-release", { reason: "our label" });
    await one.customer.reaches("returning");
    await one.deliver();
  },
  async "an invoice replaced, a message that never came, a dispute; cancelled at last"() {
    const one = await aPaidCaseAt("payment", client);
    const replaces = `${one.caseId}-1`;
    cloud.stripe.faults.order({ drop: 100 });
    await client.pay(replaces, 5000);
    await client.staff("finance").act(one.caseId, "invoices", { lines: [...LINES, ...SUPPLEMENT], replaces });
    await cloud.quiescent();
    await client.pay(`${one.caseId}-2`);
    await client.advance("P15D");
    await one.customer.reaches("ship-date-requested");
    cloud.stripe.faults.order({ clear: true });
    cloud.stripe.closeDispute(cloud.stripe.dispute(`${one.caseId}-2`) ?? "", "won");
    await cloud.quiescent();
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
  },
  async "a supplement that the provider did not take at first"() {
    const one = await aPaidCaseAt("work", client);
    cloud.stripe.faults.order({ fail: { answer: 400, call: "POST /v1/customers" } });
    await client.staff("finance").act(one.caseId, "invoices", { lines: SUPPLEMENT });
    await cloud.quiescent();
    await client.advance("PT10M");
    await one.pay(undefined, "in-work");
  },
  async "from one process to the other and back"() {
    const one = aPaidJourney(client, { paid: { services: ["paid-resizing"], description: "larger" } });
    await one.file();
    await one.sendPhotos();
    for (const process of ["complimentary-resizing", "repair-and-maintenance"]) {
      await client.staff("representative").act(one.caseId, "conversion", { reason: "as agreed" });
      await one.customer.reaches("conversion-offered");
      await one.customer.act("conversion", { accept: true });
      expect((await one.customer.reaches("in-review")).process).toBe(process);
    }
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
  },
  async "words, enquiries and the catalogue"() {
    const representative = client.staff("representative");
    const enquiry = await client.call<{ enquiryId: string }>("POST", "/v1/enquiries", {
      topic: "ring-size",
      customer: { name: "Asking Customer", email: "asking@example.com" },
      text: "Which size is a US 6?",
    });
    await representative.send("GET", "/v1/enquiries");
    await representative.send("POST", `/v1/enquiries/${enquiry.body.enquiryId}/answer`, { text: "11." });
    const ring = { designNumber: "R-1001", sizeAtPurchase: 11 };
    await client.staff("manager").send("PUT", "/v1/rings/SN-SALE-1", ring);
    await client.call("GET", "/v1/designs/R-1001");
    const one = aJourney(client);
    await one.file();
    await one.customer.act("messages", { text: "How long does it take?" });
    await representative.act(one.caseId, "messages", { text: "Seven to nine weeks." });
    await representative.act(one.caseId, "notes", { text: "called" });
    await representative.send("GET", "/v1/cases?unanswered=true");
  },
};

/** The stream's reader kept busy with starts made long ago, the clock comes first to an answer. */
async function undelivered(one: Journey): Promise<void> {
  const execution = cloud.executions().find(({ name }) => name.startsWith(one.caseId));
  const { wait: _, ...input } = JSON.parse(execution?.input ?? "{}") as Record<string, unknown>;
  const image = {
    pk: { S: `CASE#${one.caseId}` },
    sk: { S: "EXECUTION#0001" },
    caseId: { S: one.caseId },
    attempt: { N: "1" },
    machine: { S: "complimentary-resizing" },
    waitNo: { N: "0" },
    verdict: { S: String(input["verdict"]) },
    startedAt: { S: new Date(execution?.startedAt ?? 0).toISOString() },
  };
  const Records = Array.from({ length: 600 }, () => ({ eventName: "INSERT", dynamodb: { NewImage: image } }));
  const busy = Array.from({ length: 3 }, () => cloud.invoke("case-changed", { Records }));
  await one.customer.act("cancellation");
  await cloud.invoke("clock", { time: cloud.now().toISOString(), sweep: true });
  await Promise.all(busy);
  await one.customer.reaches("cancelled");
}

it.each(Object.entries(BRANCHES))("%s", { timeout: 240_000 }, async (_name, branch) => {
  await branch();
  await expect(cloud.quiescent()).resolves.toBeUndefined();
});

it("every permission was used, and nothing was called without one", { timeout: 120_000 }, async () => {
  const granted = grantsOf((await templates()).all);
  expect(granted.length).toBeGreaterThan(50);
  expect({
    "called, not granted": [...called].filter((one) => !granted.includes(one)).sort(),
    "granted, never called": granted.filter((one) => !called.has(one)).sort(),
  }).toEqual({ "called, not granted": [], "granted, never called": [] });
});
