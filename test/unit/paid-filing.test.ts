/** The paid process from the request to its verdict: which services may be asked for, and with what (R16–R26). */
import { describe, expect, it } from "vitest";
import { OpenCaseRequest, type Opened, openCase } from "../../lambdas/actions/open-case.ts";
import type { Assessment } from "../../lambdas/domain/assessment.ts";
import type { Design } from "../../lambdas/domain/design.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import type { Ring } from "../../lambdas/domain/ring.ts";
import { publicOperations } from "../../lambdas/handlers/api/public/public.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { parsed } from "../../lambdas/platform/http.ts";
import { aDesign, aMedia, aRing, CASE_ID } from "../builders/case-file.ts";
import { memoryStore } from "../builders/memory-store.ts";
import { act, aPaidFile, aPaidItem, faultsOf, messagesOf, NOW, problemOf, staff } from "../builders/paid.ts";

const OTHER = CaseId.parse("CW-0000000000");
const SERVICES = ["polishing", "engraving", "engraving-erasure", "re-engraving", "paid-resizing"] as const;
const aurora = aDesign({ services: [...SERVICES] });
const exchanged = aDesign({
  designNumber: "R-3001",
  name: "Hanabi",
  resizing: { category: "exchange-paid" },
  services: ["polishing", "paid-exchange"],
});
const unavailable = aDesign({
  designNumber: "R-4001",
  name: "Knot",
  resizing: { category: "unavailable" },
  services: ["polishing", "paid-resizing", "paid-exchange"],
});
const bracelet = aDesign({
  designNumber: "B-6001",
  name: "Tatewaku",
  kind: "bracelet",
  resizing: { category: "unavailable" },
  availableSizes: [],
  services: ["polishing", "engraving", "paid-resizing"],
});
const DESIGNS = [aurora, exchanged, unavailable, bracelet];

interface Filing {
  readonly designs?: readonly Design[];
  readonly rings?: readonly Ring[];
  readonly now?: string;
  readonly process?: string;
}
const POLISH = { services: ["polishing"], description: "Please make it shine again" };
const RESIZE = { ...POLISH, services: ["paid-resizing"], sizeAtPurchase: 11, desiredSize: 13 };
const item = (wish: object) => ({ design: "Aurora", designNumber: "R-1001", ...wish });

const requestOf = (items: readonly object[], process = "repair-and-maintenance") => ({
  process,
  customer: { name: "Jane Doe", email: "jane.doe@example.com" },
  items: items.map(item),
});
function filed(
  items: readonly object[],
  { designs = DESIGNS, rings = [], now = NOW, process }: Filing = {},
): Opened {
  const reference = {
    rings: new Map(rings.map((ring) => [ring.serialNumber, ring])),
    designs: new Map(designs.map((design) => [design.designNumber, design])),
  };
  const request = parsed(OpenCaseRequest, requestOf(items, process));
  return openCase(request, reference, { now, brand, caseId: CaseId.parse(CASE_ID) });
}
/** Verdict and codes in one line; a refusal's from the problem it is told with. */
function said(wish: object, filing: Filing = {}): string {
  const tell = ({ verdict, reasons }: Assessment) =>
    [verdict, ...reasons.map((reason) => reason.code)].join(" ");
  try {
    return tell(filed([wish], filing).file.case.assessment.result);
  } catch {
    return tell(problemOf(() => filed([wish], filing)).extensions.assessment as Assessment);
  }
}
const faults = (wish: object, filing: Filing = {}) => faultsOf(() => filed([wish], filing));

