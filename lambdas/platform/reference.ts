/** Rings and designs that a decision rests on. */
import type { Design } from "../domain/design.ts";
import type { Ring } from "../domain/ring.ts";
import type { CaseStore } from "../ports/case-store.ts";

export interface Reference {
  readonly rings: ReadonlyMap<string, Ring>;
  readonly designs: ReadonlyMap<string, Design>;
}

/**
 * One read; a second only where a ring's ledger names another design than the request did, since the ledger's is
 * the one that counts.
 */
export async function readReference(
  store: Pick<CaseStore, "reference">,
  wanted: Parameters<CaseStore["reference"]>[0],
): Promise<Reference> {
  const first = await store.reference(wanted);
  // Who names no design decides by none.
  if (wanted.designs.length === 0) return first;
  const other = [...first.rings.values()].flatMap(({ designNumber }) =>
    designNumber === undefined || wanted.designs.includes(designNumber) ? [] : [designNumber],
  );
  if (other.length === 0) return first;
  const second = await store.reference({ serials: [], designs: [...new Set(other)] });
  return { rings: first.rings, designs: new Map([...first.designs, ...second.designs]) };
}
