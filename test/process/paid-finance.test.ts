/** Drafts, roles, times at which finance may ask for money, and a payment provider that does not answer (R35, R37). */
import { afterEach, describe, expect, it } from "vitest";
import type { Role } from "../../lambdas/actions/action.ts";
import { LINES } from "../../local/demo/journey.ts";
import { readPdf } from "../builders/read-pdf.ts";
import { aCloud, aJourney, type Journey } from "./cloud.ts";
import { aPaidCaseAt, atProvider, booksOf, refundsDue, sendBack, TOTAL } from "./paid.ts";
import { changedBy, refusalOf, send } from "./wire.ts";

const { client, cloud, mailsTo } = aCloud();
afterEach(() => cloud().stripe.faults.order({ clear: true }));

const numberOf = (one: Journey, version: number): string => `${one.caseId}-${version}`;
const booked = async (one: Journey) => (await booksOf(client(), one)).money;
const statuses = async (one: Journey) => (await booked(one)).invoices.map(({ status }) => status);
const finance = (one: Journey, action: string, body: unknown = {}) =>
  client().staff("finance").act(one.caseId, action, body);
const CHEAPER = [
  { kind: "service", text: "Polishing only", amountCents: 6000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8500 },
];
const STONE = [{ kind: "service", text: "A stone reset", amountCents: 9000 }];
const count = async (one: Journey, email: string) =>
  (await mailsTo(one.email)).filter((name) => name === email).length;

describe("a draft", () => {
  const names = (documents: readonly { name: string }[]) => documents.map(({ name }) => name);

  it("R35: is looked at by staff alone, written anew, and becomes the invoice of the review", async () => {
    const one = await aPaidCaseAt("review", client());
    const before = await mailsTo(one.email);
    for (const lines of [CHEAPER, [...CHEAPER, ...STONE]]) {
      expect((await finance(one, "invoices", { lines, draft: true })).status).toBe(200);
      await cloud().quiescent();
    }
    const { documents, money } = await booksOf(client(), one);
    expect(names(documents)).toContain("invoice-1-draft.pdf");
    expect(money).toMatchObject({
      invoicedCents: 0,
      invoices: [{ version: 1, status: "draft", totalCents: 23_500 }],
    });
    const link = await client()
      .staff("finance")
      .send<{ url: string }>("GET", `/v1/cases/${one.caseId}/documents/invoice-1-draft.pdf`);
    const paper = await readPdf(new Uint8Array(await (await fetch(link.body.url)).arrayBuffer()));
    expect(paper.text).toContain("A stone reset");
    expect(paper.text.toUpperCase()).toContain("DRAFT");

    // She knows nothing of it, and nobody can pay it.
    const view = await one.customer.get();
    expect(view.invoices).toEqual([]);
    expect(names(view.documents)).not.toContain("invoice-1-draft.pdf");
    expect((await one.customer.document("invoice-1-draft.pdf")).status).toBe(404);
    expect(cloud().stripe.invoices()).not.toContainEqual(
      expect.objectContaining({ invoiceId: numberOf(one, 1) }),
    );
    expect(await mailsTo(one.email)).toEqual(before);

    const review = await client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "approve",
        items: [{ serialNumber: one.serialNumber, customsValueCents: 90_000, insuredValueCents: 90_000 }],
        schedule: { earliest: 10, latest: 20 },
        invoice: { draft: numberOf(one, 1) },
      });
    expect(review.status).toBe(200);
    const issued = await one.customer.reaches("invoice-sent");
    expect(issued.invoices).toMatchObject([{ version: 1, status: "issued", totalCents: 23_500 }]);
    expect(names((await booksOf(client(), one)).documents)).not.toContain("invoice-1-draft.pdf");
  });

  it("R35: of another version: the one it names asks on until the draft is issued", async () => {
    const one = await aPaidCaseAt("payment", client());
    const replaces = numberOf(one, 1);
    await finance(one, "invoices", { lines: CHEAPER, replaces, draft: true, dueDays: 30 });
    await cloud().quiescent();
    expect(await statuses(one)).toEqual(["issued", "draft"]);
    expect(atProvider(cloud(), replaces).status).toBe("open");
    expect((await finance(one, `invoices/${numberOf(one, 2)}/issue`)).status).toBe(200);
    expect((await finance(one, `invoices/${numberOf(one, 2)}/issue`)).status).toBe(200);
    await cloud().quiescent();
    expect(await statuses(one)).toEqual(["superseded", "issued"]);
    expect(atProvider(cloud(), replaces).status).toBe("void");
    await one.pay();
  });

  it("R35: given up, it leaves nothing behind", async () => {
    const one = await aPaidCaseAt("payment", client());
    await finance(one, "invoices", { lines: CHEAPER, replaces: numberOf(one, 1), draft: true });
    expect((await finance(one, `invoices/${numberOf(one, 2)}/void`)).status).toBe(200);
    await cloud().quiescent();
    expect((await one.customer.get()).invoices).toMatchObject([{ version: 1, status: "issued" }]);
    await one.pay();
    expect(await booked(one)).toMatchObject({ invoicedCents: TOTAL, owedCents: 0 });
  });
});

