/**
 * Synthesizes the stacks once per state of their inputs and keeps the result, so that a second start reads files only.
 * Each result lies in a folder of its own named by the hash: several clouds may start at once.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isRunning } from "../data-folder.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = fileURLToPath(new URL("./synthesize.ts", import.meta.url));
const CACHE = join(ROOT, "node_modules", ".cache", "after-sales-synth");
/** What a template or a bundle can depend on. */
const INPUTS = [
  "lib",
  "lambdas",
  "statemachines",
  "config",
  "scripts",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
  "cdk.json",
];
/** Results kept, and how long (ms) any is kept: a cloud that runs on one loads bundles from it when they are called. */
const KEPT = 4;
const KEPT_MS = 2 * 3_600_000;

const filesUnder = (path: string): string[] => {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
};

const hashOfInputs = (): string => {
  const hash = createHash("sha256").update(process.version);
  const brand = process.env["BRAND_CONFIG"];
  for (const file of [
    ...INPUTS.map((input) => join(ROOT, input)),
    ...(brand ? [resolve(ROOT, brand)] : []),
  ].flatMap(filesUnder)) {
    hash.update(file.slice(ROOT.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex").slice(0, 24);
};

const run = (outdir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, outdir], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: "--no-warnings" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`synthesis failed (${code}):\n${Buffer.concat(output).toString().slice(-4000)}`));
    });
  });

const prune = (keep: string): void => {
  const old = readdirSync(CACHE)
    .filter((name) => /^[0-9a-f]{24}$/.test(name) && name !== keep)
    .map((name) => ({ name, at: statSync(join(CACHE, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)
    .slice(KEPT - 1)
    .filter(({ at }) => Date.now() - at > KEPT_MS);
  for (const { name } of old) rmSync(join(CACHE, name), { recursive: true, force: true });
};

/** One synthesis at a time on this machine: they share the folder of bundles. The lock names who has it. */
const withLock = async (work: () => Promise<void>): Promise<void> => {
  const lock = join(CACHE, "lock");
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch {
      const holder = existsSync(lock) ? readFileSync(lock, "utf8") : "";
      // Killed while it worked: nobody will ever take the lock away.
      if (holder !== "" && !isRunning(Number(holder))) rmSync(lock, { force: true });
      await sleep(50);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

/**
 * The assembly of the present sources: from the cache, or made now (a few seconds).
 * @returns its folder, and whether it had to be made. @throws with the synthesis' output when it fails.
 */
export const ensureSynth = async (): Promise<{ readonly folder: string; readonly made: boolean }> => {
  const hash = hashOfInputs();
  const folder = join(CACHE, hash);
  if (existsSync(join(folder, "manifest.json"))) {
    const now = new Date();
    utimesSync(folder, now, now);
    return { folder, made: false };
  }
  mkdirSync(CACHE, { recursive: true });
  let made = false;
  await withLock(async () => {
    if (existsSync(join(folder, "manifest.json"))) return;
    const draft = `${folder}.draft`;
    rmSync(draft, { recursive: true, force: true });
    await run(draft);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
    made = true;
    prune(hash);
  });
  return { folder, made };
};
