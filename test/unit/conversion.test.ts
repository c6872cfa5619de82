/** From one process to the other, both ways: what is offered, what is kept, what is asked next (R1, R5, R12). */
import { describe, expect, it } from "vitest";
import type { Process } from "../../lambdas/domain/assessment.ts";
import type { Case, CaseItem } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import type { Asks, Wait } from "../../lambdas/domain/wait.ts";
import { waitRow } from "../../lambdas/domain/wait-table.ts";
import { customerView } from "../../lambdas/handlers/api/customer/view.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aDesign, aMedia, anItem, aRing, CASE_ID, CONTACT_AT } from "../builders/case-file.ts";
import { anInvoice, aPayment } from "../builders/invoice.ts";
import {
  act,
  aFileAt,
  aFreeFile,
  after,
  aPaidFile,
  aPaidItem,
  aPolishedItem,
  CONTACT,
  CUSTOMER,
  faultsOf,
  NOW,
  problemOf,
  staff,
} from "../builders/paid.ts";

const OTHER = CaseId.parse("CW-0000000000");
const KIM = staff("representative");
const PAID = "repair-and-maintenance";
const FREE = "complimentary-resizing";
type Known = Parameters<typeof act>[4];

const REASON = { reason: "We have looked into it once more" };
const offer = (file: CaseFile, known?: Known): Change => act(KIM, "conversion", file, REASON, known);
const answer = (file: CaseFile, accept: boolean, known?: Known): Change =>
  act(CUSTOMER, "conversion", file, { accept }, known);
/** The case once staff have offered the other process. */
const offered = (file: CaseFile, known?: Known): CaseFile => after(file, offer(file, known));
const accepted = (file: CaseFile, known?: Known): CaseFile => after(file, answer(file, true, known));
const refused = (file: CaseFile, known?: Known): CaseFile => after(file, answer(file, false, known));

const present = (file: CaseFile): Wait | undefined => file.waits.find((wait) => wait.no === file.case.waitNo);

/** Facts a conversion must not lose. */
const KEPT = {
  media: [aMedia(), aMedia({ slot: "certificate", mediaId: "c".repeat(32) })],
  messages: [{ no: 1, at: NOW, from: "customer" as const, by: "customer", text: "Will it hold?" }],
  notes: [{ at: NOW, by: "staff:Kim", text: "A regular" }],
};

/** Questions of each process at which the other can still be offered, with those before them. */
const WAY: Record<Process, readonly (readonly Asks[])[]> = {
  [FREE]: [
    ["photos"],
    ["photos", "review"],
    ["photos", "review", "shipping-details"],
    ["photos", "review", "shipping-details", "export-clearance"],
  ],
  [PAID]: [
    ["photos"],
    ["photos", "review"],
    ["photos", "review", "payment"],
    ["photos", "review", "payment", "ship-date"],
    ["photos", "review", "payment", "ship-date", "export-clearance"],
  ],
};
const AT_EVERY_QUESTION = ([FREE, PAID] as const).flatMap((process) =>
  WAY[process].map((questions) => [questions.at(-1) ?? "photos", process, questions] as const),
);
const itemFor = (process: Process): CaseItem =>
  process === PAID ? aPaidItem({ deliverySource: "carrier" }) : anItem({ deliverySource: "carrier" });
const fileFor = (process: Process, questions: readonly Asks[], fields: Partial<Case> = {}): CaseFile =>
  aFileAt(process, questions, { ...KEPT, case: { items: [itemFor(process)], ...fields } });

