/** One complimentary resizing as its people live it, over the public contract; the demo shows it, tests build on it. */
import { addDays, dateIn } from "../../lambdas/domain/calendar.ts";
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

export interface JourneyOptions {
  readonly customer?: typeof CUSTOMER | (Omit<typeof CUSTOMER, "locale"> & { readonly locale: "en" | "ja" });
  readonly address?: typeof ADDRESS;
  readonly designNumber?: string;
  readonly serialNumber?: string;
  readonly sizeAtPurchase?: number;
  readonly desiredSize?: number;
  readonly priceCents?: number;
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
        process: "complimentary-resizing",
        customer,
        items: [
          {
            design: "Aurora",
            designNumber,
            serialNumber,
            sizeAtPurchase,
            desiredSize,
            deliveryDate: addDays(today, -10),
            priceCents,
          },
        ],
        order: { number: "US-100234", date: addDays(today, -20) },
      });
      done(answer, "filing");
      caseId = answer.body.caseId;
      say(`${customer.name} asks for a resizing from ${sizeAtPurchase} to ${desiredSize}: case ${caseId}`);
      holder = client.customer(client.tokenIn(await client.mail(customer.email, "E1", caseId)));
      return holder.reaches("photos-requested");
    },

    async sendPhotos(): Promise<CaseView> {
      const { shots } = await her().get();
      const ids: string[] = [];
      for (const { slot } of shots) {
        ids.push(await her().upload(slot, "image/png", ringPhoto(slot)));
        say(`photo "${slot}" uploaded`);
      }
      done(await her().submitPhotos(ids), "photos");
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
      });
      done(answer, "review");
      say("a representative has looked at the photos: possible");
      return her().reaches("shipping-details-requested");
    },

    async giveShippingDetails(stage = "documents-sent"): Promise<CaseView> {
      const brand = await client.call<{ shipDates: readonly string[] }>("GET", "/v1/brand");
      const shipDate = brand.body.shipDates[1];
      done(
        await her().act("shipping-details", {
          name: customer.name,
          address,
          telephone: "+1 (212) 555-0142",
          shipDate,
        }),
        "shipping details",
      );
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

    async receive(): Promise<CaseView> {
      await client.scan(await trackingOf("inbound"), "DL");
      await client.advance("P6D");
      const answer = await client.staff("shipping").act(caseId, "receipt", {
        serialNumber,
        certificate: true,
        condition: "as-photographed",
        lengthIn: 6,
        widthIn: 6,
        heightIn: 4,
        weightLb: 0.9,
        contents: ["jewelry", "pouch", "certificate"],
      });
      done(answer, "receipt");
      const view = await her().reaches("in-work");
      say(`received and checked in Japan; back between ${view.window?.earliest} and ${view.window?.latest}`);
      return view;
    },

    async finishWork(): Promise<CaseView> {
      await client.advance("P50D");
      const finishedOn = dateIn(await client.now(), "Asia/Tokyo");
      done(await client.staff("workshop").act(caseId, "work", { finishedOn }), "work");
      say("seven weeks later: the workshop has finished");
      return her().reaches("inspection");
    },

    async inspect(): Promise<CaseView> {
      const answer = await client.staff("workshop").act(caseId, "inspection", {
        measuredSize: desiredSize,
        repairValueCents: 8_000,
        manifest: ["jewelry", "pouch", "certificate"],
      });
      done(answer, "inspection");
      say(`inspected: measured ${desiredSize}, the manifest is complete`);
      return her().reaches("returning");
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
