/** How customs is told what a thing is and why it travels: never just "jewelry", which the carrier refuses (R44). */
import type { CaseItem } from "./case.ts";
import { isCustomsText } from "./customs-text.ts";
import type { JewelryKind, Service } from "./design.ts";
import { isSizeService } from "./services.ts";

/** What the parcel does with the piece. */
export type Fate = "sent" | "returned" | "returned-unworked" | "replaced";

const ARTICLE: Readonly<Record<JewelryKind, string>> = {
  ring: "finger ring",
  necklace: "necklace",
  bracelet: "bracelet",
  earrings: "pair of earrings",
  other: "personal ornament",
};
const WORK: Readonly<Record<Service, string>> = {
  polishing: "polishing",
  engraving: "engraving",
  "engraving-erasure": "erasure of engraving",
  "re-engraving": "re-engraving",
  "paid-resizing": "resizing",
  "paid-exchange": "exchange of size",
  other: "repair",
};
const list = new Intl.ListFormat("en", { type: "conjunction" });

/**
 * The services on one item in words: "resizing and polishing". What becomes of its size is its outcome's to say,
 * whichever way of changing it was asked for (R11, R21).
 */
function servicesOf({ outcome, services = [] }: CaseItem): string {
  const words = [
    ...(outcome === "resize" ? [WORK["paid-resizing"]] : []),
    ...services.filter((service) => !isSizeService(service)).map((service) => WORK[service]),
  ];
  return words.length === 0 ? "repair" : list.format(words);
}

function whatFor(item: CaseItem, fate: Fate): string {
  switch (fate) {
    case "sent":
      return item.outcome === "exchange"
        ? "sent for exchange of size"
        : `sent for ${servicesOf(item)}, to be returned`;
    case "returned":
      return `returned after ${servicesOf(item)}`;
    case "returned-unworked":
      return "returned as received, no work performed";
    case "replaced":
      return "new goods, supplied in exchange";
  }
}

/** Material, article, design, serial number, what for; at most 450 characters by the limits of its parts. */
export function commodityDescription(facts: {
  readonly item: CaseItem;
  readonly catalogue: NonNullable<CaseItem["catalogue"]>;
  readonly serialNumber: string;
  readonly fate: Fate;
}): string {
  const { item, catalogue, serialNumber, fate } = facts;
  // The number identifies the design; a name in another script is left out rather than holding up the parcel.
  const design = isCustomsText(catalogue.name)
    ? `design ${catalogue.name} (${item.designNumber})`
    : `design ${item.designNumber}`;
  const article = `${catalogue.material} ${ARTICLE[catalogue.kind]}`;
  return `${article}, ${design}, serial no. ${serialNumber}; ${whatFor(item, fate)}`;
}

/** What was done, for the repair declaration: "Resizing to Japanese ring size 13 and polishing". */
export function workDone(item: CaseItem, unworked: boolean): string {
  if (unworked) return "No work performed";
  const words = servicesOf(item);
  const size = item.measuredSize ?? (typeof item.desiredSize === "number" ? item.desiredSize : undefined);
  const sized =
    item.outcome === "resize" && size !== undefined
      ? words.replace("resizing", `resizing to Japanese ring size ${size}`)
      : words;
  return sized.charAt(0).toUpperCase() + sized.slice(1);
}
