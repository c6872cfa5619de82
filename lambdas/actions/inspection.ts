/** Before the return (R63): measured size = agreed size, and the manifest complete (R57). */
import * as z from "zod";
import { isPaidInFull } from "../domain/accounts.ts";
import type { CaseItem } from "../domain/case.ts";
import { CaseItem as Shape } from "../domain/case.ts";
import type { CaseFile } from "../domain/case-file.ts";
import { Cents, RingSize, SerialNumber } from "../domain/identifiers.ts";
import { type Fault, ruleBroken } from "../domain/problem.ts";
import { type Action, actorText, liveItems, openWaitFor } from "./action.ts";
import { goOnAt } from "./go-on.ts";
import { referenceOf } from "./judge.ts";
import { serialLookups, workOnRings } from "./rings.ts";

const Goods = z.enum(["jewelry", "pouch", "certificate"]);
const inspected = {
  measuredSize: RingSize.optional(),
  /** Exchange only: the ring that goes home. */
  newSerialNumber: SerialNumber.optional(),
  /** For customs, even when the work is free. */
  repairValueCents: Cents,
};
const manifest = z.array(Goods).min(1).max(3);
const Input = z.union([
  z.strictObject({ ...inspected, manifest }),
  z.strictObject({
    items: z
      .array(z.strictObject({ item: Shape.shape.item, ...inspected }))
      .min(1)
      .max(10),
    manifest,
  }),
]);
type Input = z.infer<typeof Input>;
type Inspected = z.infer<z.ZodObject<typeof inspected>>;

interface Pair {
  readonly item: CaseItem;
  readonly found: Inspected;
  readonly path: string;
}

function pair(file: CaseFile, input: Input): Pair[] {
  const live = liveItems(file);
  if (!("items" in input)) {
    if (live.length !== 1)
      throw ruleBroken({ path: "items", message: "please inspect each item of the case", rule: "R63" });
    return live.map((item) => ({ item, found: input, path: "" }));
  }
  const faults = input.items.flatMap(({ item }, index): Fault[] => {
    const path = `items[${index}].item`;
    if (!live.some((one) => one.item === item))
      return [{ path, message: `this case has no item ${item}`, rule: "R63" }];
    return input.items.findIndex((one) => one.item === item) < index
      ? [{ path, message: `item ${item} is named twice`, rule: "R63" }]
      : [];
  });
  if (faults.length > 0) throw ruleBroken(...faults);
  return live.map((item) => {
    const index = input.items.findIndex((one) => one.item === item.item);
    const found = input.items[index];
    if (!found)
      throw ruleBroken({ path: "items", message: `item ${item.item} is not inspected`, rule: "R63" });
    return { item, found, path: `items[${index}].` };
  });
}

/** The size an item must have; undefined of work that leaves it as it was. */
function agreedSize({ outcome, desiredSize }: CaseItem, unworked: boolean, currentSize: number | undefined) {
  if (outcome === "service") return undefined;
  return unworked ? currentSize : desiredSize;
}

/** @returns the faults of one item: its size is not the one agreed, or it is not the ring that was agreed. */
function faultsOf(
  item: CaseItem,
  found: Inspected,
  path: string,
  unworked: boolean,
  currentSize: number | undefined,
): Fault[] {
  const agreed = agreedSize(item, unworked, currentSize);
  const exchanged = item.outcome === "exchange" && !unworked;
  const faults: Fault[] = [];
  if (
    typeof agreed === "number" &&
    found.measuredSize !== agreed &&
    !(unworked && found.measuredSize === undefined)
  ) {
    faults.push({
      path: `${path}measuredSize`,
      message:
        found.measuredSize === undefined
          ? "the measured size is missing"
          : `measured ${found.measuredSize}, agreed ${agreed}`,
      rule: "R63",
    });
  }
  if (exchanged && found.newSerialNumber === undefined) {
    faults.push({
      path: `${path}newSerialNumber`,
      message: "the serial number of the new ring is missing",
      rule: "R5",
    });
  }
  if (!exchanged && found.newSerialNumber !== undefined) {
    faults.push({ path: `${path}newSerialNumber`, message: "this piece is not exchanged", rule: "R11" });
  }
  if (exchanged && found.newSerialNumber === item.serialNumber) {
    faults.push({
      path: `${path}newSerialNumber`,
      message: "this is the serial number of the old ring",
      rule: "R5",
    });
  }
  return faults;
}

/** One new ring replaces one old one; and a transaction writes a ring once. */
const sharedSerials = (pairs: readonly Pair[]): Fault[] =>
  pairs.flatMap(({ found: { newSerialNumber }, path }, index) =>
    newSerialNumber !== undefined &&
    pairs.findIndex((one) => one.found.newSerialNumber === newSerialNumber) < index
      ? [
          {
            path: `${path}newSerialNumber`,
            message: "another item has this new serial number",
            rule: "R5",
          },
        ]
      : [],
  );

/** What was received goes back (R57); the jewelry in any case. */
function leftBehind({ case: { receipt } }: CaseFile, manifest: Input["manifest"]): Fault[] {
  const received = (receipt?.contents ?? []).map((what) => what.trim().toLowerCase());
  const missing = Goods.options.filter(
    (goods) => (goods === "jewelry" || received.includes(goods)) && !manifest.includes(goods),
  );
  return missing.length === 0
    ? []
    : [
        {
          path: "manifest",
          message: `received, but not in the manifest: ${missing.join(", ")}`,
          rule: "R57",
        },
      ];
}

export const inspection: Action<Input> = {
  name: "inspection",
  customer: false,
  staff: ["workshop"],
  input: Input,
  stages: ["inspection"],
  needs: (file, input) => ({
    serials: [
      ...referenceOf(file.case.items).serials,
      ...("items" in input ? input.items : [input]).flatMap((one) => one.newSerialNumber ?? []),
    ],
    designs: [],
  }),
  apply(file, input, context) {
    const { actor, rings } = context;
    openWaitFor(file, "inspection");
    const unworked = file.case.returnUnworked === true;
    const pairs = pair(file, input);
    const faults = pairs.flatMap(({ item, found, path }) =>
      faultsOf(
        item,
        found,
        path,
        unworked,
        rings.get(item.serialNumber ?? "")?.currentSize ?? item.sizeAtPurchase,
      ),
    );
    faults.push(...sharedSerials(pairs), ...leftBehind(file, input.manifest));
    if (faults.length > 0) throw ruleBroken(...faults);
    const by = actorText(actor);
    const items = file.case.items.map((item) => {
      const found = pairs.find((pair) => pair.item.item === item.item)?.found;
      if (!found) return item;
      return {
        ...item,
        repairValueCents: found.repairValueCents,
        ...(found.measuredSize === undefined ? {} : { measuredSize: found.measuredSize }),
        ...(found.newSerialNumber === undefined ? {} : { newSerialNumber: found.newSerialNumber }),
      };
    });
    const paths = new Map(pairs.map(({ item, path }) => [item.item, path]));
    const inspected = { items, manifest: [...new Set(input.manifest)] };
    // It goes home once everything is paid (R37, R40).
    const due = isPaidInFull(file)
      ? undefined
      : goOnAt({ ...file, case: { ...file.case, ...inspected } }, "surcharge", "service-order", context);
    return {
      ...due,
      case: { ...due?.case, ...inspected },
      rings: unworked ? [] : workOnRings(rings, items, paths),
      lookups: serialLookups(items, file.case.items),
      events: [{ type: "InspectionPassed", by, shown: true }, ...(due?.events ?? [])],
      answer: { outcome: "passed", by },
    };
  },
};