describe("offered by staff (R1, R29)", () => {
  it.each(AT_EVERY_QUESTION)(
    "while %s is awaited in %s: the customer is asked, and told why",
    (asks, process, questions) => {
      const file = fileFor(process, questions);
      const change = offer(file);
      const next = after(file, change);
      expect(change.answer).toEqual({ outcome: "offered", by: "staff:Kim" });
      expect(next.case).toMatchObject({
        stage: "conversion-offered",
        process,
        machine: process,
        attempt: file.case.attempt + 1,
        waitNo: file.case.waitNo + 1,
        conversionOffer: { to: process === FREE ? PAID : FREE, text: REASON.reason, by: "staff:Kim" },
      });
      expect(change.start).toEqual({
        machine: process,
        resumeAt: "Await conversion",
        waitNo: file.case.waitNo,
      });
      expect(present(next)).toMatchObject({ asks: "conversion", no: file.case.waitNo + 1 });
      expect(present(next)).not.toHaveProperty("answer");
      expect(next.mails.map((mail) => mail.email)).toEqual(["E6"]);
      expect(next.waits.find((wait) => wait.no === file.case.waitNo)).toMatchObject({
        asks,
        answer: { outcome: "offered" },
      });
    },
  );

  it.each([
    "dispatch",
    "receipt",
    "discrepancy",
    "work",
    "inspection",
    "surcharge",
    "return-delivery",
  ] as const)("while %s is awaited it is too late: 409 with the stage", (asks) => {
    for (const process of [FREE, PAID] as const) {
      const problem = problemOf(() => offer(fileFor(process, ["photos", "review", asks])));
      expect([problem.status, problem.extensions.stage]).toEqual([409, waitRow(asks).stage]);
    }
  });

  it("while it is offered already: in the same words nothing changes, in others 409", () => {
    const file = offered(fileFor(PAID, ["photos"]));
    expect(() => offer(file)).toThrow("nothing was changed");
    const inOtherWords = () => act(KIM, "conversion", file, { reason: "Other words" });
    expect(problemOf(inOtherWords).code).toBe("out-of-turn");
  });

  it("with its reason, by a representative or a manager", () => {
    const file = fileFor(FREE, ["photos"]);
    expect(faultsOf(() => act(KIM, "conversion", file, {}))).toEqual(["reason"]);
    for (const role of ["shipping", "workshop", "finance"] as const)
      expect(problemOf(() => act(staff(role), "conversion", file, REASON)).code).toBe("forbidden");
    expect(act(staff("manager"), "conversion", file, REASON).answer?.outcome).toBe("offered");
  });

  it("R29: a review says so as well, with its reason", () => {
    for (const process of [FREE, PAID] as const) {
      const file = fileFor(process, ["photos", "review"]);
      const reason = { code: "other", text: "The other service fits better" };
      const change = act(KIM, "review", file, { decision: "convert", reason });
      expect(change.answer?.outcome).toBe("convert");
      expect(change.case?.conversionOffer).toMatchObject({
        to: process === FREE ? PAID : FREE,
        text: reason.text,
        from: "review",
      });
      expect(faultsOf(() => act(KIM, "review", file, { decision: "convert" }))).toEqual(["reason R30"]);
    }
  });
});

describe("not offered where the rules forbid it (R9, R12, R17–R20)", () => {
  const refusal = (file: CaseFile, known?: Known) => problemOf(() => offer(file, known));
  const paidFile = (item: Partial<CaseItem>) =>
    aPaidFile(["photos", "review"], { case: { items: [aPaidItem({ deliverySource: "carrier", ...item })] } });

  it.each<[string, Partial<CaseItem>, Known]>([
    ["R6: after day 30", { deliveryDate: "2026-02-01" }, {}],
    [
      "R5: the right is used",
      {},
      { rings: [aRing({ openCase: CASE_ID, right: { state: "used", by: OTHER, at: NOW } })] },
    ],
    ["R13: the design carries a fee always", {}, { designs: [aDesign({ feeRequired: true })] }],
    ["R16: a paid exchange", {}, { designs: [aDesign({ resizing: { category: "exchange-paid" } })] }],
  ])("the complimentary process: %s, with the reason and the assessment", (name, item, known) => {
    const problem = refusal(paidFile(item), known);
    expect(problem.code).toBe("rule-broken");
    expect(problem.errors.map((fault) => [fault.path, fault.rule])).toContainEqual([
      "items[0]",
      name.split(":")[0],
    ]);
    expect(problem.extensions.assessment).toMatchObject({ verdict: "paid" });
  });

  it("R9: the complimentary process changes sizes and does nothing else", () => {
    for (const services of [["polishing"], ["paid-resizing", "polishing"]] as const) {
      const problem = refusal(paidFile({ services: [...services] }));
      expect(problem.errors.map((fault) => fault.rule)).toContain("R9");
      expect(problem.errors.map((fault) => fault.message).join(" ")).toMatch(/only a change of size/);
    }
  });

  it("R17: the paid process where sizes cannot be changed at all", () => {
    const designs = [aDesign({ resizing: { category: "unavailable" } })];
    const problem = refusal(fileFor(FREE, ["photos"]), { designs });
    expect(problem.errors.map((fault) => fault.rule)).toEqual(["R17"]);
    expect(problem.extensions.assessment).toMatchObject({ verdict: "refused" });
  });

  it("R22: a fact that is missing forbids nothing: it is asked for", () => {
    const unknown = paidFile({ deliveryDate: undefined, deliverySource: undefined });
    expect(offer(unknown).answer?.outcome).toBe("offered");
  });
});

