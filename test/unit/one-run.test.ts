import { expect, it } from "vitest";
import { forOneRun } from "../../lambdas/handlers/steps/one-run.ts";
import { aCaseFile } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";

const NOW = "2026-03-20T00:00:00.000Z";
const event = { type: "ExportChecked", by: "system", shown: false };

/** A store that counts how often it is read. */
const counted = () => {
  const file = aCaseFile();
  const store = memoryStore(file);
  let loads = 0;
  const run = forOneRun({
    ...store,
    load: (caseId) => {
      loads += 1;
      return store.load(caseId);
    },
    commit: (...change) => store.commit(...change),
  });
  return { caseId: file.case.caseId, store, run, loads: () => loads };
};

it("reads the case once, and goes on with what it wrote", async () => {
  const { caseId, run, loads } = counted();
  const file = await run.load(caseId);
  if (!file) throw new Error("no case");
  const written = await run.commit(file, { events: [event] }, NOW);
  expect(await run.load(caseId)).toBe(written);
  expect(loads()).toBe(1);
});

it("reads it again when somebody else wrote first", async () => {
  const { caseId, store, run, loads } = counted();
  const file = await run.load(caseId);
  if (!file) throw new Error("no case");
  store.conflicts = 1;
  await expect(run.commit(file, { events: [event] }, NOW)).rejects.toMatchObject({ name: "Conflict" });
  await run.load(caseId);
  expect(loads()).toBe(2);
});

it("is one case's: another one is read", async () => {
  const { caseId, run, loads } = counted();
  await run.load(caseId);
  expect(await run.load("CW-0000000000")).toBeUndefined();
  expect(loads()).toBe(2);
});
