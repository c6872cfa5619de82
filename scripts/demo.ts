/**
 * `npm run demo`: one case of each process on a fresh local cloud, from request to closed, weeks passing on the moved
 * clock. Leaves every mail and every PDF in a folder (`demo-out`, or the one named) to look at.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startCloud } from "../local/cloud.ts";
import { type Client, createClient, type MailView } from "../local/demo/client.ts";
import { ADDRESS, CUSTOMER, type JourneyOptions, journey } from "../local/demo/journey.ts";

const out = resolve(process.argv[2] ?? "demo-out");
const dataDir = mkdtempSync(join(tmpdir(), "after-sales-demo-"));
const dayOf = (instant: string): string =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "America/New_York" }).format(
    new Date(instant),
  );

async function keep(folder: string, mails: readonly MailView[]): Promise<string[]> {
  const lines: string[] = [];
  for (const [index, mail] of mails.entries()) {
    const name = `${String(index + 1).padStart(2, "0")}-${mail.email}`;
    writeFileSync(join(folder, `${name}.html`), mail.html);
    writeFileSync(join(folder, `${name}.txt`), `Subject: ${mail.subject}\n\n${mail.text}`);
    for (const file of mail.attachments) {
      const bytes = new Uint8Array(await (await fetch(file.url)).arrayBuffer());
      writeFileSync(join(folder, `${name}-${file.name}`), bytes);
    }
    const files =
      mail.attachments.length === 0 ? "" : `  + ${mail.attachments.map((file) => file.name).join(", ")}`;
    lines.push(`  ${name}  ${mail.subject}${files}`);
  }
  return lines;
}

/** The papers that go with parcels and not by mail, as staff find them. */
async function keepPapers(client: Client, caseId: string, folder: string): Promise<void> {
  const manager = client.staff("manager");
  const { body } = await manager.send<{ documents: { name: string }[] }>("GET", `/v1/cases/${caseId}`);
  for (const { name } of body.documents.filter((document) => document.name.endsWith(".pdf"))) {
    const link = await manager.send<{ url: string }>("GET", `/v1/cases/${caseId}/documents/${name}`);
    writeFileSync(
      join(folder, `paper-${name}`),
      new Uint8Array(await (await fetch(link.body.url)).arrayBuffer()),
    );
  }
}

/** Each with a customer of its own, so that each has an inbox of its own. */
const STORIES: readonly {
  readonly title: string;
  readonly folder: string;
  readonly options: JourneyOptions;
  readonly play: (one: ReturnType<typeof journey>) => Promise<void>;
}[] = [
  {
    title: "One complimentary resizing",
    folder: "complimentary-resizing",
    options: {},
    async play(one) {
      await one.giveShippingDetails();
      await one.ship();
      await one.receive();
    },
  },
  {
    title: "One paid repair: polishing and engraving",
    folder: "repair-and-maintenance",
    options: {
      customer: { ...CUSTOMER, name: "Olivia Bennett", email: "olivia.bennett@example.com" },
      address: { ...ADDRESS, line1: "1200 Valencia Street", line2: "Unit 4" },
      serialNumber: "SN-2026-0002",
      paid: {
        services: ["polishing", "engraving"],
        description: "A scratch on the side, and our wedding day inside the band",
        engraving: "A & M 11/23/2026",
      },
    },
    async play(one) {
      await one.pay();
      await one.giveShipDate();
      await one.ship();
      await one.receive();
    },
  },
];

rmSync(out, { recursive: true, force: true });
const cloud = await startCloud({ dataDir, port: 0, progress: (line) => console.log(`  ${line}`) });
try {
  const client = createClient(cloud.url);
  for (const { title, folder: name, options, play } of STORIES) {
    const folder = join(out, name);
    mkdirSync(folder, { recursive: true });
    const one = journey(client, {
      ...options,
      say: (text) => console.log(`${dayOf(cloud.now().toISOString()).padEnd(13)} ${text}`),
    });
    console.log(`\n${title}\n`);
    await one.file();
    await one.sendPhotos();
    await one.approve();
    await play(one);
    await one.finishWork();
    await one.inspect();
    await keepPapers(client, one.caseId, folder);
    await one.deliver();
    await cloud.quiescent();
    console.log("\nMails, in the order they were sent:");
    const { email } = options.customer ?? CUSTOMER;
    for (const line of await keep(folder, await client.mails(email))) console.log(line);
  }
  console.log(`\nEverything lies in ${out}`);
} finally {
  await cloud.close();
  rmSync(dataDir, { recursive: true, force: true });
}
