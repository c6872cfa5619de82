/** The shots a letter asks for, with the brand's words for each angle (R28). */
import type { Brand } from "../domain/brand.ts";
import type { Case } from "../domain/case.ts";
import type { Locale } from "../domain/identifiers.ts";
import { shotOf } from "../domain/shots.ts";

export interface ShotRow {
  readonly slot: string;
  readonly label: Readonly<Record<Locale, string>>;
  readonly hint: Readonly<Record<Locale, string>> | undefined;
  /** Which piece, where there are several. */
  readonly piece: string | undefined;
  /** Why it is wanted again. */
  readonly reason: string | undefined;
}

export function shotRows(theCase: Case, brand: Brand): readonly ShotRow[] {
  return theCase.shots.map(({ slot, reason }) => {
    const { item: number, shot: angle } = shotOf(slot);
    const shot = brand.shots.find((one) => one.slot === angle);
    const item = theCase.items.find((one) => one.item === number);
    return {
      slot,
      // A design may ask for an angle the brand's list has no words for; its name then has to do.
      label: shot?.label ?? { en: angle, ja: angle },
      hint: shot?.hint,
      piece: theCase.items.length > 1 ? (item?.catalogue?.name ?? item?.design) : undefined,
      reason,
    };
  });
}