describe("her yes: what is kept (R1)", () => {
  it.each(AT_EVERY_QUESTION)(
    "from %s in %s: number, photos, contact date, facts, messages and address",
    (_, process, questions) => {
      const file = offered(
        fileFor(process, questions, {
          customer: { name: "Jane Doe", email: "jane.doe@example.com", locale: "ja" },
          items: [{ ...itemFor(process), customsValueCents: 120_000, insuredValueCents: 150_000 }],
        }),
      );
      const next = accepted(file);
      expect(next.case).toMatchObject({
        caseId: CASE_ID,
        process: process === FREE ? PAID : FREE,
        machine: process === FREE ? PAID : FREE,
        contactAt: CONTACT_AT,
        customer: file.case.customer,
        order: file.case.order,
        shipping: CONTACT,
        conversionAcceptedAt: NOW,
      });
      const {
        serialNumber,
        desiredSize,
        sizeAtPurchase,
        deliveryDate,
        customsValueCents,
        insuredValueCents,
      } = file.case.items[0] ?? anItem();
      expect(next.case.items[0]).toMatchObject({
        serialNumber,
        desiredSize,
        sizeAtPurchase,
        deliveryDate,
        customsValueCents,
        insuredValueCents,
      });
      expect(next).toMatchObject(KEPT);
      expect(next.links).toEqual(file.links);
      for (const gone of ["conversionOffer", "review", "schedule", "overrides"])
        expect(next.case).not.toHaveProperty(gone);
    },
  );

  it("R6: the verdict is made anew, by the first contact and not by today", () => {
    const late = "2026-06-01T15:00:00.000Z";
    const file = offered(fileFor(PAID, ["photos", "review"]), { now: late });
    const { assessment } = accepted(file, { now: late }).case;
    expect(assessment).toMatchObject({
      madeAt: late,
      input: { process: FREE, contactAt: CONTACT_AT },
      result: { verdict: "complimentary", lastComplimentaryDay: "2026-03-31" },
    });
  });

  it("R21: a change of size becomes the service by the design", () => {
    const file = fileFor(FREE, ["photos"]);
    expect(accepted(offered(file)).case.items[0]?.services).toEqual(["paid-resizing"]);
    const designs = [aDesign({ resizing: { category: "exchange-complimentary" } })];
    expect(accepted(offered(file, { designs }), { designs }).case.items[0]?.services).toEqual([
      "paid-exchange",
    ]);
  });

  it("R21: the change of size is not lost beside other services", () => {
    const file = fileFor(FREE, ["photos"], { items: [anItem({ services: ["polishing"] })] });
    expect(accepted(offered(file)).case.items[0]?.services).toEqual(["polishing", "paid-resizing"]);
  });

  it("an outcome of the former process is none of the new; what was left out stays out", () => {
    const items = [
      anItem({ outcome: "exchange" }),
      anItem({ item: 2, serialNumber: "SN-2", dropped: true, outcome: "resize" }),
    ];
    const [first, second] = accepted(offered(fileFor(FREE, ["photos", "review"], { items }))).case.items;
    expect(first).not.toHaveProperty("outcome");
    expect(second).toEqual(items[1]);
  });
});

