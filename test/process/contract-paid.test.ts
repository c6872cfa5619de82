/** The contract, told by somebody who knows nothing else: the money of a paid case, as customer, staff and local endpoints see it. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../lambdas/actions/action.ts";
import { LINES } from "../../local/demo/journey.ts";
import { aCloud, type Journey } from "./cloud.ts";
import { aPaidCaseAt, TOTAL } from "./paid.ts";
import { changedBy, refusalOf, send } from "./wire.ts";

const { client, cloud } = aCloud();
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

const tokens = new Map<Role, string>();
beforeAll(async () => {
  for (const role of ["finance", "shipping", "manager"] as const)
    tokens.set(role, await cloud().staffToken(role, [role]));
});
const act = (role: Role, one: Journey, action: string, json: unknown, headers = {}) =>
  send(cloud().url, "POST", `/v1/cases/${one.caseId}/${action}`, { token: tokens.get(role), json, headers });
const get = (one: Journey) => send(cloud().url, "GET", "/v1/case", { token: one.customer.token });
const localPayment = (json: unknown) => send(cloud().url, "POST", "/local/payments", { json });
const payment = (one: Journey, more: object = {}) => ({
  invoiceId: `${one.caseId}-1`,
  amountCents: TOTAL,
  currency: "USD",
  method: "bank-transfer",
  reference: `FED-${one.caseId}`,
  ...more,
});

describe("GET /case", () => {
  it("invoices with every field the contract names, and the payment awaited until the due date is over", async () => {
    const one = await aPaidCaseAt("payment", client());
    const { body } = await get(one);
    expect(body.stage).toBe("invoice-sent");
    expect(body.awaiting).toEqual({
      action: "payment",
      by: "customer",
      deadline: expect.stringMatching(INSTANT),
    });
    expect(body.invoices).toEqual([
      expect.objectContaining({
        invoiceId: `${one.caseId}-1`,
        version: 1,
        status: "issued",
        lines: expect.arrayContaining(LINES.map((line) => ({ ...line }))),
        totalCents: TOTAL,
        paidCents: 0,
        dueDate: expect.stringMatching(DATE),
        payUrl: expect.stringMatching(/^http/),
      }),
    ]);
    const lines: { amountCents: number }[] = body.invoices[0].lines;
    expect(lines.reduce((sum, line) => sum + line.amountCents, 0)).toBe(TOTAL);
    const page = await fetch(body.invoices[0].payUrl);
    expect(page.status).toBe(200);
    // Whoever has its address can open it: it says nothing of who she is.
    expect(await page.text()).not.toContain(one.email);
    const { url } = (await one.customer.document("invoice-1.pdf")).body;
    expect((await fetch(url)).headers.get("content-type")).toBe("application/pdf");
  });
});

describe("POST /local/payments", () => {
  it("pays as the customer would, and answers once the case has heard of it", async () => {
    const one = await aPaidCaseAt("payment", client());
    const answer = await localPayment({ invoiceId: `${one.caseId}-1` });
    expect(answer.status).toBe(200);
    const { body } = await get(one);
    expect(body).toMatchObject({
      stage: "ship-date-requested",
      awaiting: { action: "ship-date", by: "customer" },
      invoices: [{ status: "paid", paidCents: TOTAL }],
    });
    const again = await localPayment({ invoiceId: `${one.caseId}-1` });
    expect([again.status, refusalOf(again)]).toEqual([409, "out-of-turn"]);
  });

  it("an invoice nobody has is 404; what is no request is 400", async () => {
    expect((await localPayment({ invoiceId: "CW-0000000000-1" })).status).toBe(404);
    for (const wrong of [{}, { invoiceId: 7 }, { invoiceId: "" }])
      expect(refusalOf(await localPayment(wrong))).toBe("invalid-request");
  });
});

describe("POST /cases/{caseId}/payments", () => {
  it("answers with the case as it then stands; the same again is the same; If-Match guards it", async () => {
    const one = await aPaidCaseAt("payment", client());
    const { body: before } = await get(one);
    const stale = await act("finance", one, "payments", payment(one, { amountCents: 500 }), {
      "If-Match": String(before.version - 1),
    });
    expect([stale.status, refusalOf(stale)]).toEqual([409, "case-changed"]);
    const part = await act("finance", one, "payments", payment(one, { amountCents: 500 }), {
      "If-Match": `"${before.version}"`,
    });
    expect(part.status).toBe(200);
    expect(part.body).toMatchObject({
      caseId: one.caseId,
      stage: "invoice-sent",
      invoices: [{ paidCents: 500 }],
      money: { paidCents: 500, owedCents: TOTAL - 500 },
    });
    await cloud().quiescent();
    const changed = await changedBy(cloud(), async () => {
      const again = await act("finance", one, "payments", payment(one, { amountCents: 500 }));
      expect(again.status).toBe(200);
      const other = await act("finance", one, "payments", payment(one, { amountCents: 501 }));
      expect([other.status, refusalOf(other)]).toEqual([409, "already-answered"]);
    });
    expect(changed).toEqual([]);
  });
});

describe("POST /cases/{caseId}/invoices, refunds, carrier-bill", () => {
  it("a supplement, paid too much, and refunded: each answered with the books", async () => {
    const one = await aPaidCaseAt("ship-date", client());
    const lines = [{ kind: "other", text: "Courier in Japan", amountCents: 2000 }];
    const asked = await act("finance", one, "invoices", { lines, dueDays: 7 });
    expect(asked.status).toBe(200);
    expect(asked.body.invoices).toMatchObject([
      { version: 1, status: "paid" },
      { version: 2, status: "issued", lines, totalCents: 2000, paidCents: 0 },
    ]);
    await one.customer.reaches("invoice-sent");
    const second = { invoiceId: `${one.caseId}-2`, amountCents: 2500, reference: `FED-2-${one.caseId}` };
    const paid = await act("finance", one, "payments", payment(one, second));
    expect(paid.body.money).toMatchObject({ creditCents: 500, owedCents: 0 });
    await one.customer.reaches("ship-date-requested");
    const refund = await act("finance", one, "refunds", {
      invoiceId: `${one.caseId}-2`,
      amountCents: 500,
      reason: "Paid too much",
    });
    expect(refund.status).toBe(200);
    expect(refund.body.money).toMatchObject({ refundedCents: 500, creditCents: 0 });
  });

  it("R40: a carrier's bill before there is a parcel, and a release of nothing, are out of turn", async () => {
    const one = await aPaidCaseAt("payment", client());
    const bill = await act("shipping", one, "carrier-bill", { amountCents: 9000, reference: "7-123-45678" });
    const release = await act("manager", one, "surcharge-release", { reason: "None" });
    for (const answer of [bill, release])
      expect([refusalOf(answer), answer.body.stage]).toEqual(["out-of-turn", "invoice-sent"]);
  });
});
