/** The page to pay an invoice on, as a payment provider shows it: keyboard and form alone, no script. */
import type { PayPage } from "../stripe/till.ts";
import { html, page } from "./page.ts";

const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const dollars = (cents: number): string => money.format(cents / 100);

/** `1,234.50`, `$12`, `12.5` → cents; `undefined` for what is no amount above zero. */
export const centsOf = (text: string): number | undefined => {
  const [, whole, part = ""] = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const cents = Number(whole.replaceAll(",", "")) * 100 + Number(part.padEnd(2, "0"));
  return cents > 0 ? cents : undefined;
};

const saidOf = ({ status, amountPaid, amountOverpaid, amountRemaining }: PayPage): string | false => {
  if (status === "void") return "This invoice was withdrawn. There is nothing to pay.";
  const over = amountOverpaid > 0 ? ` You paid ${dollars(amountOverpaid)} more than was due.` : "";
  if (status === "paid") return `This invoice is paid. Thank you.${over}`;
  return (
    amountPaid > 0 &&
    `Thank you. ${dollars(amountPaid)} was paid, ${dollars(amountRemaining)} is still to pay.`
  );
};

/** @param refused what was typed into the field for another amount, when it was no amount */
export const payPage = (invoice: PayPage, refused?: string): string => {
  const { lines, amountPaid, amountDue, amountRemaining, status } = invoice;
  const said = saidOf(invoice);
  const isOpen = status !== "void" && status !== "paid";
  const rows = [
    ...lines.map(({ text, amountCents }) => [text, amountCents] as const),
    ["Amount due", amountDue] as const,
    ...(amountPaid > 0 ? [["Paid so far", amountPaid] as const] : []),
  ];
  return page(
    `Invoice ${invoice.invoiceId ?? invoice.number ?? ""}`,
    html`<h1>Invoice ${invoice.invoiceId ?? invoice.number ?? ""}</h1>
<p class="soft">A simulated payment page: no money moves.</p>
${said && html`<p role="status">${said}</p>`}
<table>
<caption class="soft">What it is for, in US dollars</caption>
<thead><tr><th scope="col">Item</th><th scope="col">Amount</th></tr></thead>
<tbody>${rows.map(([text, cents]) => html`<tr><td>${text}</td><td>${dollars(cents)}</td></tr>`)}</tbody>
${isOpen && html`<tfoot><tr><th scope="row">To pay now</th><td><strong>${dollars(amountRemaining)}</strong></td></tr></tfoot>`}
</table>
${
  isOpen &&
  html`<form method="post"><p><button>Pay ${dollars(amountRemaining)}</button></p></form>
<form method="post">
<label for="amount">Another amount, in US dollars</label>
<p class="soft" id="amount-hint">A part of it, or more than is due: such as 25.00</p>
${refused !== undefined && html`<p role="alert" id="amount-error">Please give an amount above zero, such as 25.00</p>`}
<p><input id="amount" name="amount" inputmode="decimal" autocomplete="off" required value="${refused ?? ""}" aria-describedby="amount-hint${refused === undefined ? "" : " amount-error"}" aria-invalid="${refused === undefined ? "false" : "true"}"${refused !== undefined && html` autofocus`}>
<button>Pay this amount</button></p>
</form>`
}`,
  );
};

export const noInvoicePage = (): string =>
  page(
    "No such invoice",
    html`<h1>There is no such invoice</h1><p>Please use the link in your mail as it is.</p>`,
  );
