import { describe, expect, it } from "vitest";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import { type MailParams, mailOrder } from "../../lambdas/domain/mail-params.ts";
import { createComposer } from "../../lambdas/handlers/events/send-mail/compose.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { newLinkToken } from "../../lambdas/platform/link-token.ts";
import type { Attachment } from "../../lambdas/ports/mailer.ts";
import { aCaseFile, aMail, aReceipt, aShipment, CASE_ID, CONTACT_AT } from "../builders/case-file.ts";
import { anInvoice } from "../builders/invoice.ts";

const keyOf = (version: number) => `documents/${CASE_ID}/invoice-${version}/invoice.pdf`;
const second = anInvoice({ version: 2, documentKey: keyOf(2) });
const surcharge: Invoice = {
  ...second,
  kind: "surcharge",
  evidence: {
    lengthIn: 9,
    widthIn: 8,
    heightIn: 6,
    weightLb: 2,
    billReference: "FX-1",
    billCents: 12_000,
    billedCents: 9_500,
  },
};

/** What one mail carries, with the key each file was read under as its content. */
async function attachmentsOf<E extends "E7" | "E10" | "E15" | "E18">(
  email: E,
  params: MailParams[E],
  file: Partial<CaseFile>,
): Promise<Record<string, string>> {
  const mail = aMail(mailOrder(email, "1", params));
  const whole = aCaseFile({ ...file, mails: [mail], case: { receipt: aReceipt() } });
  const composer = createComposer({
    store: { load: async () => whole },
    enquiries: { load: async () => undefined },
    documents: { get: async (key) => new TextEncoder().encode(key) },
    brand,
    newToken: newLinkToken,
  });
  const sendable = await composer.ofCase(CASE_ID, mail.mailId);
  const attachments: readonly Attachment[] =
    (await sendable?.compose(CONTACT_AT))?.outgoing.attachments ?? [];
  return Object.fromEntries(
    attachments.map(({ fileName, pdf }) => [fileName, new TextDecoder().decode(pdf)]),
  );
}

const { invoiceId } = second;

describe("what a mail carries", () => {
  it("R35: E7 carries the PDF of the very invoice it speaks of", async () => {
    const invoices = [anInvoice({ documentKey: keyOf(1) }), second, anInvoice({ version: 3 })];
    expect(await attachmentsOf("E7", { invoiceId }, { invoices })).toEqual({ "invoice-2.pdf": keyOf(2) });
  });
  it("R40: E15 carries the invoice of a surcharge, and nothing of a discrepancy", async () => {
    const file = { invoices: [surcharge] };
    expect(await attachmentsOf("E15", { variant: "surcharge", invoiceId }, file)).toEqual({
      "invoice-2.pdf": keyOf(2),
    });
    expect(await attachmentsOf("E15", { variant: "discrepancy" }, file)).toEqual({});
  });
  it("R35: no request for money goes out without its invoice", async () => {
    const unprinted = [anInvoice({ version: 2 })];
    await expect(attachmentsOf("E7", { invoiceId }, { invoices: unprinted })).rejects.toThrow(PermanentError);
  });
  it("R43: E10 carries label and commercial invoice, and no invoice of ours", async () => {
    const names = Object.keys(
      await attachmentsOf("E10", {}, { shipments: [aShipment()], invoices: [second] }),
    );
    expect(names).toEqual(["label.pdf", "commercial-invoice.pdf"]);
  });
  it("a link carries nothing", async () => {
    expect(await attachmentsOf("E18", { variant: "link" }, { invoices: [second] })).toEqual({});
  });
});
