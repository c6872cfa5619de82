/**
 * What may happen to a ring in the ledger (R5, R19, R20). Each function makes a transition for `changeRing`; given
 * again for the same case it changes nothing. Taking what another holds is refused; giving up what one does not hold
 * changes nothing, so that every ending may call it.
 */
import type { RingChange } from "./case-file.ts";
import { definedOnly } from "./fields.ts";
import type { CaseId, Instant, RingSize } from "./identifiers.ts";
import { trustInLedger, trustInRequest } from "./known-facts.ts";
import { ruleBroken } from "./problem.ts";
import type { Ring } from "./ring.ts";

/** Returns the very same ring when there is nothing to change. @throws Problem rule-broken (R5, R20) */
export type RingTransition = (ring: Ring) => Ring;

/** A ring nobody has written of yet: version 0 stands for "not there". */
export const unknownRing = (serialNumber: string): Ring => ({
  serialNumber,
  version: 0,
  right: { state: "free" },
});

/** Applies transitions one after the other, as one write; `undefined` when nothing changes. */
export const changeRing = (ring: Ring, ...transitions: readonly RingTransition[]): RingChange | undefined => {
  const after = transitions.reduce((sofar, transition) => transition(sofar), ring);
  return after === ring
    ? undefined
    : { before: ring.version, after: { ...after, version: ring.version + 1 } };
};

/** True when the case has the complimentary right of the ring, reserved or used. */
export const holdsRight = (ring: Ring, caseId: CaseId): boolean =>
  ring.right.state !== "free" && ring.right.by === caseId;

/** A case opens on the ring (R20). Refused while another is open, and on a ring exchanged away (R5). */
export const openOn =
  (caseId: CaseId, path = "serialNumber"): RingTransition =>
  (ring) => {
    if (ring.openCase === caseId) return ring;
    if (ring.openCase !== undefined)
      throw ruleBroken({
        path,
        rule: "R20",
        message: "There is already an open request for the piece with this serial number.",
      });
    if (ring.successor !== undefined)
      throw ruleBroken({
        path,
        rule: "R5",
        message: "The ring with this serial number was exchanged for another one.",
      });
    return { ...ring, openCase: caseId };
  };

/** The case is over, or is no longer about this ring. */
export const closeOn =
  (caseId: CaseId): RingTransition =>
  (ring) => {
    if (ring.openCase !== caseId) return ring;
    const { openCase: _, ...rest } = ring;
    return rest;
  };

/** What one case holds of the ring another goes on with (R47). */
export const handOver =
  (from: CaseId, to: CaseId): RingTransition =>
  (ring) => {
    if (ring.openCase !== from) return ring;
    const right = holdsRight(ring, from) ? { ...ring.right, by: to } : ring.right;
    return { ...ring, openCase: to, right };
  };

const refuseRight = (path: string) =>
  ruleBroken({
    path,
    rule: "R5",
    message: "The complimentary service of this ring is used, or set aside for another request.",
  });

/** Approval sets the right aside (R5). */
export const reserve =
  (caseId: CaseId, at: Instant, path = "serialNumber"): RingTransition =>
  (ring) => {
    if (holdsRight(ring, caseId)) return ring;
    if (ring.right.state !== "free") throw refuseRight(path);
    return { ...ring, right: { state: "reserved", by: caseId, at } };
  };

/** Receipt uses the right up (R5): set aside for this case, or free. */
export const use =
  (caseId: CaseId, at: Instant, path = "serialNumber"): RingTransition =>
  (ring) => {
    if (ring.right.state === "free" || (ring.right.state === "reserved" && ring.right.by === caseId))
      return { ...ring, right: { state: "used", by: caseId, at } };
    if (ring.right.by === caseId) return ring;
    throw refuseRight(path);
  };

/** The case ended before receipt: a right set aside is free again; one used up stays so (R5). */
export const release =
  (caseId: CaseId): RingTransition =>
  (ring) =>
    ring.right.state === "reserved" && ring.right.by === caseId
      ? { ...ring, right: { state: "free" } }
      : ring;

/** The ring goes back unworked: the right is free again, even if it was used up (R5). */
export const giveBack =
  (caseId: CaseId): RingTransition =>
  (ring) =>
    holdsRight(ring, caseId) ? { ...ring, right: { state: "free" } } : ring;

/** The ring has another size now; the size at purchase stays what it was (R19). */
export const resizedTo =
  (size: RingSize): RingTransition =>
  (ring) =>
    ring.currentSize === size ? ring : { ...ring, currentSize: size };

