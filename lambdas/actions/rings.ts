/** What a case does to its rings, as changes of the ledger written in the case's own transaction (R5, R19, R20). */
import type { Case, CaseItem } from "../domain/case.ts";
import type { Change, RingChange } from "../domain/case-file.ts";
import type { CaseId, Instant } from "../domain/identifiers.ts";
import type { Ring } from "../domain/ring.ts";
import {
  changeRing,
  closeOn,
  exchange,
  giveBack,
  handOver,
  holdsRight,
  learnFacts,
  openOn,
  type RingTransition,
  release,
  reserve,
  resizedTo,
  unknownRing,
  use,
} from "../domain/ring-ledger.ts";

type Rings = ReadonlyMap<string, Ring>;
type Lookups = NonNullable<Change["lookups"]>;

const ringNamed = (rings: Rings, serial: string): Ring => rings.get(serial) ?? unknownRing(serial);
const serialsOf = (items: readonly CaseItem[]): string[] =>
  items.flatMap((item) => (item.dropped || item.serialNumber === undefined ? [] : [item.serialNumber]));
const changes = (
  rings: Rings,
  serials: readonly string[],
  ...transitions: readonly RingTransition[]
): RingChange[] => serials.flatMap((serial) => changeRing(ringNamed(rings, serial), ...transitions) ?? []);

const namedBy = (items: readonly CaseItem[]): string[] =>
  items.flatMap(({ serialNumber, newSerialNumber }) =>
    [serialNumber, newSerialNumber].filter((value) => value !== undefined),
  );
/** Serial numbers by which a case can be found from now on, and could not by those it named `before`. */
export const serialLookups = (items: readonly CaseItem[], before: readonly CaseItem[] = []): Lookups =>
  namedBy(items)
    .filter((value) => !namedBy(before).includes(value))
    .map((value) => ({ kind: "serial" as const, value }));

/** The case opens on every ring it names. @throws Problem R20 when another case is open on one */
export const openRings = (rings: Rings, caseId: CaseId, items: readonly CaseItem[]): RingChange[] =>
  items.flatMap((item) =>
    item.serialNumber === undefined || item.dropped
      ? []
      : changes(rings, [item.serialNumber], openOn(caseId, `items[${item.item - 1}].serialNumber`)),
  );

/** The same once serial numbers were named or corrected: it lets go of those that are no longer named. */
export function moveOpenCase(
  rings: Rings,
  caseId: CaseId,
  before: readonly CaseItem[],
  after: readonly CaseItem[],
): RingChange[] {
  const now = serialsOf(after);
  const left = serialsOf(before).filter((serial) => !now.includes(serial));
  return [...changes(rings, left, release(caseId), closeOn(caseId)), ...openRings(rings, caseId, after)];
}

/** Items that go on in another case take along what the first one holds of their rings (R47). */
export const moveRings = (rings: Rings, from: CaseId, to: CaseId, items: readonly CaseItem[]): RingChange[] =>
  changes(rings, serialsOf(items), handOver(from, to));

/**
 * Approval (R5): what a representative established fills what the ledger does not know, and the right is set aside; not
 * in the paid process, which needs none. A manager who has waived R5 or R12 approves without a right to set aside.
 */
export function reserveRights(
  rings: Rings,
  theCase: Case,
  items: readonly CaseItem[],
  waived: ReadonlySet<string>,
  now: Instant,
): RingChange[] {
  const { caseId } = theCase;
  const live = items.filter((item) => !item.dropped);
  const left = serialsOf(theCase.items).filter((serial) => !serialsOf(live).includes(serial));
  return [
    ...changes(rings, left, release(caseId), closeOn(caseId)),
    ...live.flatMap((item) => {
      if (item.serialNumber === undefined) return [];
      const path = `items[${item.item - 1}].serialNumber`;
      const { designNumber, sizeAtPurchase, deliveryDate, deliverySource } = item;
      const facts = {
        designNumber,
        ...(sizeAtPurchase === undefined ? {} : { sizeAtPurchase }),
        ...(deliveryDate === undefined ? {} : { deliveryDate }),
        ...(deliverySource === undefined ? {} : { deliverySource }),
      };
      const ring = ringNamed(rings, item.serialNumber);
      const without =
        (waived.has("R5") || waived.has("R12")) && ring.right.state !== "free" && !holdsRight(ring, caseId);
      return changes(
        rings,
        [item.serialNumber],
        openOn(caseId, path),
        learnFacts(facts),
        ...(without || theCase.process === "repair-and-maintenance" ? [] : [reserve(caseId, now, path)]),
      );
    }),
  ];
}

/** The case no longer needs the rights it has set aside (R5). */
export const releaseRights = (rings: Rings, { caseId, items }: Case): RingChange[] =>
  changes(rings, serialsOf(items), release(caseId));

/** Receipt (R5): the right that was set aside is used up. */
export const useRights = (rings: Rings, { caseId, items }: Case, now: Instant): RingChange[] =>
  serialsOf(items).flatMap((serial) =>
    holdsRight(ringNamed(rings, serial), caseId) ? changes(rings, [serial], use(caseId, now)) : [],
  );

/** The work is done: another size, or another ring that inherits the old one's history (R5, R19). */
export function workOnRings(
  rings: Rings,
  items: readonly CaseItem[],
  paths: ReadonlyMap<number, string>,
): RingChange[] {
  return items.flatMap((item) => {
    const { serialNumber, newSerialNumber, measuredSize } = item;
    if (item.dropped || serialNumber === undefined || measuredSize === undefined) return [];
    // A measurement of what was only polished is no new size.
    if (item.outcome === "service") return [];
    if (newSerialNumber === undefined) return changes(rings, [serialNumber], resizedTo(measuredSize));
    const path = `${paths.get(item.item) ?? ""}newSerialNumber`;
    const { old, next } = exchange(
      ringNamed(rings, serialNumber),
      ringNamed(rings, newSerialNumber),
      measuredSize,
      path,
    );
    return [old, next].flatMap((change) => change ?? []);
  });
}

/** The case is over: released if it ended before receipt, given back if the ring comes home unworked (R5). */
export const endRings = (rings: Rings, { caseId, items, returnUnworked }: Case): RingChange[] =>
  changes(rings, serialsOf(items), returnUnworked ? giveBack(caseId) : release(caseId), closeOn(caseId));
