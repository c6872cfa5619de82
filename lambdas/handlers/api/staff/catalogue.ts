/** Designs and rings: the facts that verdicts rest on, kept by people. */
import { RingFacts } from "../../../contracts/requests.ts";
import { type Design, DesignFacts } from "../../../domain/design.ts";
import { DesignNumber, SerialNumber } from "../../../domain/identifiers.ts";
import { type Fault, Problem, ruleBroken } from "../../../domain/problem.ts";
import type { Ring } from "../../../domain/ring.ts";
import { type Call, etag, ifMatch, ok, parsed, type Reply } from "../../../platform/http.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";

/** What a category needs and forbids (R14–R17), and sizes that are listed once. */
function designFaults({ resizing, availableSizes }: DesignFacts): Fault[] {
  const ranged = resizing.category === "resizing";
  const bounds = (["minus", "plus"] as const).flatMap((bound): Fault[] => {
    const path = `resizing.${bound}`;
    if (ranged && resizing[bound] === undefined)
      return [{ path, message: "a resizing has a range: how far below and above", rule: "R14" }];
    return !ranged && resizing[bound] !== undefined
      ? [{ path, message: "only the category resizing has a range", rule: "R14" }]
      : [];
  });
  const twice = new Set(availableSizes).size < availableSizes.length;
  return [
    ...bounds,
    ...(twice ? [{ path: "availableSizes", message: "a size is listed twice", rule: "R18" }] : []),
  ];
}

/** @throws Problem invalid-request, rule-broken */
export async function putDesign(store: Pick<CaseStore, "putDesign">, call: Call): Promise<Reply> {
  const designNumber = parsed(DesignNumber, call.path.designNumber);
  const facts = parsed(DesignFacts, call.body());
  const faults = designFaults(facts);
  if (faults.length > 0) throw ruleBroken(...faults);
  const design: Design = { designNumber, ...facts };
  await store.putDesign(design);
  return ok(design);
}

const readRing = async (store: Pick<CaseStore, "reference">, serial: string): Promise<Ring | undefined> =>
  (await store.reference({ serials: [serial], designs: [] })).rings.get(serial);

export async function getRing(store: Pick<CaseStore, "reference">, call: Call): Promise<Reply> {
  const serial = SerialNumber.safeParse(call.path.serialNumber);
  const ring = serial.success ? await readRing(store, serial.data) : undefined;
  if (!ring) throw new Problem("not-found");
  return ok(ring, etag(ring.version));
}

const ROUNDS = 5;

/**
 * Replaces the facts of a ring; its right, its case and its kin are the process's and stay as they are. A delivery
 * date recorded here without a source has the order's weight (R6).
 * @throws Problem case-changed when the ring is not at the version named
 */
export async function putRing(store: Pick<CaseStore, "reference" | "putRing">, call: Call): Promise<Reply> {
  const serialNumber = parsed(SerialNumber, call.path.serialNumber);
  const facts = parsed(RingFacts, call.body());
  const source = facts.deliverySource ?? (facts.deliveryDate === undefined ? undefined : "order");
  for (let round = 1; ; round += 1) {
    const former = await readRing(store, serialNumber);
    const before = former?.version ?? 0;
    const version = ifMatch(call);
    if (version !== undefined && version !== before)
      throw new Problem("case-changed", [], { version: before });
    const { right, currentSize, openCase, predecessor, successor } = former ?? {};
    const ring = {
      serialNumber,
      version: before + 1,
      ...facts,
      deliverySource: source,
      right: right ?? { state: "free" as const },
      currentSize,
      openCase,
      predecessor,
      successor,
    };
    try {
      await store.putRing(before, ring);
      return ok(ring, etag(ring.version));
    } catch (error) {
      if (!(error instanceof Conflict) || round === ROUNDS) throw error;
    }
  }
}
