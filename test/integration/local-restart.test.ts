/** A local cloud in a process of its own: what is left after `kill -9`, and what an orderly end leaves. */
import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, it } from "vitest";
import { startCloud } from "../../local/cloud.ts";
import { route, temporaryFolder, V1, writeAssembly } from "./local-fixture.ts";

const folder = temporaryFolder();
const dataDir = join(folder, "data");
const assembly = writeAssembly(folder, {
  functions: {
    put: `exports.handler = async ({ body }) => {
  const answer = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, { method: "POST", headers: {
    "x-amz-target": "DynamoDB_20120810." + JSON.parse(body).operation, "content-type": "application/x-amz-json-1.0", "x-amz-date": "20260101T000000Z",
    authorization: "AWS4-HMAC-SHA256 Credential=local-put/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0" },
    body: JSON.stringify({ TableName: process.env.TABLE_NAME, ...JSON.parse(body).input }) });
  return { statusCode: 200, body: await answer.text() };
};`,
  },
  resources: { ...V1, ...route("Put", "put", "POST", "put") },
});

const children: ChildProcess[] = [];
const child = async (): Promise<{ url: string; process: ChildProcess }> => {
  const started = spawn(
    process.execPath,
    [fileURLToPath(new URL("./local-child.ts", import.meta.url)), dataDir, assembly],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NODE_OPTIONS: "--no-warnings" } },
  );
  children.push(started);
  const url = await new Promise<string>((resolve, reject) => {
    started.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim()));
    started.once("exit", (code) => reject(new Error(`the cloud ended with ${code}`)));
  });
  return { url, process: started };
};
const ended = (one: ChildProcess): Promise<unknown> =>
  one.exitCode !== null || one.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => one.once("exit", done));

/** Processes of any program that work on our data: the engine. */
const engines = (): string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(dataDir) &&
          readlinkSync(`/proc/${pid}/exe`).endsWith("dynoxide")
        );
      } catch {
        return false;
      }
    });
const untilGone = async (): Promise<void> => {
  for (let tries = 0; engines().length > 0 && tries < 200; tries += 1) await sleep(10);
};

afterEach(async () => {
  for (const one of children.splice(0)) {
    one.kill("SIGKILL");
    await ended(one);
  }
  await untilGone();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const table = async (url: string, operation: string, input: object): Promise<unknown> =>
  (await fetch(`${url}/v1/put`, { method: "POST", body: JSON.stringify({ operation, input }) })).json();
const item = { pk: { S: "p" }, sk: { S: "s" } };
const tokenOf = async (url: string): Promise<string> => {
  const body = JSON.stringify({ name: "Rin", groups: ["manager"] });
  const answer = await fetch(`${url}/local/staff-tokens`, { method: "POST", body });
  return ((await answer.json()) as { token: string }).token;
};
const keyOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid;

it("kill -9: clock, signing key and table are there again, and no engine stays behind", async () => {
  const first = await child();
  await table(first.url, "PutItem", { Item: item });
  await fetch(`${first.url}/local/clock`, { method: "POST", body: '{"advance":"P3D"}' });
  const key = keyOf(await tokenOf(first.url));
  expect(engines()).toHaveLength(1);
  first.process.kill("SIGKILL");
  await ended(first.process);
  await untilGone();
  expect(engines()).toEqual([]);

  const second = await child();
  expect(await table(second.url, "GetItem", { Key: item })).toEqual({ Item: item });
  const { now } = (await (await fetch(`${second.url}/local/clock`)).json()) as { now: string };
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(2.9 * 86_400_000);
  expect(keyOf(await tokenOf(second.url))).toBe(key);
});

it("an engine that somebody left running is ended and its data taken over", async () => {
  const first = await child();
  await table(first.url, "PutItem", { Item: item });
  const [engine = ""] = engines();
  // Its guard first, so that nothing ends the engine when we are gone.
  const guard = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${engine}/status`, "utf8"))?.[1];
  const family = readFileSync(`/proc/${guard}/task/${guard}/children`, "utf8").trim().split(" ");
  for (const pid of [guard, ...family.filter((one) => one !== engine)]) process.kill(Number(pid), "SIGSTOP");
  first.process.kill("SIGKILL");
  await ended(first.process);
  await sleep(100);
  expect(engines()).toEqual([engine]);
  const second = await child();
  expect(await table(second.url, "GetItem", { Key: item })).toEqual({ Item: item });
  expect(engines()).toHaveLength(1);
  expect(engines()).not.toContain(engine);
  for (const pid of [guard, ...family]) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended with the engine.
    }
  }
});

it("SIGTERM: ends in order, frees the port and leaves no process", async () => {
  const { url, process: one } = await child();
  one.kill("SIGTERM");
  await ended(one);
  expect(one.exitCode).toBe(0);
  expect(engines()).toEqual([]);
  expect(existsSync(join(dataDir, "cloud.pid"))).toBe(false);
  await expect(fetch(url)).rejects.toThrow(/fetch failed/);
});

it("a second cloud on the same folder, or the same port, is refused and harms nothing", async () => {
  const { url } = await child();
  await expect(startCloud({ dataDir, assembly, seed: false })).rejects.toThrow(/already uses/);
  const port = Number(new URL(url).port);
  const elsewhere = join(folder, "elsewhere");
  await expect(startCloud({ dataDir: elsewhere, assembly, port })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  expect(existsSync(elsewhere)).toBe(false);
  expect((await fetch(`${url}/local/clock`)).status).toBe(200);
});

it("fresh empties a folder of its own making, and no other", async () => {
  const { url, process: one } = await child();
  await fetch(`${url}/local/clock`, { method: "POST", body: '{"advance":"P3D"}' });
  one.kill("SIGTERM");
  await ended(one);
  const cloud = await startCloud({ dataDir, assembly, seed: false, fresh: true });
  expect(Math.abs(cloud.now().getTime() - Date.now())).toBeLessThan(60_000);
  await cloud.close();
  const photos = join(folder, "photos");
  mkdirSync(photos);
  writeFileSync(join(photos, "cat.jpg"), "");
  await expect(startCloud({ dataDir: photos, assembly, fresh: true })).rejects.toThrow(/other files/);
  expect(existsSync(join(photos, "cat.jpg"))).toBe(true);
});