describe("a request for paid services (R1, R23)", () => {
  it("R23: a service and a description suffice: no serial number, no size, no date", () => {
    const { file, change } = filed([POLISH]);
    expect(file.case).toMatchObject({
      process: "repair-and-maintenance",
      machine: "repair-and-maintenance",
      stage: "photos-requested",
      assessment: { result: { verdict: "paid", reasons: [], next: "photos-requested", provisional: false } },
    });
    expect(file.mails.map((mail) => mail.mailId)).toEqual(["E1#filed"]);
    expect(change).toMatchObject({ rings: [], start: { machine: "repair-and-maintenance", waitNo: 0 } });
  });

  it.each([
    ["no service", { services: undefined }, ["items[0].services R23"]],
    ["an empty list of services", { services: [] }, ["items[0].services R23"]],
    ["no description", { description: undefined }, ["items[0].description R23"]],
    ["a blank description", { description: " \n " }, ["items[0].description R23"]],
    [
      "neither",
      { services: [], description: undefined },
      ["items[0].services R23", "items[0].description R23"],
    ],
  ])("R23: %s is named by its path", (_, wish, expected) => {
    expect(faults({ ...POLISH, ...wish })).toEqual(expected);
  });

  it("R23: what nobody offers is no service", () => {
    const problem = problemOf(() => filed([{ ...POLISH, services: ["gilding"] }]));
    expect([problem.code, problem.errors[0]?.path]).toEqual(["invalid-request", "items[0].services[0]"]);
  });

  it("R26: there is no time limit, however long ago the ring was delivered", () => {
    const years = { ...RESIZE, deliveryDate: "2009-01-01" };
    expect(said(years, { now: "2031-01-01T00:00:00.000Z" })).toBe("paid");
    expect(filed([years]).file.case.assessment.result.lastComplimentaryDay).toBeNull();
  });

  it("R5: the complimentary right, used or free, does not matter and is not touched", () => {
    const serialNumber = "SN-2026-0001";
    for (const right of [{ state: "free" }, { state: "used", by: OTHER, at: NOW }] as const) {
      const { change } = filed([{ ...RESIZE, serialNumber }], { rings: [aRing({ right })] });
      expect(change.rings).toMatchObject([{ after: { openCase: CASE_ID, right } }]);
    }
  });
});

describe("engraving (R23, R24)", () => {
  const engraved = (engraving: unknown, services: string[] = ["engraving"]) => ({
    ...POLISH,
    services,
    engraving,
  });

  it.each([
    ["the text is missing", engraved(undefined)],
    ["the text is blank", engraved("   ")],
    ["the text of a re-engraving is missing", engraved(undefined, ["re-engraving"])],
    ["a text without a service for it", engraved("Ever", ["polishing"])],
    ["a text for an erasure", engraved("Ever", ["engraving-erasure"])],
    ["21 characters where 20 are possible", engraved("ABCDEFGHIJKLMNOPQRSTU")],
    ["another script", engraved("永遠")],
    ["a heart", engraved("you ♥ me")],
    ["a line break", engraved("you\nme")],
  ])("R23: %s is refused at the text's own path", (_, wish) => {
    expect(faults(wish)).toEqual(["items[0].engraving R23"]);
  });

  it("R23: too long and of the wrong characters are told together", () => {
    expect(faults(engraved("♥ABCDEFGHIJKLMNOPQRSTU"))).toEqual([
      "items[0].engraving R23",
      "items[0].engraving R23",
    ]);
  });

  it.each(["ABCDEFGHIJKLMNOPQRST", "J & K 12.31.'26", "Jane + John: 4/5?!"])(
    "R23: what the engraver can do is taken: %s",
    (text) => {
      expect(said(engraved(text))).toBe("paid");
      expect(said(engraved(text, ["re-engraving"]))).toBe("paid");
    },
  );

  it("R23: is kept without the space around it, and a blank text is none", () => {
    expect(filed([engraved("  J & K ")]).file.case.items[0]?.engraving).toBe("J & K");
    expect(filed([engraved(" ", ["polishing"])]).file.case.items[0]).not.toHaveProperty("engraving");
  });

  it("R23: the message names the characters, also those that cannot be seen, and the length", () => {
    const told = (text: string) => messagesOf(() => filed([engraved(text)])).join(" ");
    expect(told("you ♥ me ♥")).toMatch(/cannot be engraved: ♥$/);
    expect(told("you\nme")).toMatch(/line break/);
    expect(told("you\u00a0me")).toMatch(/space/);
    expect(told("ABCDEFGHIJKLMNOPQRSTU")).toMatch(/20 characters.*has 21/);
  });
});

describe("services that contradict each other (R24)", () => {
  it.each([
    ["paid-resizing", "paid-exchange"],
    ["engraving", "re-engraving"],
    ["engraving", "engraving-erasure"],
    ["engraving-erasure", "re-engraving"],
  ])("R24: %s and %s", (...services) => {
    const wish = {
      ...POLISH,
      services,
      ...(services.some((one) => one === "engraving" || one === "re-engraving") ? { engraving: "Ever" } : {}),
    };
    expect(faults(wish)).toEqual(["items[0].services R24"]);
    expect(faults({ ...wish, services: services.toReversed() })).toEqual(["items[0].services R24"]);
  });

  it("R24: one named twice, by its own path", () => {
    expect(faults({ ...POLISH, services: ["polishing", "other", "polishing"] })).toEqual([
      "items[0].services[2] R24",
    ]);
  });

  it("R24: whatever else goes together is taken", () => {
    const services = ["polishing", "re-engraving", "paid-resizing"];
    expect(said({ ...RESIZE, services, engraving: "Ever" })).toBe("paid");
  });
});

