/** Which photos are wanted of which item (R28), and how their slots are named. */
import type { Brand } from "./brand.ts";
import type { WantedShot } from "./case.ts";
import type { Design } from "./design.ts";
import type { Locale } from "./identifiers.ts";

/** Its photo is mandatory (R10, R28). */
export const CERTIFICATE = "certificate";

type ShotLists = Pick<Brand, "shots" | "shotsOfOtherJewelry">;

interface PhotographedItem {
  readonly item: number;
  readonly design?: Pick<Design, "kind" | "shots"> | null;
}

/** The first item's slots go by the shot's own name, those of the others by `2-top`, `3-top` (contract). */
export const slotOf = (item: number, shot: string): string => (item === 1 ? shot : `${item}-${shot}`);

/** The item and the shot a slot stands for. */
export const shotOf = (slot: string): { readonly item: number; readonly shot: string } => {
  const [, item, shot] = /^([1-9]\d?)-(.+)$/.exec(slot) ?? [];
  return item !== undefined && shot !== undefined ? { item: Number(item), shot } : { item: 1, shot: slot };
};

export const isCertificateSlot = (slot: string): boolean => shotOf(slot).shot === CERTIFICATE;

/** Photos wanted of one item: the design's own list, else the brand's for its kind; a design unknown is taken for a ring. */
const shotsFor = (design: PhotographedItem["design"], lists: ShotLists): readonly string[] => {
  const wanted =
    design?.shots ??
    (design && design.kind !== "ring" ? lists.shotsOfOtherJewelry : lists.shots.map((shot) => shot.slot));
  return [...new Set([...wanted, CERTIFICATE])];
};

/** All slots wanted at first, item by item (R28); the certificate is always among them. */
export const wantedShots = (items: readonly PhotographedItem[], lists: ShotLists): WantedShot[] =>
  items.flatMap(({ item, design }) => shotsFor(design, lists).map((shot) => ({ slot: slotOf(item, shot) })));

/** What a slot is called, and what the photo should show; the slot's own name for a shot only a design knows. */
export const describeSlot = (
  slot: string,
  lists: Pick<ShotLists, "shots">,
  locale: Locale,
): { readonly label: string; readonly hint: string } => {
  const { item, shot } = shotOf(slot);
  const listed = lists.shots.find((one) => one.slot === shot);
  const label = listed?.label[locale] ?? shot;
  return {
    label: item === 1 ? label : { en: `Item ${item}: ${label}`, ja: `${item}点目：${label}` }[locale],
    hint: listed?.hint[locale] ?? "",
  };
};
