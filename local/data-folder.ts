/** The folder all local data lies in: one cloud at a time, and secrets that outlive restarts. */
import { createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export interface DataFolder {
  readonly path: string;
  /** A folder within. */
  readonly folder: (name: string) => string;
  readonly file: (name: string) => string;
  /** The secret of a local access key, `local-…`; undefined for other keys. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  readonly release: () => void;
}

export const ACCESS_KEY_PREFIX = "local-";

/** Folders in use by clouds of this process: tests run several, and start them again after a simulated crash. */
const inUse = new Set<string>();

/** Whether a process of this number is alive. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Whether a process number still belongs to a program like ours: numbers are used again. */
const isOurs = (pid: number): boolean => {
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").includes("node");
};

const claim = (path: string): void => {
  const file = join(path, "cloud.pid");
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  const elsewhere = holder > 0 && holder !== process.pid && isRunning(holder) && isOurs(holder);
  if (inUse.has(path) || elsewhere) {
    throw new Error(`a local cloud (process ${inUse.has(path) ? process.pid : holder}) already uses ${path}`);
  }
  inUse.add(path);
  writeFileSync(file, String(process.pid));
};

const loadSecret = (file: string): Buffer => {
  if (existsSync(file)) return Buffer.from(readFileSync(file, "utf8"), "hex");
  const secret = randomBytes(32);
  writeFileSync(file, secret.toString("hex"), { mode: 0o600 });
  return secret;
};

const KEYS = "access-keys.hex";

/** Empties the folder, but only one that a local cloud has made. */
const empty = (path: string): void => {
  const names = readdirSync(path).filter((name) => name !== "cloud.pid");
  if (names.length > 0 && !names.includes(KEYS))
    throw new Error(`${path} holds other files; it is not emptied`);
  for (const name of names) rmSync(join(path, name), { recursive: true, force: true });
};

/** @param fresh deletes what was there. @throws when another cloud uses it. */
export const openDataFolder = (given: string, fresh = false): DataFolder => {
  const path = resolve(given);
  mkdirSync(path, { recursive: true });
  claim(path);
  if (fresh) empty(path);
  const secret = loadSecret(join(path, KEYS));
  return {
    path,
    folder: (name) => {
      mkdirSync(join(path, name), { recursive: true });
      return join(path, name);
    },
    file: (name) => join(path, name),
    secretOf: (accessKeyId) =>
      accessKeyId.startsWith(ACCESS_KEY_PREFIX)
        ? createHmac("sha256", secret).update(accessKeyId).digest("hex")
        : undefined,
    release: () => {
      inUse.delete(path);
      rmSync(join(path, "cloud.pid"), { force: true });
    },
  };
};