describe("her yes: what is asked next (R1, R31, R32)", () => {
  const without = (file: CaseFile): CaseFile => {
    const { shipping: _, ...rest } = file.case;
    return { ...file, case: rest };
  };
  const SHOTS = [{ slot: "top" }, { slot: "certificate" }];

  it.each<[string, Process, readonly Asks[], "address" | "no address", string, string[], boolean]>([
    ["neither photos nor address", FREE, ["photos"], "no address", "photos", ["top", "certificate"], true],
    ["the photos", FREE, ["photos"], "address", "photos", ["top", "certificate"], false],
    ["the address alone", FREE, ["photos", "review"], "no address", "photos", [], true],
    ["nothing", FREE, ["photos", "review"], "address", "review", [], false],
    ["nothing, after approval", FREE, WAY[FREE][2] ?? [], "address", "review", [], false],
    ["the photos, on the way back", PAID, ["photos"], "no address", "photos", ["top", "certificate"], false],
    ["nothing, on the way back", PAID, ["photos", "review"], "address", "review", [], false],
    ["nothing yet, on the way back", PAID, ["photos", "review"], "no address", "review", [], false],
    ["nothing, on the way back, though paid", PAID, WAY[PAID][3] ?? [], "address", "review", [], false],
  ])("%s is missing", (_name, process, questions, address, asks, slots, wantsContact) => {
    const shots = questions.length === 1 ? SHOTS : [];
    const known = fileFor(process, questions, { shots });
    const file = offered(address === "address" ? known : without(known));
    const change = answer(file, true);
    const next = after(file, change);
    expect(change.start).toEqual({
      machine: process === FREE ? PAID : FREE,
      resumeAt: waitRow(asks === "photos" ? "photos" : "review").state,
      waitNo: file.case.waitNo,
    });
    expect(present(next)).toMatchObject({ asks, attempt: file.case.attempt + 1 });
    const view = customerView(next, brand);
    expect(view.stage).toBe(asks === "photos" ? "photos-requested" : "in-review");
    expect(view.shots.map((shot) => shot.slot)).toEqual(slots);
    expect(view.wantsContact).toBe(wantsContact);
    expect(view.conversion).toBeNull();
  });

  it("R28: offered before anything was asked, the brand's own shots are asked for", () => {
    const file = aFreeFile(["conversion"], { case: { items: [anItem()], shots: [] } });
    expect(accepted(file).case.shots.map((shot) => shot.slot)).toEqual(brand.shots.map((shot) => shot.slot));
  });

  it("R29: photos wanted again are still wanted, and only those", () => {
    const review = { decision: "more-photos", at: NOW, by: "staff:Kim" };
    const file = fileFor(FREE, ["photos", "review", "photos"], { shots: [{ slot: "inside" }], review });
    const next = accepted(offered(file));
    expect(next.case.shots).toEqual([{ slot: "inside" }]);
  });

  it("R29: and a photo from before is no new one, in the other process either", () => {
    const review = { decision: "more-photos", at: NOW, by: "staff:Kim" };
    const file = fileFor(FREE, ["photos", "review", "photos"], { shots: [{ slot: "inside" }], review });
    const waits = file.waits.map((wait) =>
      wait.asks === "review"
        ? { ...wait, answer: { outcome: "more-photos", at: NOW, by: "staff:Kim" } }
        : wait,
    );
    const old = aMedia({ slot: "inside", mediaId: "7".repeat(32) });
    const fresh = aMedia({ slot: "inside", mediaId: "8".repeat(32), ticketAt: "2026-03-16T16:00:00.000Z" });
    const next = { ...accepted(offered({ ...file, waits })), media: [old, fresh] };
    const send = (mediaId: string) => act(CUSTOMER, "photos", next, { mediaIds: [mediaId] });
    expect(faultsOf(() => send(old.mediaId))).toEqual(["mediaIds R28"]);
    expect(send(fresh.mediaId).answer?.outcome).toBe("submitted");
  });

  it("the former question is answered, and its execution finds another attempt", () => {
    const file = offered(fileFor(FREE, ["photos", "review"]));
    const next = accepted(file);
    expect(next.waits.find((wait) => wait.no === file.case.waitNo)?.answer).toMatchObject({
      outcome: "accepted",
      by: "customer",
    });
    expect(next.case.attempt).toBe(file.case.attempt + 1);
  });
});

