/** A local cloud of its own for a test file, in a folder that is gone afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { type Client, createClient } from "../../local/demo/client.ts";
import { ADDRESS, CUSTOMER, type JourneyOptions, journey } from "../../local/demo/journey.ts";

export function aCloud(): {
  readonly client: () => Client;
  readonly cloud: () => Cloud;
  /** Names of the mails to an address, in the order they were sent, once nothing is left to send. */
  readonly mailsTo: (email: string) => Promise<string[]>;
} {
  const dataDir = mkdtempSync(join(tmpdir(), "after-sales-"));
  let cloud: Cloud | undefined;
  let client: Client | undefined;
  beforeAll(async () => {
    cloud = await startCloud({ dataDir, port: 0 });
    client = createClient(cloud.url);
  });
  afterAll(async () => {
    await cloud?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const started = <T>(it: T | undefined): T => {
    if (it === undefined) throw new Error("the cloud is not up");
    return it;
  };
  return {
    client: () => started(client),
    cloud: () => started(cloud),
    async mailsTo(email) {
      await started(cloud).quiescent();
      return (await started(client).mails(email)).map((mail) => mail.email);
    },
  };
}

let people = 0;
/** A journey of a customer and a ring that no other test of the file has. */
export function aJourney(client: Client, options: JourneyOptions = {}) {
  people += 1;
  const customer = { ...CUSTOMER, email: `customer-${people}@example.com`, ...options.customer };
  // Of the same name and address they would be one sender, whose shipments of a day are summed (R46).
  const address = { ...ADDRESS, line1: `${people} Fifth Avenue` };
  const one = journey(client, { address, serialNumber: `SN-TEST-${people}`, ...options, customer });
  return Object.assign(one, {
    email: customer.email,
    serialNumber: options.serialNumber ?? `SN-TEST-${people}`,
  });
}
export type Journey = ReturnType<typeof aJourney>;

/** The staff's view of a case. */
export const staffView = async (client: Client, caseId: string) =>
  (await client.staff("manager").send("GET", `/v1/cases/${caseId}`)).body as Record<string, never> & {
    stage: string;
    ending?: { stage: string; code: string };
    attention?: { resumeAt: string; error: string };
  };
export const ringView = async (client: Client, serialNumber: string) =>
  (await client.staff("manager").send("GET", `/v1/rings/${serialNumber}`)).body as {
    right: { state: string };
    currentSize?: number;
    sizeAtPurchase?: number;
    openCase?: string;
    predecessor?: string;
    successor?: string;
  };
