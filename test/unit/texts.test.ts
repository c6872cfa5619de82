import { describe, expect, it } from "vitest";
import { Service } from "../../lambdas/domain/design.ts";
import { REASON_TEXTS, type ReasonTexts, SERVICE_NAMES } from "../../lambdas/domain/texts.ts";

/** One call of every text, with arguments that must be found again in what it says. */
const CALLS: Record<
  keyof ReasonTexts,
  [call: (texts: ReasonTexts) => string, ...says: Record<"en" | "ja", string>[]]
> = {
  notARing: [(t) => t.notARing()],
  sizeChangeUnavailable: [(t) => t.sizeChangeUnavailable()],
  sizeNotAvailable: [(t) => t.sizeNotAvailable(7.5), { en: "size 7.5", ja: "7.5号" }],
  sizeOutOfRange: [
    (t) => t.sizeOutOfRange(15, 8, 14),
    { en: "size 15", ja: "15号" },
    { en: "8 to 14", ja: "8号から14号" },
  ],
  sameSize: [(t) => t.sameSize(11), { en: "size 11", ja: "11号" }],
  openCase: [(t) => t.openCase()],
  serialTwice: [(t) => t.serialTwice("SN-1"), { en: "SN-1", ja: "SN-1" }],
  exchangedAway: [(t) => t.exchangedAway()],
  afterWindow: [(t) => t.afterWindow("2026-03-31"), { en: "March 31, 2026", ja: "2026年3月31日" }],
  sizeLate: [(t) => t.sizeLate("2026-03-31"), { en: "March 31, 2026", ja: "2026年3月31日" }],
  rightUsed: [(t) => t.rightUsed()],
  rightReserved: [(t) => t.rightReserved()],
  exchangePaid: [(t) => t.exchangePaid()],
  feeAlways: [(t) => t.feeAlways()],
  feeApplies: [(t) => t.feeApplies()],
  designUnknown: [(t) => t.designUnknown()],
  deliveryDateMissing: [(t) => t.deliveryDateMissing()],
  deliveryDateAhead: [(t) => t.deliveryDateAhead("2026-04-02"), { en: "April 2, 2026", ja: "2026年4月2日" }],
  deliveryDateProvisional: [
    (t) => t.deliveryDateProvisional("2026-03-01"),
    { en: "March 1, 2026", ja: "2026年3月1日" },
  ],
  serialNumberMissing: [(t) => t.serialNumberMissing()],
  sizeMissing: [(t) => t.sizeMissing("2026-03-31"), { en: "by March 31, 2026", ja: "2026年3月31日までに" }],
  sizeAtPurchaseMissing: [(t) => t.sizeAtPurchaseMissing()],
  serviceMissing: [(t) => t.serviceMissing()],
  serviceUnlisted: [
    (t) => t.serviceUnlisted(["engraving", "other"]),
    { en: "engraving, another service", ja: "刻印、その他のサービス" },
  ],
  designCorrected: [(t) => t.designCorrected("Aurora"), { en: "Aurora", ja: "「Aurora」" }],
};

describe.each(["en", "ja"] as const)("reasons in %s", (locale) => {
  it.each(Object.entries(CALLS))(
    "%s is a whole sentence that says what it was told",
    (_, [call, ...says]) => {
      const text = call(REASON_TEXTS[locale]);
      expect(text.length).toBeLessThan(300);
      expect(text).not.toContain("undefined");
      expect(/[ぁ-ん]/.test(text)).toBe(locale === "ja");
      for (const told of says) expect(text).toContain(told[locale]);
    },
  );

  it("R8: names the sizing kit whether or not a last day is known", () => {
    const kit = { en: "Ring Sizing Kit", ja: "計測キット" }[locale];
    expect(REASON_TEXTS[locale].sizeMissing(undefined)).toContain(kit);
    expect(REASON_TEXTS[locale].sizeMissing("2026-03-31")).toContain(kit);
  });

  it("R24: every service has a name", () => {
    for (const service of Service.options) expect(SERVICE_NAMES[locale][service]).not.toBe("");
  });
});