describe("her yes: the right and the money (R5, R9, R37)", () => {
  it("R5: the right that was set aside is free again in the paid process; the ring stays hers", () => {
    const ring = aRing({ openCase: CASE_ID, right: { state: "reserved", by: CASE_ID, at: NOW } });
    const known = { rings: [ring] };
    const file = offered(fileFor(FREE, WAY[FREE][2] ?? []), known);
    expect(answer(file, true, known).rings).toMatchObject([
      { before: ring.version, after: { right: { state: "free" }, openCase: CASE_ID } },
    ]);
  });

  it("R5: another case's right is left alone", () => {
    const ring = aRing({ openCase: CASE_ID, right: { state: "used", by: OTHER, at: NOW } });
    const known = { rings: [ring] };
    expect(answer(offered(fileFor(FREE, ["photos"]), known), true, known).rings).toEqual([]);
  });

  it("R5: in the complimentary process none is set aside before its own approval", () => {
    const known = { rings: [aRing({ openCase: CASE_ID })] };
    expect(answer(offered(fileFor(PAID, ["photos", "review"]), known), true, known).rings).toEqual([]);
  });

  const draft = anInvoice({ version: 2, kind: "supplement", status: "draft" });
  const superseded = anInvoice({ version: 3, status: "superseded" });
  const invoiced = (payments: CaseFile["payments"]): CaseFile => ({
    ...fileFor(PAID, WAY[PAID][3] ?? []),
    invoices: [anInvoice(), draft, superseded],
    payments,
  });

  it("R9: invoices and drafts are void in the complimentary process, and the provider is told", () => {
    const change = answer(offered(invoiced([])), true);
    expect(change.settles).toBe(true);
    expect(change.invoices?.map(({ version, status, closedAt }) => [version, status, closedAt])).toEqual([
      [1, "voided", NOW],
      [2, "voided", NOW],
    ]);
    expect(accepted(offered(invoiced([]))).case).not.toHaveProperty("refundDueSince");
  });

  it("R37: what was paid, all or part of it, is due back from then on, and not before", () => {
    for (const amountCents of [37_850, 1]) {
      const file = offered(invoiced([aPayment({ amountCents })]));
      expect(file.case).not.toHaveProperty("refundDueSince");
      expect(accepted(file).case.refundDueSince).toBe(NOW);
    }
  });

  it("to the paid process nothing is settled: there is nothing yet", () => {
    const change = answer(offered(fileFor(FREE, ["photos", "review"])), true);
    expect([change.invoices, change.settles]).toEqual([undefined, undefined]);
  });
});

describe("her no (R12)", () => {
  it("from the complimentary process it ends the case, whoever found the fee", () => {
    const byVerdict = aFreeFile(["conversion"], { case: { items: [anItem()] } });
    for (const file of [byVerdict, offered(fileFor(FREE, ["photos", "review"]))]) {
      const change = answer(file, false);
      expect(change).toMatchObject({
        answer: { outcome: "refused" },
        case: { ending: { stage: "declined", code: "conversion-refused" } },
        events: [{ type: "ConversionRefused", shown: true }],
      });
      expect(change.start).toBeUndefined();
    }
  });

  it.each<[Asks, readonly Asks[], Asks, string[]]>([
    ["photos", ["photos"], "photos", ["E2"]],
    ["review", ["photos", "review"], "review", []],
    ["payment", WAY[PAID][2] ?? [], "payment", []],
    ["ship-date", WAY[PAID][3] ?? [], "ship-date", ["E8"]],
    ["export-clearance", WAY[PAID][4] ?? [], "ship-date", ["E8"]],
  ])("from the paid one it goes on where it was: %s", (_, questions, asks, mails) => {
    const file = {
      ...fileFor(PAID, questions, { schedule: { earliest: 14, latest: 28 } }),
      invoices: questions.length > 2 ? [anInvoice()] : [],
      payments: questions.length > 3 ? [aPayment()] : [],
    };
    const asked = offered(file);
    const change = answer(asked, false);
    const next = after(asked, change);
    expect(change.answer?.outcome).toBe("kept");
    expect(change.start).toEqual({
      machine: PAID,
      resumeAt: waitRow(asks).state,
      waitNo: asked.case.waitNo,
    });
    expect(present(next)).toMatchObject({ asks, machine: PAID });
    expect(next.case).toMatchObject({
      process: PAID,
      stage: waitRow(asks).stage,
      items: file.case.items,
      schedule: file.case.schedule,
    });
    for (const gone of ["conversionOffer", "ending", "conversionAcceptedAt"])
      expect(next.case).not.toHaveProperty(gone);
    expect(next.invoices).toEqual(file.invoices);
    expect(change.mails?.map((mail) => mail.email)).toEqual(mails);
  });

  it("R37: paid meanwhile, the payment is not asked for again", () => {
    const asked = offered({ ...fileFor(PAID, WAY[PAID][2] ?? []), invoices: [anInvoice()] });
    const next = refused({ ...asked, payments: [aPayment()] });
    expect(present(next)).toMatchObject({ asks: "payment", answer: { outcome: "paid", by: "system" } });
  });

  it("of a review's offer in the paid process: the review decides again", () => {
    const file = aPaidFile(["photos", "review", "conversion"], {
      case: {
        conversionOffer: { to: FREE, text: "No fee is needed", at: NOW, by: "staff:Kim", from: "review" },
      },
    });
    expect(present(refused(file))?.asks).toBe("review");
  });
});

