/**
 * The DynamoDB engine: one binary over one SQLite file, watched and started again when it dies
 * (1.2.1 aborts on a multi-byte character in the text of an expression).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface Engine {
  /** Where it answers; changes with a restart. Resolves once it is up (again). */
  readonly address: () => Promise<string>;
  /** How often it had to be started again. */
  readonly restarts: () => number;
  /** Kills it, as a fault would; it comes back by itself. */
  readonly crash: () => void;
  readonly close: () => Promise<void>;
}

/**
 * The shell between us and the engine ends it when our end of the pipe closes, which also happens
 * when we are killed with -9: no orphan stays. It prints the engine's process id.
 */
const GUARD =
  'exec 3<&0; "$@" </dev/null & child=$!; echo $child; (cat <&3 >/dev/null; kill -9 $child 2>/dev/null) & wait $child';
/** It is up in some 20 ms; this long means that it cannot start. */
const START_LIMIT_MS = 10_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const answers = async (url: string): Promise<boolean> => {
  try {
    await fetch(url, {
      method: "POST",
      headers: {
        "x-amz-target": "DynamoDB_20120810.ListTables",
        "content-type": "application/x-amz-json-1.0",
        authorization:
          "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: "{}",
      signal: AbortSignal.timeout(1000),
    });
    return true;
  } catch {
    return false;
  }
};

/** The binary npm installed for this system. @throws with what to do where there is none. */
const binary = (): string => {
  try {
    const folder = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    return join(folder, "..", "dynoxide");
  } catch {
    throw new Error(
      `there is no local DynamoDB for ${process.platform}-${process.arch} among the packages: ` +
        "start a DynamoDB Local yourself and name it in AWS_ENDPOINT_URL_DYNAMODB, for example http://127.0.0.1:8000",
    );
  }
};

/** Ends what an earlier cloud on this folder left running; a number reused by something else is left alone. */
const endLeftover = (pidFile: string, database: string): void => {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8"));
  rmSync(pidFile, { force: true });
  const commandLine = `/proc/${pid}/cmdline`;
  if (!Number.isInteger(pid) || pid < 2 || !existsSync(commandLine)) return;
  if (!readFileSync(commandLine, "utf8").includes(database)) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended in between.
  }
};

interface Running {
  readonly url: string;
  readonly guard: ChildProcess;
  readonly ended: Promise<void>;
}

/** One try; undefined when it ended before it answered (its port may have been taken in between). */
const tryStart = async (program: string, database: string, pidFile: string): Promise<Running | undefined> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  // A group of its own: Ctrl-C in the terminal reaches us alone, and we end it in order.
  const guard = spawn(
    "/bin/sh",
    ["-c", GUARD, "sh", program, "--port", String(port), "--db-path", database],
    {
      stdio: ["pipe", "pipe", "ignore"],
      detached: true,
    },
  );
  const ended = new Promise<void>((resolve) =>
    guard.once("exit", () => {
      guard.stdin.destroy();
      resolve();
    }),
  );
  const isOver = (): boolean => guard.exitCode !== null || guard.signalCode !== null;
  guard.stdin.on("error", () => undefined);
  guard.stdout.once("data", (line: Buffer) => writeFileSync(pidFile, line.toString().trim()));
  const deadline = Date.now() + START_LIMIT_MS;
  while (!isOver() && Date.now() < deadline) {
    if (await answers(url)) return { url, guard, ended };
    await sleep(4);
  }
  guard.stdin.destroy();
  return undefined;
};

/** @param folder holds the database and the process id; both outlive this process. */
export const startEngine = async (folder: string, log: (line: string) => void): Promise<Engine> => {
  const program = binary();
  mkdirSync(folder, { recursive: true });
  const database = join(folder, "tables.db");
  const pidFile = join(folder, "engine.pid");
  endLeftover(pidFile, database);
  const ending = new AbortController();
  let restarts = 0;
  let running: Running | undefined;

  /** Starts it again when it ends without our doing. */
  const watch = async (started: Running): Promise<void> => {
    await started.ended;
    if (ending.signal.aborted) return;
    restarts += 1;
    log("the DynamoDB engine ended; starting it again");
    up = launch();
    up.catch((error: Error) => log(error.message));
  };

  const launch = async (): Promise<string> => {
    for (let attempt = 0; attempt < 5 && !ending.signal.aborted; attempt += 1) {
      const started = await tryStart(program, database, pidFile);
      if (!started) continue;
      running = started;
      void watch(started);
      return started.url;
    }
    throw new Error("the DynamoDB engine does not start");
  };
  let up = launch();
  await up;

  return {
    address: () => up,
    restarts: () => restarts,
    crash: () => running?.guard.stdin?.destroy(),
    close: async () => {
      ending.abort();
      await up.catch(() => undefined);
      running?.guard.stdin?.destroy();
      await running?.ended;
      rmSync(pidFile, { force: true });
    },
  };
};
