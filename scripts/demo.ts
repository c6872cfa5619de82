/**
 * `npm run demo`: one complimentary resizing on a fresh local cloud, from request to closed, weeks passing on the moved
 * clock. Leaves every mail and every PDF in a folder (`demo-out`, or the one named) to look at.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startCloud } from "../local/cloud.ts";
import { createClient, type MailView } from "../local/demo/client.ts";
import { CUSTOMER, journey } from "../local/demo/journey.ts";

const out = resolve(process.argv[2] ?? "demo-out");
const dataDir = mkdtempSync(join(tmpdir(), "after-sales-demo-"));
const dayOf = (instant: string): string =>
  new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "America/New_York" }).format(
    new Date(instant),
  );

async function keep(mails: readonly MailView[]): Promise<string[]> {
  const lines: string[] = [];
  for (const [index, mail] of mails.entries()) {
    const name = `${String(index + 1).padStart(2, "0")}-${mail.email}`;
    writeFileSync(join(out, `${name}.html`), mail.html);
    writeFileSync(join(out, `${name}.txt`), `Subject: ${mail.subject}\n\n${mail.text}`);
    for (const file of mail.attachments) {
      const bytes = new Uint8Array(await (await fetch(file.url)).arrayBuffer());
      writeFileSync(join(out, `${name}-${file.name}`), bytes);
    }
    const files =
      mail.attachments.length === 0 ? "" : `  + ${mail.attachments.map((file) => file.name).join(", ")}`;
    lines.push(`  ${name}  ${mail.subject}${files}`);
  }
  return lines;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const cloud = await startCloud({ dataDir, port: 0, progress: (line) => console.log(`  ${line}`) });
try {
  const client = createClient(cloud.url);
  const one = journey(client, {
    say: (text) => console.log(`${dayOf(cloud.now().toISOString()).padEnd(13)} ${text}`),
  });
  console.log("\nOne complimentary resizing\n");
  await one.file();
  await one.sendPhotos();
  await one.approve();
  await one.giveShippingDetails();
  await one.ship();
  await one.receive();
  await one.finishWork();
  await one.inspect();
  // The papers of the way home go with the parcel, not by mail; here they are kept to be looked at.
  const manager = client.staff("manager");
  const { body } = await manager.send<{ documents: { name: string }[] }>("GET", `/v1/cases/${one.caseId}`);
  await one.deliver();
  await cloud.quiescent();

  for (const { name } of body.documents.filter((document) => document.name.endsWith(".pdf"))) {
    const link = await manager.send<{ url: string }>("GET", `/v1/cases/${one.caseId}/documents/${name}`);
    writeFileSync(
      join(out, `paper-${name}`),
      new Uint8Array(await (await fetch(link.body.url)).arrayBuffer()),
    );
  }
  console.log("\nMails, in the order they were sent:");
  for (const line of await keep(await client.mails(CUSTOMER.email))) console.log(line);
  console.log(`\nEverything lies in ${out}`);
} finally {
  await cloud.close();
  rmSync(dataDir, { recursive: true, force: true });
}
