/**
 * Holds what every function may call against what it called: `npm run check:permissions`, after a full run with
 * `record-calls`. Missing permissions end it with an error; so do those that nothing used, unless they are lent.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { FunctionName } from "../lambdas/contracts/env.ts";
import { PERMISSIONS, type Target } from "../lib/permissions.ts";

/** Granted and never called: whoever holds a signed ticket or link makes the call in the signer's name. */
export const LENT: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  "api-files": ["s3:PutObject uploads", "s3:GetObject media", "s3:GetObject documents"],
};

export interface Comparison {
  /** Called and not granted: it would fail in the cloud. */
  readonly missing: readonly string[];
  /** Granted and not called. */
  readonly unused: readonly string[];
}

/** @param calls lines `{function, action, target}` of `record-calls` */
export const comparePermissions = (calls: readonly string[]): Comparison => {
  const used = new Set(
    calls.map((line) => {
      const call = JSON.parse(line) as { function: string; action: string; target: string };
      return `${call.function.replace(/^after-sales-/, "")}: ${call.action} ${call.target}`;
    }),
  );
  const granted = (Object.keys(PERMISSIONS) as FunctionName[]).flatMap((name) =>
    (Object.keys(PERMISSIONS[name]) as Target[]).flatMap((target) =>
      (PERMISSIONS[name][target] ?? []).map((action) => ({ name, call: `${action} ${target}` })),
    ),
  );
  const all = new Set(granted.map(({ name, call }) => `${name}: ${call}`));
  return {
    missing: [...used].filter((call) => !all.has(call)).sort(),
    unused: granted
      .filter(({ name, call }) => !LENT[name]?.includes(call))
      .map(({ name, call }) => `${name}: ${call}`)
      .filter((call) => !used.has(call))
      .sort(),
  };
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = fileURLToPath(new URL("../dist/calls.jsonl", import.meta.url));
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  const { missing, unused } = comparePermissions(lines);
  for (const call of missing) console.log(`called, not allowed   ${call}`);
  for (const call of unused) console.log(`allowed, not called   ${call}`);
  if (missing.length + unused.length > 0) process.exitCode = 1;
  else console.log("every permission is used, and nothing is called without one");
}
