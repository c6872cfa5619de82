import { describe, expect, it } from "vitest";
import { Process } from "../../lambdas/domain/assessment.ts";
import { Locale } from "../../lambdas/domain/identifiers.ts";
import type { Clause } from "../../lambdas/emails/clauses/clause.ts";
import { CLAUSES } from "../../lambdas/emails/clauses.ts";
import { blocksOf } from "../../lambdas/emails/letter.ts";
import { blockText } from "../../lambdas/emails/plain-text.ts";
import { letterOf, render } from "../../lambdas/emails/render.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { allSamples } from "../../scripts/sample-letters.ts";

const samples = allSamples(brand).flatMap((sample) =>
  Locale.options.map((locale) => ({
    ...sample,
    locale,
    title: `${sample.email}, ${sample.name}, ${locale}`,
  })),
);
const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("'", "&#39;");
const clausesOf = (email: (typeof samples)[number]["email"]) => CLAUSES[email] as readonly Clause<unknown>[];

describe.each(samples)("$title", ({ email, locale, data }) => {
  const mail = render(email, locale, data);
  const letter = letterOf(email, locale, data);
  const blocks = blocksOf(letter);

  it("says every mandatory clause under its rule", () => {
    for (const { rule, says, when } of clausesOf(email)) {
      if (when && !when(data)) continue;
      const said = blocks.filter((block) => block.rules?.includes(rule)).map(blockText);
      expect(said.join("\n\n")).toMatch(says[locale]);
    }
  });

  it("R3: leads back to the contact form, and to the case with the token in the fragment", () => {
    expect(data.linkUrl).toMatch(/\/case#token=CW-/);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(brand.links.contact);
      expect(part).toContain(data.linkUrl);
      expect(part).toContain(data.caseId);
    }
  });

  it("says the same in text and HTML", () => {
    const plainOfHtml = mail.html
      .replace(/<style>[\s\S]*?<\/style>/g, "")
      .replace(/<a class="link" href="([^"]*)"[^>]*>([^<]*)<\/a>/g, "$2")
      .replace(/<br>|<[^>]+>/g, "");
    for (const block of blocks) {
      const words = blockText(block)
        .replace(/ <https?:[^>]*>/g, "")
        .split(/\n|: (?=\S)/)
        .map((line) => line.replace(/^[-*>] |^-+$/g, ""));
      for (const line of words) expect(plainOfHtml).toContain(escaped(line));
    }
    expect(mail.text).toContain(letter.button);
    expect(mail.html).toContain(escaped(letter.button));
  });

  it("is well formed: language, one heading, one button, no picture, nothing undefined", () => {
    expect(mail.html).toContain(`<html lang="${locale}">`);
    expect(mail.html.match(/<h1 /g)).toHaveLength(1);
    expect(mail.html.match(/class="button"/g)).toHaveLength(1);
    expect(mail.html).not.toMatch(/<img|<script|javascript:/);
    expect(mail.text + mail.html).not.toMatch(/undefined|\[object|NaN|Invalid Date/);
    expect(mail.subject.length).toBeGreaterThan(5);
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });
});

it("says in Japanese what it says in English: every sample has as many clauses and blocks", () => {
  for (const { email, data } of allSamples(brand)) {
    const [en, ja] = Locale.options.map((locale) => blocksOf(letterOf(email, locale, data)));
    expect(ja?.map(({ kind, rules }) => [kind, rules])).toEqual(en?.map(({ kind, rules }) => [kind, rules]));
  }
});

it("has a sample for every clause, so that none goes unread", () => {
  const emails = Object.keys(CLAUSES) as (keyof typeof CLAUSES)[];
  const unread = emails.flatMap((email) => {
    const data = allSamples(brand).flatMap((sample) => (sample.email === email ? [sample.data] : []));
    return clausesOf(email).filter(({ when }) => !data.some((one) => !when || when(one)));
  });
  expect(unread).toEqual([]);
});

/** Letters that one process alone sends: it asks address and date together, or for money first. */
const OF_ONE_PROCESS: Readonly<Record<string, readonly Process[]>> = {
  E4: ["complimentary-resizing"],
  E7: ["repair-and-maintenance"],
  E8: ["repair-and-maintenance"],
  E20: ["repair-and-maintenance"],
};

it.each(Object.keys(CLAUSES))("%s is read as each process that sends it has it", (email) => {
  const shown = new Set(
    allSamples(brand).flatMap((sample) => (sample.email === email ? [sample.data.process] : [])),
  );
  expect([...shown].sort()).toEqual(OF_ONE_PROCESS[email] ?? [...Process.options].sort());
});

it.each([
  ["E1", ["R7", "R26"]],
  ["E2", ["R27", "R32"]],
  ["E4", ["R33", "R46", "R11"]],
  ["E6", ["R36", "R37", "R38", "R39", "R40", "R9"]],
  ["E7", ["R36", "R39", "R40", "R35", "R37", "R11", "R27", "R59", "R62", "R64"]],
  ["E8", ["R46", "R48", "R34", "R27"]],
  ["E9", ["R42"]],
  ["E10", ["R49", "R50", "R51", "R52", "R53", "R54", "R57", "R58", "R40"]],
  ["E11", ["R47", "R48"]],
  ["E13", ["R59", "R60", "R61", "R62"]],
  ["E15", ["R56", "R40"]],
] as const)("%s covers the rules the policy names for it: %s", (email, rules) => {
  expect(clausesOf(email).map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]));
});

/** The letters whose text matches: names of those that say what they should not. */
const saying = (words: RegExp, among: (sample: (typeof samples)[number]) => boolean): string[] =>
  samples
    .filter(among)
    .filter(({ email, locale, data }) =>
      words.test(render(email, locale, data).text.replaceAll("Ring Sizing Kit", "")),
    )
    .map(({ title }) => title);

describe("the two processes say nothing of each other", () => {
  /** Beside the letters that offer the other one. */
  const of =
    (process: Process) =>
    ({ email, data }: (typeof samples)[number]): boolean =>
      data.process === process && email !== "E6" && email !== "E12";

  it("R26: the paid process names no last complimentary day, and nothing that is free of charge", () => {
    expect(saying(/complimentary|無償/, of("repair-and-maintenance"))).toEqual([]);
    expect(saying(/complimentary|無償/, of("complimentary-resizing"))).not.toEqual([]);
  });
  it("R9: the complimentary process names no invoice to pay, and no surcharge", () => {
    const money = /to be paid|Please pay|charge the difference|お支払いください|差額/;
    expect(saying(money, of("complimentary-resizing"))).toEqual([]);
    expect(saying(money, of("repair-and-maintenance"))).not.toEqual([]);
  });
});

it("R11: a letter speaks of a ring only where a piece is one", () => {
  const noRing = ({ data }: (typeof samples)[number]) => data.items.every(({ kind }) => kind !== "ring");
  expect(saying(/\brings?\b|リング/, noRing)).toEqual([]);
  expect(samples.filter(noRing).length).toBeGreaterThan(40);
});