describe("what the design allows (R16–R21, R25)", () => {
  it("R25: an unlisted service is filed, and a person decides", () => {
    expect(said({ ...POLISH, services: ["other"] })).toBe("needs-review service-unlisted");
    const { file } = filed([{ ...POLISH, services: ["other"] }]);
    expect(file.case.stage).toBe("photos-requested");
    expect(file.case.assessment.result.reasons[0]?.text).toContain("another service");
  });

  it("R25: a person approves it by saying yes: nothing has to be set aside", () => {
    const services = ["other" as const, "paid-resizing" as const];
    const file = aPaidFile(["photos", "review"], {
      case: { items: [aPaidItem({ services })] },
      media: [aMedia({ slot: "certificate" })],
    });
    const approval = {
      decision: "approve",
      items: [{ serialNumber: "SN-2026-0001", customsValueCents: 120_000, insuredValueCents: 150_000 }],
      invoice: {
        lines: [
          { kind: "service", text: "A new clasp", amountCents: 9_000 },
          { kind: "shipping", text: "FedEx to Japan", amountCents: 8_000 },
        ],
      },
    };
    const change = act(staff("representative"), "review", file, approval);
    expect(change.answer?.outcome).toBe("approved");
    expect(change.case?.assessment?.result).toMatchObject({
      verdict: "needs-review",
      reasons: [{ rule: "R25" }],
    });
  });

  it("R4: an unknown design is filed as well, whatever is asked for", () => {
    const unknown = { designNumber: "R-9999" };
    expect(said({ ...POLISH, ...unknown })).toBe("needs-review design-unknown");
    expect(said({ ...RESIZE, ...unknown })).toBe("needs-review design-unknown");
  });

  it.each([
    ["R18: a size the design is not made in", { desiredSize: 7.5 }, "size-not-available size-out-of-range"],
    ["R19: four up from the size at purchase", { desiredSize: 15 }, "size-out-of-range"],
    ["R20: the size it has", { desiredSize: 11 }, "same-size"],
    [
      "R18: of an exchange too",
      { designNumber: "R-3001", services: ["paid-exchange"], desiredSize: 7.5 },
      "size-not-available",
    ],
    ["R17: no resizing where sizes cannot be changed", { designNumber: "R-4001" }, "size-change-unavailable"],
    [
      "R17: nor an exchange",
      { designNumber: "R-4001", services: ["paid-exchange"] },
      "size-change-unavailable",
    ],
    ["R20: jewelry that is no ring", { designNumber: "B-6001" }, "not-a-ring"],
  ])("%s is refused, with the assessment and no case", (_, wish, codes) => {
    const refused = { ...RESIZE, ...wish };
    expect(said(refused)).toBe(`refused ${codes}`);
    const problem = problemOf(() => filed([refused]));
    expect(problem).toMatchObject({ code: "rule-broken", extensions: { assessment: { next: null } } });
    expect(problem.errors.map((fault) => fault.path)).toContain("items[0]");
  });

  it("R17: other services stay possible", () => {
    expect(said({ ...POLISH, designNumber: "R-4001" })).toBe("paid");
  });

  it("R16, R18: a paid exchange is bound by the available sizes alone", () => {
    const exchange = { ...RESIZE, designNumber: "R-3001", services: ["paid-exchange"], desiredSize: 15 };
    const { result } = filed([exchange]).file.case.assessment;
    expect(result.items).toMatchObject([{ verdict: "paid", outcome: "exchange" }]);
    expect(result.permittedSizes).toEqual([7, 8, 9, 10, 12, 13, 14, 15]);
  });

  it("R21: who asks to have a ring resized that is only exchanged gets what its design says, from a person", () => {
    const { result } = filed([{ ...RESIZE, designNumber: "R-3001" }]).file.case.assessment;
    expect(result.items).toMatchObject([{ verdict: "needs-review", outcome: "exchange" }]);
  });

  it("R21, R25: an exchange of a ring that could be resized is a person's to allow, and no range binds it", () => {
    const exchange = { ...RESIZE, services: ["paid-exchange"], desiredSize: 15 };
    expect(filed([exchange]).file.case.assessment.result).toMatchObject({
      verdict: "needs-review",
      reasons: [{ rule: "R25", code: "service-unlisted" }],
      items: [{ outcome: "exchange" }],
    });
  });

  it("R8: an unknown size is an answer, and asked for again", () => {
    expect(said({ ...RESIZE, desiredSize: "unknown" })).toBe("needs-review size-missing");
    expect(said({ ...RESIZE, desiredSize: undefined })).toBe("needs-review size-missing");
  });

  it("R23: a size without a service that changes it is a contradiction; not knowing one is none", () => {
    expect(faults({ ...POLISH, desiredSize: 13 })).toEqual(["items[0].desiredSize R23"]);
    expect(said({ ...POLISH, desiredSize: "unknown" })).toBe("paid");
    expect(said({ ...POLISH, sizeAtPurchase: 11 })).toBe("paid");
  });

  it("R24: a bracelet is engraved, and photographed as what it is", () => {
    const { file } = filed([
      { ...POLISH, designNumber: "B-6001", services: ["engraving"], engraving: "Ever" },
    ]);
    expect(file.case.assessment.result.verdict).toBe("paid");
    expect(file.case.shots.map((shot) => shot.slot)).toEqual(brand.shotsOfOtherJewelry);
  });
});

