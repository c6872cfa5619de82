/** One case of either process as its people live it, over the public contract; the demo shows it, tests build on it. */
import { addDays, dateIn } from "../../lambdas/domain/calendar.ts";
import type { Service } from "../../lambdas/domain/design.ts";
import { formatUsd } from "../../lambdas/domain/money.ts";
import { customerZone } from "../../lambdas/domain/time-zones.ts";
import type { CaseView, Client } from "./client.ts";
import { ringPhoto } from "./photo.ts";

export const CUSTOMER = {
  name: "Emily Carter",
  email: "emily.carter@example.com",
  locale: "en" as const,
  timeZone: "America/New_York",
};
export const ADDRESS = {
  line1: "350 Fifth Avenue",
  line2: "Suite 5",
  city: "New York",
  state: "NY",
  zip: "10118",
};

export interface PaidWork {
  readonly services: readonly Service[];
  readonly description: string;
  readonly engraving?: string;
  readonly lines?: readonly { readonly kind: string; readonly text: string; readonly amountCents: number }[];
  readonly schedule?: { readonly earliest: number; readonly latest: number };
}
export const LINES = [
  { kind: "service", text: "Polishing and engraving", amountCents: 14_000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8_500 },
  { kind: "duties", text: "Customs duties in Japan", amountCents: 1_200 },
  { kind: "insurance", text: "Transport insurance", amountCents: 1_800 },
] as const;
const changesSize = (services: readonly Service[]): boolean =>
  services.includes("paid-resizing") || services.includes("paid-exchange");

export interface JourneyOptions {
  readonly customer?: typeof CUSTOMER | (Omit<typeof CUSTOMER, "locale"> & { readonly locale: "en" | "ja" });
  readonly address?: typeof ADDRESS;
  readonly designNumber?: string;
  readonly serialNumber?: string;
  readonly sizeAtPurchase?: number;
  readonly desiredSize?: number;
  readonly priceCents?: number;
  /** The paid process, with what is asked for; otherwise a complimentary resizing. */
  readonly paid?: PaidWork;
  /** Told what happens, in words. */
  readonly say?: (text: string) => void;
}

