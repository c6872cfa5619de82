/** Killed in the middle: the answer is given, and what follows from it is under way with the payment provider. */
import { expect, it } from "vitest";
import { LINES } from "../../local/demo/journey.ts";
import { aMortalCloud } from "./mortal.ts";
import { aPaidJourney, booksOf, sendBack, TOTAL } from "./paid.ts";

const { client, restart } = aMortalCloud();

const SUPPLEMENT = [{ kind: "service", text: "A stone reset", amountCents: 9000 }];

it("an invoice sent, a payment told, a refund and a supplement, each killed under way: done once, told once", {
  timeout: 240_000,
}, async () => {
  const one = aPaidJourney(client());
  const finance = () => client().staff("finance");
  const invoiceId = () => `${one.caseId}-1`;
  await one.file();
  await one.sendPhotos();

  // The invoice is on its way to the provider.
  const review = await client()
    .staff("representative")
    .act(one.caseId, "review", {
      decision: "approve",
      items: [{ serialNumber: one.serialNumber, customsValueCents: 90_000, insuredValueCents: 90_000 }],
      schedule: { earliest: 21, latest: 35 },
      invoice: { lines: LINES },
    });
  expect(review.status).toBe(200);
  await restart();
  await one.customer.reaches("invoice-sent");

  // She has paid, and the provider has not told of it yet.
  await client().call("POST", "/local/stripe/faults", { hold: true });
  await client().pay(invoiceId(), TOTAL + 3000);
  expect((await one.customer.get()).stage).toBe("invoice-sent");
  await restart();
  await one.customer.reaches("ship-date-requested");

  // The excess is on its way back.
  expect((await sendBack(client(), one, invoiceId(), 3000)).status).toBe(200);
  await restart();
  await client().eventually(
    async () => (await booksOf(client(), one)).money.ledger,
    (ledger) => ledger.some((entry) => entry.kind === "refund" && entry.status === "sent"),
  );
  await one.giveShipDate();
  await one.ship();
  await one.receive();

  // A supplement is on its way to her.
  expect((await finance().act(one.caseId, "invoices", { lines: SUPPLEMENT })).status).toBe(200);
  await restart();
  await client().eventually(
    () => one.customer.get(),
    ({ invoices }) => invoices.length === 2,
  );
  // It is taken back, and the provider is told so.
  expect((await finance().act(one.caseId, `invoices/${one.caseId}-2/void`)).status).toBe(200);
  await restart();
  await client().eventually(
    async () => (await booksOf(client(), one)).money.invoices[1],
    (invoice) => invoice?.providerClosed === true,
  );
  await one.finishWork();
  await one.inspect();
  await one.deliver();

  const { money } = await booksOf(client(), one);
  expect(money).toMatchObject({ paidCents: TOTAL + 3000, refundedCents: 3000, owedCents: 0, creditCents: 0 });
  const { body: made } = await client().call<{ invoiceId: string; status: string }[]>(
    "GET",
    "/local/stripe/invoices",
  );
  expect(made.map((invoice) => [invoice.invoiceId, invoice.status])).toEqual([
    [invoiceId(), "paid"],
    [`${one.caseId}-2`, "void"],
  ]);
  const { body: returned } = await client().call<{ amount: number }[]>("GET", "/local/stripe/refunds");
  expect(returned.map(({ amount }) => amount)).toEqual([3000]);
  const mails = await client().mails(one.email);
  expect(mails.map((mail) => mail.email).toSorted()).toEqual(
    ["E1", "E2", "E7", "E8", "E20", "E9", "E10", "E13", "E7", "E16", "E17"].toSorted(),
  );
});
