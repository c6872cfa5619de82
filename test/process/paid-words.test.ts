/** Odd words around money: what is engraved, what an invoice says, references of transfers and reasons of refunds. */
import * as fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { aCloud } from "./cloud.ts";
import { aPaidCaseAt, aPaidJourney, TOTAL } from "./paid.ts";
import { send } from "./wire.ts";
import { anyText, isRuledOut, paidRequest } from "./words.ts";

const { client, cloud } = aCloud();

let manager = "";
beforeAll(async () => {
  manager = await cloud().staffToken("Nasty", ["manager"]);
});
const asManager = (method: string, path: string, json?: unknown) =>
  send(cloud().url, method, path, { token: manager, json });

it("R23: a text to engrave is one the engraver can do, or is refused and leaves nothing", async () => {
  let no = 0;
  const engravable = fc.string({
    unit: fc.constantFrom("A", "x", "0", ".", ",", "-", "&", "+", "'", "/", ":", "!", "?", " "),
    minLength: 1,
    maxLength: 22,
  });
  const outcomes = new Set<boolean>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyText, engravable), async (engraving) => {
      no += 1;
      const email = `engraved-${no}@example.com`;
      const item = { design: "Asanoha Band", description: "inside", services: ["engraving"], engraving };
      const filed = await send(cloud().url, "POST", "/v1/cases", {
        headers: { "Idempotency-Key": `engraved-${no}` },
        json: paidRequest({ name: "Emily Carter", email }, item),
      });
      outcomes.add(filed.status === 201);
      const { items } = (await asManager("GET", `/v1/cases?email=${email}`)).body;
      if (filed.status >= 400) return isRuledOut(filed) && items.length === 0;
      const { body } = await asManager("GET", `/v1/cases/${filed.body.caseId}`);
      return /^[A-Za-z0-9.,\-&+'/:!? ]{1,20}$/.test(body.items[0].engraving);
    }),
    { seed: 2026, numRuns: 40 },
  );
  expect(outcomes.size).toBe(2);
});

it("R36: what is written on an invoice is printed, or refused and leaves nothing", {
  timeout: 90_000,
}, async () => {
  const one = aPaidJourney(client());
  await one.file();
  const outcomes = new Set<boolean>();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(anyText, fc.string({ minLength: 1, maxLength: 200 })),
      fc.integer({ min: 1, max: 9_999_999 }),
      async (text, amountCents) => {
        const drafted = await asManager("POST", `/v1/cases/${one.caseId}/invoices`, {
          lines: [{ kind: "shipping", text, amountCents }],
          draft: true,
        });
        outcomes.add(drafted.status === 200);
        if (drafted.status >= 400) return isRuledOut(drafted);
        await cloud().quiescent();
        const { money, documents } = (await asManager("GET", `/v1/cases/${one.caseId}`)).body;
        return (
          money.invoices[0].totalCents === amountCents &&
          money.invoices[0].lines[0].text === text.trim() &&
          documents.some(({ name }: { name: string }) => name === "invoice-1-draft.pdf")
        );
      },
    ),
    { seed: 2026, numRuns: 40 },
  );
  expect(outcomes.size).toBe(2);
});

it("R37: reasons and references of money: never a fault of the service, and the books add up", {
  timeout: 90_000,
}, async () => {
  const one = await aPaidCaseAt("payment", client());
  const invoiceId = `${one.caseId}-1`;
  let paid = 0;
  let returned = 0;
  let amountCents = 0;
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      // Another sum each time: the same words of another sum are another wish.
      amountCents += 1;
      const payment = await asManager("POST", `/v1/cases/${one.caseId}/payments`, {
        invoiceId,
        amountCents: TOTAL + amountCents,
        currency: "USD",
        method: "bank-transfer",
        reference: text,
      });
      if (payment.status === 200) paid += TOTAL + amountCents;
      const refund = await asManager("POST", `/v1/cases/${one.caseId}/refunds`, {
        invoiceId,
        amountCents,
        reason: text,
      });
      if (refund.status === 200) returned += amountCents;
      const { money } = (await asManager("GET", `/v1/cases/${one.caseId}`)).body;
      return (
        [payment, refund].every(
          (answer) => answer.status === 200 || answer.status === 409 || isRuledOut(answer),
        ) &&
        money.paidCents === paid &&
        money.refundedCents === returned
      );
    }),
    { seed: 2026, numRuns: 20 },
  );
  expect([paid > 0, returned > 0]).toEqual([true, true]);
  await cloud().quiescent();
  const { mails } = (await asManager("GET", `/v1/cases/${one.caseId}`)).body;
  const told = mails.filter(({ email }: { email: string }) => email === "E20");
  expect(new Set(told.map(({ status }: { status: string }) => status))).toEqual(new Set(["confirmed"]));
});
