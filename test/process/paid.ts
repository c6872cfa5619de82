/** The paid process as these tests play it: a case brought to each of its waits, its books, and what finance does to them. */
import type { LedgerEntry } from "../../lambdas/domain/payment.ts";
import type { Cloud } from "../../local/cloud.ts";
import type { Client } from "../../local/demo/client.ts";
import { type JourneyOptions, LINES } from "../../local/demo/journey.ts";
import { aJourney, type Journey } from "./cloud.ts";

/** Of the invoice that a journey's approval asks to be paid, US cents. */
export const TOTAL = LINES.reduce((sum, line) => sum + line.amountCents, 0);
/** Billed in advance for the way to Japan, US cents. */
export const BILLED_SHIPPING = 8500;

/** A polishing, unless told otherwise. */
export const aPaidJourney = (client: Client, options: JourneyOptions = {}): Journey =>
  aJourney(client, {
    paid: { services: ["polishing"], description: "Scratches on the side" },
    ...options,
  });

/** How a case comes to each wait of the paid process; each ends when it has. */
const WAYS = {
  photos: async (one: Journey) => one.file(),
  review: async (one: Journey) => {
    await one.file();
    return one.sendPhotos();
  },
  payment: async (one: Journey) => {
    await WAYS.review(one);
    return one.approve();
  },
  "ship-date": async (one: Journey) => {
    await WAYS.payment(one);
    return one.pay();
  },
  dispatch: async (one: Journey) => {
    await WAYS["ship-date"](one);
    return one.giveShipDate();
  },
  receipt: async (one: Journey) => {
    await WAYS.dispatch(one);
    return one.ship();
  },
  work: async (one: Journey) => {
    await WAYS.receipt(one);
    return one.receive();
  },
  inspection: async (one: Journey) => {
    await WAYS.work(one);
    return one.finishWork();
  },
} as const;
export type PaidWait = keyof typeof WAYS;

export async function aPaidCaseAt(
  wait: PaidWait,
  client: Client,
  options: JourneyOptions = {},
): Promise<Journey> {
  const one = aPaidJourney(client, options);
  await WAYS[wait](one);
  return one;
}

interface KnownInvoice {
  readonly invoiceId: string;
  readonly version: number;
  readonly kind: string;
  readonly status: string;
  readonly totalCents: number;
  readonly creditCents: number;
  readonly issuedOn: string;
  readonly dueDate: string;
  readonly replaces?: string;
  readonly sentAt?: string;
  readonly providerClosed?: true;
  readonly lines: readonly { readonly kind: string; readonly text: string; readonly amountCents: number }[];
  readonly evidence?: Readonly<Record<string, unknown>>;
}
/** What staff see of a case and its money. */
interface Books {
  readonly stage: string;
  readonly money: {
    readonly invoicedCents: number;
    readonly paidCents: number;
    readonly refundedCents: number;
    readonly owedCents: number;
    readonly creditCents: number;
    readonly invoices: readonly KnownInvoice[];
    readonly ledger: readonly LedgerEntry[];
    readonly awaitsCarrierBill: boolean;
  };
  readonly documents: readonly { readonly name: string }[];
  readonly waits: readonly { readonly asks: string; readonly answer?: { readonly outcome: string } }[];
  readonly history: readonly { readonly type: string }[];
  readonly refundDueSince?: string;
  readonly ending?: { readonly stage: string; readonly code: string };
}
export const booksOf = async (client: Client, { caseId }: Pick<Journey, "caseId">): Promise<Books> =>
  (await client.staff("finance").send<Books>("GET", `/v1/cases/${caseId}`)).body;

/** The newest invoice that asks for money. @throws Error when none does */
export async function invoiceOf(client: Client, one: Pick<Journey, "caseId">): Promise<KnownInvoice> {
  const { money } = await booksOf(client, one);
  const invoice = money.invoices.findLast(({ status }) => status === "issued");
  if (!invoice) throw new Error("no invoice asks for money");
  return invoice;
}

/** Cases in finance's list of money that is due back. */
export async function refundsDue(client: Client): Promise<string[]> {
  const list = await client
    .staff("finance")
    .send<{ items: { caseId: string }[] }>("GET", "/v1/cases?refundDue=true&limit=100");
  return list.body.items.map(({ caseId }) => caseId);
}

/** A bank transfer, recorded by finance. */
export const transfer = (
  client: Client,
  { caseId }: Pick<Journey, "caseId">,
  invoiceId: string,
  amountCents: number,
  reference = `T-${invoiceId}`,
) =>
  client.staff("finance").act(caseId, "payments", {
    invoiceId,
    amountCents,
    currency: "USD",
    method: "bank-transfer",
    reference,
  });

/** Finance sends money back. */
export const sendBack = (
  client: Client,
  { caseId }: Pick<Journey, "caseId">,
  invoiceId: string,
  amountCents: number,
  reason = "Paid too much",
) => client.staff("finance").act(caseId, "refunds", { invoiceId, amountCents, reason });

/** The invoice as the payment provider has it. @throws Error when it was never told of it */
export function atProvider(cloud: Cloud, invoiceId: string) {
  const invoice = cloud.stripe.invoices().find((one) => one.invoiceId === invoiceId);
  if (!invoice) throw new Error(`the provider knows no ${invoiceId}`);
  return invoice;
}

/** What the provider has sent back for a case, US cents, oldest first. */
export const sentBack = (cloud: Cloud, { caseId }: Pick<Journey, "caseId">): number[] =>
  cloud.stripe
    .refunds()
    .filter(({ metadata, status }) => metadata["case_id"] === caseId && status !== "failed")
    .map(({ amount }) => amount);

/** The parcel as it arrives in Japan, as declared and within the limits. */
export const findings = ({ serialNumber }: Pick<Journey, "serialNumber">) => ({
  serialNumber,
  certificate: true,
  condition: "as-photographed",
  lengthIn: 6,
  widthIn: 6,
  heightIn: 4,
  weightLb: 1,
  contents: ["jewelry", "pouch", "certificate"],
});

export const LARGE_PARCEL = { lengthIn: 12, widthIn: 6, heightIn: 4, weightLb: 1 };
