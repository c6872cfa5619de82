/** Actions that answer no question: when the same words are a repeat, and when they are meant anew. */
import { describe, expect, it } from "vitest";
import type { Action, Actor } from "../../lambdas/actions/action.ts";
import { linkRevocation } from "../../lambdas/actions/link-revocation.ts";
import { notes } from "../../lambdas/actions/notes.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { perform } from "../../lambdas/platform/perform.ts";
import { aCaseFile, CASE_ID } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";

const NOW = "2026-03-16T15:00:00.000Z";
const later = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
const staff = (name: string): Actor => ({ kind: "staff", name, roles: ["representative"] });

const aDesk = (file = aCaseFile()) => {
  const store = memoryStore(file);
  return {
    file: () => store.file(CASE_ID),
    do: <T>(action: Action<T>, body: unknown, who = "Kei", minutes = 0) =>
      perform({ store, brand }, action, { caseId: CASE_ID, actor: staff(who), body, now: later(minutes) }),
  };
};

describe("notes", () => {
  it("sent again at once it is one note; a colleague's, or one of later, is another", async () => {
    const desk = aDesk();
    const called = { text: "Called, no answer" };
    await desk.do(notes, called);
    await desk.do(notes, called, "Kei", 1);
    expect(desk.file().notes).toHaveLength(1);
    await desk.do(notes, called, "Aoi", 2);
    await desk.do(notes, called, "Kei", 60);
    expect(desk.file().notes.map((note) => note.by)).toEqual(["staff:Kei", "staff:Aoi", "staff:Kei"]);
  });
});

describe("link revocation", () => {
  it("revokes whatever was mailed since the last time, and changes nothing without such", async () => {
    const link = (hash: string, createdAt: string) => ({ hash: hash.repeat(43), createdAt });
    const desk = aDesk(aCaseFile({ links: [link("a", NOW)] }));
    await desk.do(linkRevocation, {});
    const { version } = (await desk.do(linkRevocation, {})).case;
    expect(desk.file().case.version).toBe(version);
    const again = aDesk({ ...desk.file(), links: [...desk.file().links, link("b", later(1))] });
    expect(desk.file().case.linksRevokedAt).toBe(NOW);
    await again.do(linkRevocation, {}, "Kei", 2);
    expect(again.file().case.linksRevokedAt).toBe(later(2));
  });
});