describe("one ring, one case (R20)", () => {
  const serialNumber = "SN-2026-0001";

  it("R20: a second open case on the serial number is refused", () => {
    expect(said({ ...POLISH, serialNumber }, { rings: [aRing({ openCase: OTHER })] })).toBe(
      "refused open-case",
    );
  });

  it("R5: so is a ring that was exchanged away", () => {
    expect(said({ ...POLISH, serialNumber }, { rings: [aRing({ successor: "SN-2" })] })).toBe(
      "refused exchanged-away",
    );
  });

  it("R20: one serial number on two items is refused on both, however it is spelled", () => {
    expect(
      faultsOf(() =>
        filed([
          { ...POLISH, serialNumber },
          { ...POLISH, serialNumber: "sn-2026-0001" },
        ]),
      ),
    ).toEqual(["items[0] R20", "items[1] R20"]);
  });
});

describe("several items, each with services of its own", () => {
  const wishes = [
    { ...RESIZE, serialNumber: "SN-1" },
    { ...POLISH, serialNumber: "SN-2" },
    { ...POLISH, designNumber: "B-6001", services: ["engraving"], engraving: "Ever" },
  ];

  it("R24: each is judged by what is asked for it, and has its own photos", () => {
    const { file } = filed(wishes);
    expect(file.case.assessment.result.items).toMatchObject([
      { verdict: "paid", outcome: "resize" },
      { verdict: "paid", outcome: null },
      { verdict: "paid", outcome: null },
    ]);
    const slots = file.case.shots.map((shot) => shot.slot);
    for (const slot of ["certificate", "2-certificate", "3-certificate", "2-inside"])
      expect(slots).toContain(slot);
    expect(slots).not.toContain("3-inside");
  });

  it("every fault of every item is named at once", () => {
    expect(
      faultsOf(() =>
        filed([
          { ...RESIZE, services: ["polishing"] },
          { ...POLISH, services: ["engraving"], description: "" },
        ]),
      ),
    ).toEqual(["items[0].desiredSize R23", "items[1].description R23", "items[1].engraving R23"]);
  });

  it("one refused item refuses the request, and is the one named", () => {
    const problem = problemOf(() => filed([POLISH, { ...RESIZE, desiredSize: 15 }]));
    expect(problem.errors.map(({ path, rule }) => `${path} ${rule}`)).toEqual(["items[1] R19"]);
    expect(problem.extensions.assessment).toMatchObject({
      verdict: "refused",
      items: [{ verdict: "paid" }, { verdict: "refused" }],
    });
  });

  it("R25: one item for a person leaves the request one for a fee", () => {
    expect(filed([POLISH, { ...POLISH, services: ["other"] }]).file.case.assessment.result).toMatchObject({
      verdict: "paid",
      reasons: [{ code: "service-unlisted" }],
    });
  });
});

describe("the complimentary process changes sizes and does nothing else (R1, R9)", () => {
  const free = { process: "complimentary-resizing" };
  const SIZE = { sizeAtPurchase: 11, desiredSize: 13, serialNumber: "SN-1", deliveryDate: "2026-03-01" };

  it("R9: another service in it is refused, rather than left out without a word", () => {
    expect(faults({ ...SIZE, services: ["paid-resizing", "polishing"] }, free)).toEqual([
      "items[0].services[1] R9",
    ]);
    expect(faults({ ...SIZE, engraving: "Ever" }, free)).toEqual(["items[0].engraving R9"]);
    expect(said({ ...SIZE, services: [], engraving: " ", description: "One size up" }, free)).toBe(
      "complimentary delivery-date-provisional",
    );
  });
});