describe("when and for whom", () => {
  it("R37: with the ring on its way nothing would wait for the money: out of turn, as after the end", async () => {
    const one = await aPaidCaseAt("dispatch", client());
    expect(await finance(one, "invoices", { lines: STONE })).toMatchObject({
      status: 409,
      body: { stage: "documents-sent" },
    });
    expect(await finance(one, `invoices/${numberOf(one, 1)}/void`)).toMatchObject({ status: 422 });
    await one.customer.act("cancellation");
    await one.customer.reaches("cancelled");
    expect(await finance(one, "invoices", { lines: STONE })).toMatchObject({
      status: 409,
      body: { stage: "cancelled" },
    });
  });

  it("R9: the complimentary service has no invoices", async () => {
    const one = aJourney(client());
    await one.file();
    expect(await finance(one, "invoices", { lines: STONE })).toMatchObject({
      status: 422,
      body: { errors: [{ rule: "R9" }] },
    });
  });

  it("R2: each role does its own with the money, and nothing else; nothing is recorded otherwise", async () => {
    const one = await aPaidCaseAt("payment", client());
    const invoiceId = numberOf(one, 1);
    const bodies: Record<string, readonly [unknown, readonly Role[]]> = {
      invoices: [{ lines: STONE }, ["finance"]],
      [`invoices/${invoiceId}/issue`]: [{}, ["finance"]],
      [`invoices/${invoiceId}/void`]: [{}, ["finance"]],
      payments: [
        { invoiceId, amountCents: 100, currency: "USD", method: "bank-transfer", reference: "T-403" },
        ["finance"],
      ],
      refunds: [{ invoiceId, amountCents: 100, reason: "x" }, ["finance"]],
      "carrier-bill": [{ amountCents: 9000, reference: "B-403" }, ["shipping"]],
      "surcharge-release": [{ reason: "x" }, []],
      review: [{ decision: "decline", reason: { code: "other", text: "x" } }, ["representative"]],
      conversion: [{ reason: "x" }, ["representative"]],
    };
    const roles: readonly Role[] = ["representative", "shipping", "workshop", "finance"];
    const changed = await changedBy(cloud(), async () => {
      for (const [action, [body, allowed]] of Object.entries(bodies)) {
        for (const role of roles.filter((other) => !allowed.includes(other))) {
          const answer = await send(cloud().url, "POST", `/v1/cases/${one.caseId}/${action}`, {
            token: await cloud().staffToken(role, [role]),
            json: body,
          });
          expect([action, role, answer.status, refusalOf(answer)]).toEqual([action, role, 403, "forbidden"]);
        }
        const stranger = await send(cloud().url, "POST", `/v1/cases/${one.caseId}/${action}`, { json: body });
        expect([action, refusalOf(stranger)]).toEqual([action, "unauthenticated"]);
      }
    });
    expect(changed).toEqual([]);
    // A manager may: the body was none of the reasons.
    expect(
      (await client().staff("manager").act(one.caseId, "payments", bodies["payments"]?.[0])).status,
    ).toBe(200);
  });
});

