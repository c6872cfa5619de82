/** The process dies between any two calls: after `kill -9` every open case goes on where it was (design, idea 4). */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createClient } from "../../local/demo/client.ts";
import { journey } from "../../local/demo/journey.ts";

const dataDir = mkdtempSync(join(tmpdir(), "after-sales-"));
let running: ChildProcess | undefined;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}
async function start(port: number): Promise<void> {
  running = spawn(process.execPath, ["local/start.ts"], {
    env: { ...process.env, PORT: String(port), LOCAL_DATA: dataDir },
    stdio: "ignore",
  });
  for (let tries = 0; tries < 400; tries += 1) {
    const up = await fetch(`http://localhost:${port}/local/clock`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it never came up");
}
async function kill(): Promise<void> {
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  running.kill("SIGKILL");
  await once(running, "exit");
}
afterAll(async () => {
  running?.kill("SIGTERM");
  if (running && running.exitCode === null) await once(running, "exit");
  rmSync(dataDir, { recursive: true, force: true });
});

it("goes on at each wait after kill -9, with every mail once", { timeout: 240_000 }, async () => {
  const port = await freePort();
  await start(port);
  const client = createClient(`http://localhost:${port}`);
  const one = journey(client);
  const restart = async () => {
    await kill();
    await start(port);
  };
  const before = await client.now();
  await one.file();
  await restart();
  await one.sendPhotos();
  await restart();
  await one.approve();
  await restart();
  await one.giveShippingDetails();
  await restart();
  await one.ship();
  await restart();
  await one.receive();
  await restart();
  await one.finishWork();
  await restart();
  await one.inspect();
  await restart();
  await one.deliver();
  expect((await client.now()) > before).toBe(true);
  const mails = await client.mails("emily.carter@example.com");
  // In any order: a mail killed between its mark and SES is the clock's to send, a quarter of an hour later.
  expect(mails.map((mail) => mail.email).toSorted()).toEqual(
    ["E1", "E2", "E4", "E9", "E10", "E13", "E16", "E17"].toSorted(),
  );
});
