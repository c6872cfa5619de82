import { describe, expect, it } from "vitest";
import { html } from "../../lambdas/emails/html.ts";
import { facts, link, list, p, quote, say, strong } from "../../lambdas/emails/letter.ts";
import { page } from "../../lambdas/emails/page.ts";
import { blockText, inlineText } from "../../lambdas/emails/plain-text.ts";
import { until } from "../../lambdas/emails/wording.ts";

const hostile = `"><img src=x onerror='alert(1)'>&`;
const harmless = "&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;";

describe("the html tag", () => {
  it("escapes what is put in, wherever it stands", () => {
    expect(html`<a href="${hostile}">${hostile}</a>`.toString()).toBe(
      `<a href="${harmless}">${harmless}</a>`,
    );
    expect(html`<ul>${[hostile, html`<li>${hostile}</li>`]}</ul>`.toString()).toBe(
      `<ul>${harmless}<li>${harmless}</li></ul>`,
    );
  });
  it("leaves out what is false or absent, and shows zero", () => {
    expect(html`${false}${undefined}${0}`.toString()).toBe("0");
  });
  it("does not escape twice", () => {
    expect(html`${html`<b>${"&"}</b>`}`.toString()).toBe("<b>&amp;</b>");
  });
});

describe("a letter", () => {
  const frame = {
    caseId: "CW-7K3M9Q2XAB",
    customerName: hostile,
    brandName: "CIWAKA",
    senderName: "CIWAKA",
    linkUrl: "http://localhost:3000/case#token=x",
    links: { contact: "https://example.com/contact", policy: "https://example.com/policy" },
  };
  it("keeps what a person typed from becoming a tag, in every kind of block", () => {
    const text = page(
      "en",
      {
        subject: hostile,
        preheader: hostile,
        title: hostile,
        body: [p`${hostile}`, list([say`${hostile}`]), facts([[hostile, say`${hostile}`]]), quote(hostile)],
        button: hostile,
      },
      frame,
    );
    expect(text).not.toContain("<img");
    expect(text.split(harmless)).toHaveLength(11);
  });
  it("puts a link's address in brackets into the text, and keeps line breaks of somebody's words", () => {
    expect(inlineText(say`See ${link("our page", "https://example.com/a")}, ${strong("today")}.`)).toBe(
      "See our page <https://example.com/a>, today.",
    );
    expect(blockText(quote("one\ntwo"))).toBe("> one\n> two");
  });
});

describe("a deadline in words", () => {
  it("R64: is a date in the zone of the customer", () => {
    const at = "2026-03-28T03:59:59.999Z";
    expect(until("en", { at, zone: "America/New_York" })).toBe("Friday, March 27, 2026");
    expect(until("ja", { at, zone: "America/New_York" })).toBe("2026年3月27日（金）");
  });
  it("names the hour where the day does not last to its end", () => {
    const at = "2026-03-28T03:59:59.999Z";
    expect(until("en", { at, zone: "Pacific/Honolulu" })).toMatch(/^Friday, March 27, 2026, 5:59\sPM HST$/);
    expect(until("ja", { at, zone: "Pacific/Honolulu" })).toMatch(/^2026年3月27日（金） 17:59 /);
  });
});
