/** What the carrier billed for the way to Japan, and the difference a parcel over the limits costs (R40). */
import * as z from "zod";
import { isInForce, shippingBilledCents, surchargeCents } from "../domain/accounts.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import { Cents } from "../domain/identifiers.ts";
import type { Invoice } from "../domain/invoice.ts";
import { closeInvoice, makeInvoice } from "../domain/invoicing.ts";
import { outOfTurn } from "../domain/problem.ts";
import { type Action, type ActionContext, actorText } from "./action.ts";
import { answeredByMoney } from "./money.ts";

const Input = z.strictObject({
  amountCents: Cents,
  reference: z
    .string()
    .trim()
    .regex(/^[\x20-\x7e]+$/, "Latin letters, digits and signs")
    .min(1)
    .max(60),
});

const inForce = (file: CaseFile): Invoice[] =>
  file.invoices.filter((invoice) => invoice.kind === "surcharge" && isInForce(invoice));

/**
 * The invoice of the surcharge, once both are known: the parcel as measured and the carrier's bill. Nothing where there
 * is none, or it stands already.
 * @param file as it stands with receipt and bill
 */
export function surcharged(
  file: CaseFile,
  { now, brand }: Pick<ActionContext, "now" | "brand">,
): Pick<Change, "invoices" | "settles"> & { readonly events: Change["events"] } {
  const amountCents = surchargeCents(file, brand.packageLimits);
  const { receipt, carrierBill } = file.case;
  if (amountCents === 0 || !receipt || !carrierBill || inForce(file).length > 0) return { events: [] };
  const { lengthIn, widthIn, heightIn, weightLb } = receipt.parcel;
  const billedCents = shippingBilledCents(file);
  const invoice = makeInvoice(
    file,
    {
      kind: "surcharge",
      status: "issued",
      lines: [
        {
          kind: "shipping",
          text: `Shipping to Japan beyond what was billed in advance: parcel of ${lengthIn} x ${widthIn} x ${heightIn} in, ${weightLb} lb`,
          amountCents,
        },
      ],
      evidence: {
        ...receipt.parcel,
        billReference: carrierBill.reference,
        billCents: carrierBill.amountCents,
        billedCents,
      },
    },
    { now, by: "system", brand },
  );
  const { invoiceId } = invoice;
  return {
    invoices: [invoice],
    settles: true,
    events: [{ type: "SurchargeFound", by: "system", shown: true, data: { invoiceId, amountCents } }],
  };
}

export const carrierBill: Action<z.infer<typeof Input>> = {
  name: "carrier-bill",
  customer: false,
  staff: ["shipping"],
  input: Input,
  stages: [
    "documents-sent",
    "dispatched",
    "received",
    "discrepancy",
    "in-work",
    "inspection",
    "surcharge-due",
    "attention",
  ],
  apply(file, { amountCents, reference }, { now, actor, brand }) {
    const { asks, answer } = currentWait(file);
    // What it might still ask for, the return no longer waits for.
    const leaving = answer !== undefined && (asks === "inspection" || asks === "surcharge");
    if (file.case.carrierBill || leaving) throw outOfTurn(file.case.stage);
    const by = actorText(actor);
    const bill = { amountCents, reference, at: now, by };
    const { events, ...surcharge } = surcharged(
      { ...file, case: { ...file.case, carrierBill: bill } },
      { now, brand },
    );
    return {
      case: { carrierBill: bill },
      ...surcharge,
      events: [{ type: "CarrierBilled", by, shown: false, data: { amountCents, reference } }, ...events],
    };
  },
};

const Reason = z.strictObject({ reason: z.string().trim().min(1).max(1000) });

/** A manager lets the difference go; the return waits for it no longer (R40). */
export const surchargeRelease: Action<z.infer<typeof Reason>> = {
  name: "surcharge-release",
  customer: false,
  staff: [],
  input: Reason,
  stages: ["received", "discrepancy", "in-work", "inspection", "surcharge-due", "attention"],
  apply(file, { reason }, { now, actor }) {
    const open = inForce(file);
    if (open.length === 0) throw outOfTurn(file.case.stage);
    const by = actorText(actor);
    const invoices = open.map((invoice) => closeInvoice(invoice, "voided", now));
    return {
      case: { surchargeRelease: { at: now, by, reason } },
      invoices,
      settles: true,
      events: [{ type: "SurchargeReleased", by, shown: true }],
      ...answeredByMoney(file, { invoices }, by),
    };
  },
};
