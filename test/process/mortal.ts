/** The local cloud as a process of its own, that can be killed as `kill -9` does and started again on the same data. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Client, createClient } from "../../local/demo/client.ts";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

const STARTS = 600;
const POLL_MS = 50;

export function aMortalCloud(): {
  readonly client: () => Client;
  /** Killed at this very moment, and up again. */
  readonly restart: () => Promise<void>;
} {
  const dataDir = mkdtempSync(join(tmpdir(), "after-sales-"));
  let running: ChildProcess | undefined;
  let port = 0;

  async function start(): Promise<void> {
    running = spawn(process.execPath, ["local/start.ts"], {
      env: { ...process.env, PORT: String(port), LOCAL_DATA: dataDir },
      stdio: "ignore",
    });
    for (let tries = 0; tries < STARTS; tries += 1) {
      const up = await fetch(`http://localhost:${port}/local/clock`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (up) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new Error("it never came up");
  }
  const isRunning = (one: ChildProcess | undefined): one is ChildProcess =>
    one !== undefined && one.exitCode === null && one.signalCode === null;

  beforeAll(async () => {
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    if (isRunning(running)) {
      running.kill("SIGTERM");
      await once(running, "exit");
    }
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    client: () => createClient(`http://localhost:${port}`),
    async restart() {
      if (isRunning(running)) {
        running.kill("SIGKILL");
        await once(running, "exit");
      }
      await start();
    },
  };
}