export type RingFacts = {
  readonly [K in "designNumber" | "sizeAtPurchase" | "currentSize" | "deliveryDate" | "deliverySource"]?:
    | Ring[K]
    | undefined;
};

/**
 * Facts that a representative recorded. A delivery date gives way only to one from a source at least as good
 * (carrier > order > customer, R6). A ring never yet resized has the size at purchase.
 */
export const applyFacts =
  (facts: RingFacts): RingTransition =>
  (ring) => {
    const betterDate =
      facts.deliveryDate !== undefined &&
      (ring.deliveryDate === undefined ||
        trustInLedger(facts.deliverySource) >= trustInLedger(ring.deliverySource));
    const { deliveryDate, deliverySource, ...rest } = ring;
    const date = betterDate ? facts : { deliveryDate, deliverySource };
    const neverResized = ring.currentSize === undefined || ring.currentSize === ring.sizeAtPurchase;
    const known: RingFacts = {
      designNumber: facts.designNumber ?? ring.designNumber,
      sizeAtPurchase: facts.sizeAtPurchase ?? ring.sizeAtPurchase,
      currentSize: facts.currentSize ?? (neverResized ? facts.sizeAtPurchase : undefined) ?? ring.currentSize,
      deliveryDate: date.deliveryDate,
      deliverySource: date.deliverySource,
    };
    const changed = (Object.keys(known) as (keyof RingFacts)[]).some((key) => known[key] !== ring[key]);
    return changed ? definedOnly<Ring>({ ...rest, ...known }) : ring;
  };

/**
 * Facts that come from the customer's request, approved with it: they fill what the ledger does not know, and replace
 * a delivery date only where their source is the better one. The ledger wins over a request (contract).
 */
export const learnFacts =
  (facts: RingFacts): RingTransition =>
  (ring) => {
    const betterDate =
      ring.deliveryDate === undefined ||
      trustInRequest(facts.deliverySource) > trustInLedger(ring.deliverySource);
    const { deliveryDate, deliverySource, ...rest } = facts;
    return applyFacts(
      definedOnly({
        ...rest,
        ...(deliveryDate !== undefined && betterDate
          ? { deliveryDate, deliverySource: deliverySource ?? "customer" }
          : {}),
        designNumber: ring.designNumber ?? facts.designNumber,
        sizeAtPurchase: ring.sizeAtPurchase ?? facts.sizeAtPurchase,
        currentSize: ring.currentSize ?? facts.currentSize,
      }),
    )(ring);
  };

interface Exchange {
  readonly old: RingChange | undefined;
  readonly next: RingChange | undefined;
}

/**
 * The old ring stays with the brand and the customer gets another (R5, R11): both are linked, and the new one
 * inherits design, size at purchase (R19), delivery date and what became of the right. The case stays open on the
 * old ring alone. @throws Problem rule-broken (R5) when either is already part of another exchange, or the new one
 * has a history of its own
 */
export const exchange = (old: Ring, next: Ring, size: RingSize, path = "newSerialNumber"): Exchange => {
  const done = old.successor === next.serialNumber && next.predecessor === old.serialNumber;
  if (!done) {
    const refuse = (message: string) => ruleBroken({ path, rule: "R5", message });
    if (old.serialNumber === next.serialNumber)
      throw refuse("The new ring has a serial number of its own, not that of the old one.");
    if (old.successor !== undefined)
      throw refuse("The old ring was already exchanged, for another serial number.");
    if (next.predecessor !== undefined || next.successor !== undefined)
      throw refuse("The ring with this serial number is already part of another exchange.");
    if (next.openCase !== undefined || next.right.state !== "free")
      throw refuse("The ring with this serial number already belongs to another request.");
  }
  const inherited: RingFacts = {
    ...(old.designNumber === undefined ? {} : { designNumber: old.designNumber }),
    ...(old.sizeAtPurchase === undefined ? {} : { sizeAtPurchase: old.sizeAtPurchase }),
    ...(old.deliveryDate === undefined ? {} : { deliveryDate: old.deliveryDate }),
    ...(old.deliverySource === undefined ? {} : { deliverySource: old.deliverySource }),
    currentSize: size,
  };
  return {
    old: changeRing(old, (ring) => (done ? ring : { ...ring, successor: next.serialNumber })),
    next: changeRing(next, (ring) =>
      done ? ring : { ...ring, ...inherited, predecessor: old.serialNumber, right: old.right },
    ),
  };
};