/** The steps of the journey one by one; each ends when the case has come to its next wait. */
export function journey(client: Client, options: JourneyOptions = {}) {
  const {
    customer = CUSTOMER,
    address = ADDRESS,
    designNumber = "R-1001",
    serialNumber = "SN-2026-0001",
    sizeAtPurchase = 11,
    desiredSize = 13,
    priceCents = 120_000,
    paid,
    say = () => {},
  } = options;
  let caseId = "";
  let holder: ReturnType<Client["customer"]> | undefined;
  const her = () => {
    if (!holder) throw new Error("no case yet");
    return holder;
  };
  const done = (answer: { status: number; body: unknown }, what: string): void => {
    if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const contact = { name: customer.name, address, telephone: "+1 (212) 555-0142" };
  const sized = !paid || changesSize(paid.services);
  const trackingOf = async (leg: "inbound" | "return"): Promise<string> => {
    const number = (await her().get()).tracking[leg]?.number;
    if (number === undefined) throw new Error(`no ${leg} parcel`);
    return number;
  };

  return {
    get caseId() {
      return caseId;
    },
    get customer() {
      return her();
    },

    /** Files the request and follows the link of the first mail. */
    async file(): Promise<CaseView> {
      const today = dateIn(await client.now(), customerZone(customer.timeZone));
      const answer = await client.file({
        process: paid ? "repair-and-maintenance" : "complimentary-resizing",
        customer,
        items: [
          {
            design: "Aurora",
            designNumber,
            serialNumber,
            sizeAtPurchase,
            ...(sized ? { desiredSize } : {}),
            deliveryDate: addDays(today, -10),
            priceCents,
            ...(paid
              ? {
                  services: paid.services,
                  description: paid.description,
                  ...(paid.engraving === undefined ? {} : { engraving: paid.engraving }),
                }
              : {}),
          },
        ],
        order: { number: "US-100234", date: addDays(today, -20) },
      });
      done(answer, "filing");
      caseId = answer.body.caseId;
      const wish = paid ? paid.services.join(" and ") : `a resizing from ${sizeAtPurchase} to ${desiredSize}`;
      say(`${customer.name} asks for ${wish}: case ${caseId}`);
      holder = client.customer(client.tokenIn(await client.mail(customer.email, "E1", caseId)));
      return holder.reaches("photos-requested");
    },

    async sendPhotos(): Promise<CaseView> {
      const { shots, wantsContact } = await her().get();
      const ids: string[] = [];
      for (const { slot } of shots) {
        ids.push(await her().upload(slot, "image/png", ringPhoto(slot)));
        say(`photo "${slot}" uploaded`);
      }
      done(await her().submitPhotos(ids, wantsContact ? contact : undefined), "photos");
      if (wantsContact) say("with her name, address and telephone number");
      return her().reaches("in-review");
    },

    async approve(): Promise<CaseView> {
      const today = dateIn(await client.now(), customerZone(customer.timeZone));
      const answer = await client.staff("representative").act(caseId, "review", {
        decision: "approve",
        items: [
          {
            serialNumber,
            sizeAtPurchase,
            deliveryDate: addDays(today, -10),
            deliverySource: "carrier",
            customsValueCents: priceCents,
            insuredValueCents: priceCents,
          },
        ],
        ...(paid
          ? {
              schedule: paid.schedule ?? { earliest: 21, latest: 35 },
              invoice: { lines: paid.lines ?? LINES },
            }
          : {}),
      });
      done(answer, "review");
      say("a representative has looked at the photos: possible");
      if (!paid) return her().reaches("shipping-details-requested");
      const view = await her().reaches("invoice-sent");
      const [invoice] = view.invoices;
      say(
        `invoice ${invoice?.invoiceId} over ${formatUsd(invoice?.totalCents ?? 0)}, due ${invoice?.dueDate}`,
      );
      return view;
    },

    /** Pays what is due of the newest invoice, or so much of it. */
    async pay(amountCents?: number, stage = "ship-date-requested"): Promise<CaseView> {
      const { invoices } = await her().get();
      const invoice = invoices.findLast((one) => one.status === "issued");
      if (!invoice) throw new Error("nothing to pay");
      done(await client.pay(invoice.invoiceId, amountCents), "payment");
      say(`${customer.name} pays on the payment page`);
      return her().reaches(stage);
    },

    async giveShipDate(stage = "documents-sent"): Promise<CaseView> {
      const brand = await client.call<{ shipDates: readonly string[] }>("GET", "/v1/brand");
      const shipDate = brand.body.shipDates[1];
      done(await her().act("ship-date", { shipDate }), "ship date");
      say(`${customer.name} will ship on ${shipDate}`);
      return her().reaches(stage);
    },

    async giveShippingDetails(stage = "documents-sent"): Promise<CaseView> {
      const brand = await client.call<{ shipDates: readonly string[] }>("GET", "/v1/brand");
      const shipDate = brand.body.shipDates[1];
      done(await her().act("shipping-details", { ...contact, shipDate }), "shipping details");
      say(`${customer.name} gives her address and will ship on ${shipDate}`);
      return her().reaches(stage);
    },

    async ship(): Promise<CaseView> {
      done(await her().act("dispatch"), "dispatch");
      const number = await trackingOf("inbound");
      await client.scan(number, "PU");
      say(`the parcel ${number} is on its way to Japan`);
      return her().reaches("dispatched");
    },

    async receive(
      parcel = { lengthIn: 6, widthIn: 6, heightIn: 4, weightLb: 0.9 },
      stage = "in-work",
    ): Promise<CaseView> {
      await client.scan(await trackingOf("inbound"), "DL");
      await client.advance("P6D");
      const answer = await client.staff("shipping").act(caseId, "receipt", {
        serialNumber,
        certificate: true,
        condition: "as-photographed",
        ...parcel,
        contents: ["jewelry", "pouch", "certificate"],
      });
      done(answer, "receipt");
      const view = await her().reaches(stage);
      if (!view.window) return view;
      say(`received and checked in Japan; back between ${view.window?.earliest} and ${view.window?.latest}`);
      return view;
    },

    async finishWork(): Promise<CaseView> {
      await client.advance(sized ? "P50D" : "P24D");
      const finishedOn = dateIn(await client.now(), "Asia/Tokyo");
      done(await client.staff("workshop").act(caseId, "work", { finishedOn }), "work");
      say(`${sized ? "seven" : "three"} weeks later: the workshop has finished`);
      return her().reaches("inspection");
    },

    async inspect(stage = "returning"): Promise<CaseView> {
      const answer = await client.staff("workshop").act(caseId, "inspection", {
        ...(sized ? { measuredSize: desiredSize } : {}),
        repairValueCents: 8_000,
        manifest: ["jewelry", "pouch", "certificate"],
      });
      done(answer, "inspection");
      say(`inspected${sized ? `: measured ${desiredSize},` : ":"} the manifest is complete`);
      return her().reaches(stage);
    },

    async deliver(): Promise<CaseView> {
      const number = await trackingOf("return");
      for (const code of ["PU", "IT", "OD", "DL"]) await client.scan(number, code);
      await client.advance("P5D");
      const view = await her().reaches("closed");
      say("delivered: the case is closed");
      return view;
    },
  };
}