describe("POST /assessments: what filing it now would give", () => {
  const ring = aRing({ sizeAtPurchase: 10, currentSize: 12 });
  const serialNumber = ring.serialNumber;
  async function assessed(items: readonly object[]): Promise<Assessment> {
    const store = memoryStore();
    store.rings.set(ring.serialNumber, ring);
    for (const design of DESIGNS) store.designs.set(design.designNumber, design);
    const operations = publicOperations({
      store,
      brand,
      enquiries: { load: () => Promise.resolve(undefined), receive: () => Promise.reject(new Error("no")) },
    });
    const { process } = requestOf(items);
    const reply = await operations.assess?.run({
      now: NOW,
      path: {},
      query: {},
      headers: {},
      claims: undefined,
      body: () => ({ process, items: items.map(item) }),
      raw: () => new Uint8Array(),
    });
    return reply?.body as Assessment;
  }

  const CASES: readonly (readonly [string, readonly object[]])[] = [
    ["a polishing", [POLISH]],
    ["a resizing", [RESIZE]],
    ["by the ledger's sizes", [{ ...RESIZE, serialNumber }]],
    ["the current size by the ledger", [{ ...RESIZE, serialNumber, desiredSize: 12 }]],
    ["an unknown size", [{ ...RESIZE, desiredSize: "unknown" }]],
    ["an exchange", [{ ...RESIZE, designNumber: "R-3001", services: ["paid-exchange"], desiredSize: 15 }]],
    ["an unlisted service", [{ ...POLISH, services: ["other"] }]],
    ["an unknown design", [{ ...POLISH, designNumber: "R-9999" }]],
    ["out of range", [{ ...RESIZE, desiredSize: 15 }]],
    ["no size change at all", [{ ...RESIZE, designNumber: "R-4001" }]],
    ["one of two refused", [POLISH, { ...RESIZE, designNumber: "B-6001" }]],
    [
      "one serial number twice",
      [
        { ...POLISH, serialNumber: "SN-7" },
        { ...POLISH, serialNumber: "SN-7" },
      ],
    ],
  ];
  /** What filing gives: the case's first stage, or null where there is none, and the verdict. */
  function outcomeOf(items: readonly object[]): { stage: string | null; assessment: Assessment } {
    try {
      const { stage, assessment } = filed(items, { rings: [ring] }).file.case;
      return { stage, assessment: assessment.result };
    } catch {
      const refused = problemOf(() => filed(items, { rings: [ring] }));
      return { stage: null, assessment: refused.extensions.assessment as Assessment };
    }
  }

  it.each(CASES)("%s", async (_, items) => {
    const before = await assessed(items);
    expect(outcomeOf(items)).toEqual({ stage: before.next, assessment: before });
  });

  it("the table holds refusals and requests that are filed", () => {
    const verdicts = CASES.map(([, items]) => outcomeOf(items).assessment.verdict);
    expect(new Set(verdicts)).toEqual(new Set(["paid", "needs-review", "refused"]));
  });
});

describe("what is wrong is said in plain words", () => {
  it("no message shows a name of the code", () => {
    const wishes = [
      { ...POLISH, services: [], description: "" },
      { ...POLISH, services: ["engraving"] },
      { ...POLISH, engraving: "Ever" },
      { ...POLISH, services: ["engraving"], engraving: "永遠永遠永遠永遠永遠永遠永遠永遠永遠永遠永遠" },
      { ...POLISH, desiredSize: 13 },
      { ...POLISH, services: ["paid-resizing", "paid-exchange", "paid-exchange"] },
      { ...POLISH, services: ["engraving-erasure", "re-engraving"], engraving: "Ever" },
      { ...RESIZE, desiredSize: 15 },
      { ...RESIZE, designNumber: "B-6001" },
    ];
    const messages = wishes.flatMap((wish) => messagesOf(() => filed([wish])));
    expect(messages.length).toBeGreaterThan(wishes.length);
    for (const message of messages) {
      expect(message).not.toMatch(/[a-z][A-Z]|paid-|-erasure|-and-|undefined/);
      expect(message.length).toBeGreaterThan(20);
    }
  });
});