describe("the provider does not answer", () => {
  const invoicesOf = (one: Journey) =>
    cloud()
      .stripe.invoices()
      .filter(({ invoiceId }) => invoiceId?.startsWith(one.caseId));
  const approve = (one: Journey) =>
    client()
      .staff("representative")
      .act(one.caseId, "review", {
        decision: "approve",
        items: [{ serialNumber: one.serialNumber, customsValueCents: 90_000, insuredValueCents: 90_000 }],
        schedule: { earliest: 10, latest: 20 },
        invoice: { lines: LINES },
      });
  const isSent = (one: Journey) =>
    client().eventually(
      () => one.customer.get(),
      ({ stage, invoices }) => stage === "invoice-sent" && invoices.length === 1,
      60_000,
    );

  it("for a moment: it is asked again, and there is one invoice and one mail", {
    timeout: 90_000,
  }, async () => {
    const one = await aPaidCaseAt("review", client());
    cloud().stripe.faults.order({ fail: { answer: 503, times: 1, call: "POST /v1/invoices" } });
    cloud().stripe.faults.order({
      fail: { answer: "reset", acted: true, times: 1, call: "POST /v1/invoiceitems" },
    });
    expect((await approve(one)).status).toBe(200);
    await isSent(one);
    expect(invoicesOf(one)).toMatchObject([{ status: "open", amountDue: TOTAL }]);
    expect(await count(one, "E7")).toBe(1);
    await one.pay();
  });

  it("with a refusal: a person retries, and there is one invoice and one mail", async () => {
    const one = await aPaidCaseAt("review", client());
    cloud().stripe.faults.order({ fail: { answer: 400, times: 1, call: "POST /v1/invoiceitems" } });
    expect((await approve(one)).status).toBe(200);
    const stuck = await one.customer.reaches("attention");
    expect(stuck).toMatchObject({ invoices: [], awaiting: { by: "staff" } });
    expect(await count(one, "E7")).toBe(0);
    await client().staff("representative").act(one.caseId, "attention", { decision: "retry" });
    await isSent(one);
    expect(invoicesOf(one).filter(({ status }) => status === "open")).toHaveLength(1);
    expect(await count(one, "E7")).toBe(1);
    await one.pay();
  });

  it("to a supplement: the clock has it told again", async () => {
    const one = await aPaidCaseAt("work", client());
    cloud().stripe.faults.order({ fail: { answer: 400, times: 1, call: "POST /v1/customers" } });
    expect((await finance(one, "invoices", { lines: STONE })).status).toBe(200);
    await cloud().quiescent();
    expect((await one.customer.get()).invoices).toHaveLength(1);
    await client().advance("PT10M");
    expect((await one.customer.get()).invoices).toHaveLength(2);
    expect(await count(one, "E7")).toBe(2);
    await one.pay(undefined, "in-work");
  });

  it("to a refund: finance sees that it failed, and sends it again", async () => {
    const one = await aPaidCaseAt("payment", client());
    await one.pay(TOTAL + 3000);
    cloud().stripe.faults.order({ fail: { answer: 400, times: 1, call: "POST /v1/refunds" } });
    await sendBack(client(), one, numberOf(one, 1), 3000);
    await cloud().quiescent();
    expect((await booked(one)).ledger).toContainEqual(
      expect.objectContaining({ kind: "refund", status: "failed" }),
    );
    expect(await refundsDue(client())).toContain(one.caseId);
    expect(await count(one, "E20")).toBe(0);
    await sendBack(client(), one, numberOf(one, 1), 3000, "Once more");
    await cloud().quiescent();
    expect(await refundsDue(client())).not.toContain(one.caseId);
    expect(await count(one, "E20")).toBe(1);
  });
});
