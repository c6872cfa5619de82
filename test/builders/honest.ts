/** People who do what is asked of them: the answer to every wait of both processes, given in turn. */
import type { Actor } from "../../lambdas/actions/action.ts";
import type { Process } from "../../lambdas/domain/assessment.ts";
import type { Service } from "../../lambdas/domain/design.ts";
import { possibleShipDates } from "../../lambdas/domain/ship-date.ts";
import { dateInJapan } from "../../lambdas/domain/time-zones.ts";
import type { Asks } from "../../lambdas/domain/wait.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aDesign, aMedia } from "./case-file.ts";
import { aWorld, type World, type WorldOptions } from "./world.ts";

export const CUSTOMER: Actor = { kind: "customer" };
export const STAFF: Actor = { kind: "staff", name: "Kim", roles: ["manager"] };
export const AT = "2026-03-10T15:00:00.000Z";
const HOUR = 60;

export const ITEM = {
  design: "Aurora",
  designNumber: "R-1001",
  serialNumber: "SN-2026-0001",
  sizeAtPurchase: 11,
  desiredSize: 13,
  deliveryDate: "2026-03-01",
  priceCents: 120_000,
};
type Item = Partial<typeof ITEM> &
  Pick<typeof ITEM, "design" | "designNumber"> & {
    readonly services?: Service[];
    readonly engraving?: string;
    readonly description?: string;
  };

/** A request for one ring, or for the pieces given; complimentary, unless said otherwise. */
export function anHonestWorld(
  options: Partial<Omit<WorldOptions, "request">> & {
    readonly items?: readonly Item[];
    readonly process?: Process;
  } = {},
): World {
  const { items = [ITEM], process = "complimentary-resizing", ...rest } = options;
  const world = aWorld({
    at: AT,
    designs: [aDesign()],
    request: {
      process,
      customer: {
        name: "Jane Doe",
        email: "jane.doe@example.com",
        locale: "en",
        timeZone: "America/New_York",
      },
      items: [...items],
      order: {},
    },
    ...rest,
  });
  return world;
}

/** A photo of every shot that is wanted now, taken now. */
function photographed(world: World): readonly string[] {
  const { shots } = world.file().case;
  const taken = world.file().media.length;
  const photos = shots.map(({ slot }, n) =>
    aMedia({ slot, mediaId: String(taken + n).padStart(32, "0"), ticketAt: world.now() }),
  );
  world.change((file) => ({ ...file, media: [...file.media, ...photos] }));
  return photos.map((photo) => photo.mediaId);
}

export const detailsAt = (world: World, nth = 0) => ({
  name: "Jane Doe",
  address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
  telephone: "6175550132",
  shipDate: possibleShipDates(world.now(), "America/New_York", brand.days)[nth],
});
const isPaid = (world: World): boolean => world.file().case.process === "repair-and-maintenance";
const contactOf = (world: World) => {
  const { shipDate: _, ...contact } = detailsAt(world);
  return contact;
};
const liveItems = (world: World) => world.file().case.items.filter((item) => !item.dropped);
export const findings = (world: World) => ({
  items: liveItems(world).map(({ item, serialNumber }) => ({
    item,
    serialNumber,
    certificate: true,
    condition: "as-photographed",
  })),
  lengthIn: 6,
  widthIn: 6,
  heightIn: 4,
  weightLb: 1,
  contents: ["jewelry", "pouch", "certificate"],
});

/** An approval; items named are left out of it. */
export const approval = (world: World, dropped: readonly number[] = []) => ({
  decision: "approve",
  items: liveItems(world).map(({ item, serialNumber }) => ({
    item,
    serialNumber,
    sizeAtPurchase: 11,
    deliveryDate: "2026-03-01",
    deliverySource: "carrier",
    customsValueCents: 120_000,
    insuredValueCents: 150_000,
    ...(dropped.includes(item) ? { drop: true } : {}),
  })),
});

const LINES = [
  { kind: "service", text: "The work", amountCents: 12_000 },
  { kind: "shipping", text: "Shipping to Japan", amountCents: 8_000 },
];
export const SCHEDULE = { earliest: 14, latest: 28 };

const ANSWERS: Partial<Record<Asks, (world: World) => Promise<unknown>>> = {
  photos: (world) =>
    world.act(CUSTOMER, "photos", {
      mediaIds: photographed(world),
      ...(isPaid(world) ? { contact: contactOf(world) } : {}),
    }),
  review: (world) =>
    world.act(STAFF, "review", {
      ...approval(world),
      ...(isPaid(world) ? { schedule: SCHEDULE, invoice: { lines: LINES } } : {}),
    }),
  payment: (world) => world.pay(),
  "ship-date": (world) => world.act(CUSTOMER, "ship-date", { shipDate: detailsAt(world).shipDate }),
  surcharge: (world) => world.pay(),
  conversion: (world) => world.act(CUSTOMER, "conversion", { accept: false }),
  "shipping-details": (world) => world.act(CUSTOMER, "shipping-details", detailsAt(world)),
  "export-clearance": (world) => world.act(STAFF, "export-clearance", { basis: "exempt-30.37(a)" }),
  dispatch: (world) => world.scan("inbound", "PU"),
  receipt: (world) => world.act(STAFF, "receipt", findings(world)),
  discrepancy: (world) => world.act(STAFF, "discrepancy", { resolution: "continue", text: "agreed" }),
  work: (world) => world.act(STAFF, "work", { finishedOn: dateInJapan(world.now()) }),
  inspection: (world) => {
    const { returnUnworked } = world.file().case;
    return world.act(STAFF, "inspection", {
      items: liveItems(world).map(({ item, outcome, desiredSize }) => ({
        item,
        ...(outcome === "service" ? {} : { measuredSize: returnUnworked ? 11 : desiredSize }),
        repairValueCents: 8000,
        ...(outcome === "exchange" && !returnUnworked ? { newSerialNumber: `NEW-${item}` } : {}),
      })),
      manifest: ["jewelry", "pouch", "certificate"],
    });
  },
  "return-delivery": (world) => world.scan("return", "DL"),
  attention: (world) => world.act(STAFF, "attention", { decision: "retry" }),
};

interface Course {
  /** Stops where this is asked. */
  readonly until?: Asks;
  /** What happens instead of the answer, at the n-th turn from 1. */
  readonly instead?: (turn: number) => ((world: World) => Promise<unknown>) | undefined;
}

/** Answers what is asked until the case has ended; an hour goes by between two answers. */
export async function goesOn(world: World, { until, instead }: Course = {}): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    await world.settle();
    if (!world.open()) return;
    if (turn > 60) throw new Error(`no end: ${world.file().case.stage}`);
    const wait = world.wait();
    if (!wait.answer && wait.asks === until) return;
    const otherwise = instead?.(turn);
    if (otherwise) await otherwise(world);
    // The process has stopped behind an answer: the clock will see to it.
    else if (wait.answer) await world.pass(6);
    else {
      await ANSWERS[wait.asks]?.(world);
      await world.pass(HOUR);
    }
  }
}