describe("out of turn", () => {
  it.each(["photos", "review", "payment", "work"] as const)(
    "nothing is offered while %s is awaited",
    (asks) => {
      const problem = problemOf(() => answer(fileFor(PAID, [asks]), true));
      expect([problem.status, problem.extensions.stage]).toEqual([409, waitRow(asks).stage]);
    },
  );

  it("her answer was given already", () => {
    const file = offered(fileFor(PAID, ["photos"]));
    const waits = file.waits.map((wait) =>
      wait.asks === "conversion"
        ? { ...wait, answer: { outcome: "accepted", at: NOW, by: "customer" } }
        : wait,
    );
    expect(problemOf(() => answer({ ...file, waits }, false)).status).toBe(409);
  });
});

describe("what her page says while it is offered (R9, R12)", () => {
  const shown = (file: CaseFile) => customerView(file, brand).conversion;

  it("R12: to the paid process: staff's words, then the verdict's reasons; R36–R40 and what is asked next", () => {
    const late = { deliveryDate: "2026-01-01" };
    const file = offered(fileFor(FREE, ["photos", "review"], { items: [anItem(late)] }));
    const view = shown(file);
    expect(view?.reasons[0]).toEqual({ rule: "R29", code: "review", text: REASON.reason });
    expect(view?.changes.map((change) => change.rule)).toEqual(["R36", "R37", "R38", "R39", "R40", "R32"]);
  });

  it("R9: to the complimentary one: what costs nothing any more, and what comes back", () => {
    const file = offered({
      ...fileFor(PAID, WAY[PAID][3] ?? []),
      invoices: [anInvoice()],
      payments: [aPayment()],
    });
    const view = shown(file);
    expect(view?.reasons).toEqual([{ rule: "R29", code: "review", text: REASON.reason }]);
    expect(view?.changes.map((change) => change.rule)).toEqual(["R9", "R5", "R37", "R31"]);
    expect(view?.changes[2]?.text).toContain("$378.50");
    const unpaid = shown(offered(fileFor(PAID, ["photos", "review"])));
    expect(unpaid?.changes.map((change) => change.rule)).toEqual(["R9", "R5", "R31"]);
  });

  it("both in Japanese", () => {
    const customer = { name: "Jane Doe", email: "jane.doe@example.com", locale: "ja" as const };
    for (const process of [FREE, PAID] as const) {
      const view = shown(offered(fileFor(process, ["photos", "review"], { customer })));
      for (const { text } of view?.changes ?? []) expect(text).toMatch(/[ぁ-ん]/);
    }
  });

  it("awaits her yes or no until a deadline, and nothing else", () => {
    const view = customerView(offered(fileFor(PAID, ["photos"])), brand);
    expect(view.awaiting).toMatchObject({ action: "conversion", by: "customer" });
    expect(view.awaiting?.deadline).not.toBeNull();
    expect(view.shots).toEqual([]);
  });
});

describe("there and back again", () => {
  it("R1: a case that came from the paid process goes back into it as it was", () => {
    const there = accepted(offered(fileFor(PAID, ["photos", "review"])));
    const known = { rings: [aRing({ openCase: CASE_ID, right: { state: "free" } })] };
    const back = accepted(offered(there, known), known);
    expect(back.case).toMatchObject({ process: PAID, stage: "in-review" });
    expect(back.case.items[0]).toMatchObject({ services: ["paid-resizing"], desiredSize: 13 });
  });

  it("R5, R12: polishing is no reason to lose it: a paid case of other work stays paid", () => {
    const file = aPaidFile(["photos", "review"], { case: { items: [aPolishedItem()] } });
    expect(problemOf(() => offer(file)).code).toBe("rule-broken");
  });
});
