/** A paid case killed at each of its waits: it goes on, every mail once, nothing asked for, paid or sent twice. */
import { expect, it } from "vitest";
import { aMortalCloud } from "./mortal.ts";
import { aPaidJourney, BILLED_SHIPPING, booksOf, findings, LARGE_PARCEL, TOTAL } from "./paid.ts";

const { client, restart } = aMortalCloud();

interface AtProvider {
  readonly invoiceId: string;
  readonly status: string;
  readonly amountPaid: number;
}

it("goes on at each wait after kill -9, with every mail and every payment once", {
  timeout: 240_000,
}, async () => {
  const one = aPaidJourney(client());
  const shipping = () => client().staff("shipping");
  await one.file();
  await restart();
  await one.sendPhotos();
  await restart();
  await one.approve();
  await restart();
  await one.pay(10_000, "invoice-sent");
  await restart();
  await one.pay();
  await restart();
  await one.giveShipDate();
  await restart();
  await one.ship();
  await restart();
  const received = await shipping().act(one.caseId, "receipt", { ...findings(one), ...LARGE_PARCEL });
  expect(received.status).toBe(200);
  await one.customer.reaches("discrepancy");
  await restart();
  await shipping().act(one.caseId, "discrepancy", { resolution: "continue", text: "Too large" });
  await one.customer.reaches("in-work");
  const bill = { amountCents: BILLED_SHIPPING + 2500, reference: "FX-1" };
  expect((await shipping().act(one.caseId, "carrier-bill", bill)).status).toBe(200);
  await restart();
  await one.finishWork();
  await restart();
  await one.inspect("surcharge-due");
  await restart();
  await one.pay(undefined, "returning");
  await restart();
  await one.deliver();

  const { money } = await booksOf(client(), one);
  expect(money).toMatchObject({ paidCents: TOTAL + 2500, refundedCents: 0, owedCents: 0, creditCents: 0 });
  expect(money.ledger.map(({ amountCents }) => amountCents)).toEqual([10_000, TOTAL - 10_000, 2500]);
  const { body: made } = await client().call<AtProvider[]>("GET", "/local/stripe/invoices");
  expect(made.map(({ invoiceId, status, amountPaid }) => [invoiceId, status, amountPaid])).toEqual([
    [`${one.caseId}-1`, "paid", TOTAL],
    [`${one.caseId}-2`, "paid", 2500],
  ]);
  const mails = await client().mails(one.email);
  // In any order: a mail killed between its mark and SES is the clock's to send, a quarter of an hour later.
  expect(mails.map((mail) => mail.email).toSorted()).toEqual(
    ["E1", "E2", "E7", "E8", "E9", "E10", "E15", "E13", "E15", "E16", "E17"].toSorted(),
  );
});
