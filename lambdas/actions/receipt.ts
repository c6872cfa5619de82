/** The parcel is in Japan (R56): what arrived is compared with what was declared; a clean receipt goes on by itself. */
import * as z from "zod";
import type { Receipt } from "../domain/case.ts";
import { Receipt as Shape } from "../domain/case.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import { type Instant, SerialNumber } from "../domain/identifiers.ts";
import { outOfTurn, ruleBroken } from "../domain/problem.ts";
import { compareReceipt } from "../domain/receipt.ts";
import { windowAfter } from "../domain/window.ts";
import { workDaysOf } from "../domain/work-days.ts";
import { type Action, type ActionContext, actorText, itemNumbered, liveItems } from "./action.ts";
import { surcharged } from "./carrier-bill.ts";
import { referenceOf } from "./judge.ts";
import { useRights } from "./rings.ts";

const inches = z.number().positive().max(100);
const finding = {
  serialNumber: SerialNumber,
  certificate: z.boolean(),
  condition: z.enum(["as-photographed", "changed", "damaged"]),
  conditionText: z.string().trim().min(1).max(1000).optional(),
};
const parcel = {
  lengthIn: inches,
  widthIn: inches,
  heightIn: inches,
  weightLb: z.number().positive().max(150),
  contents: z.array(z.string().trim().min(1).max(80)).min(1).max(20),
};
const Input = z.union([
  z.strictObject({ ...finding, ...parcel }),
  z.strictObject({
    items: z
      .array(z.strictObject({ item: z.int().min(1).max(10), ...finding }))
      .min(1)
      .max(10),
    ...parcel,
  }),
]);
type Input = z.infer<typeof Input>;

function findings(file: CaseFile, input: Input): Receipt["items"] {
  const live = liveItems(file);
  if (!("items" in input)) {
    const [only] = live;
    if (!only || live.length > 1) {
      throw ruleBroken({
        path: "items",
        message: "this parcel holds several items: please record each",
        rule: "R56",
      });
    }
    const { serialNumber, certificate, condition, conditionText } = input;
    return [
      {
        item: only.item,
        serialNumber,
        certificate,
        condition,
        ...(conditionText === undefined ? {} : { conditionText }),
      },
    ];
  }
  const given = input.items.map((one, index) => ({
    ...one,
    item: itemNumbered(file, one.item, `items[${index}].item`).item,
  }));
  const missing = live.filter((item) => !given.some((one) => one.item === item.item));
  if (missing.length > 0 || new Set(given.map((one) => one.item)).size < given.length) {
    throw ruleBroken({ path: "items", message: "please record each item of the case once", rule: "R56" });
  }
  return given;
}

/** What a ring's acceptance into the workshop changes: the right is used up (R5), the window begins (R59). */
export function arrival(
  file: CaseFile,
  at: Instant,
  { brand, rings, now }: ActionContext,
): Pick<Change, "case" | "rings"> {
  return {
    case: {
      stage: "received",
      window: windowAfter(at, workDaysOf(file.case, brand), file.case.customer.locale),
    },
    rings: useRights(rings, file.case, now),
  };
}

export const receipt: Action<Input> = {
  name: "receipt",
  customer: false,
  staff: ["shipping"],
  input: Input,
  stages: ["documents-sent", "dispatched"],
  needs: (file) => ({ serials: referenceOf(file.case.items).serials, designs: [] }),
  apply(file, input, context) {
    const wait = currentWait(file);
    if (wait.answer || (wait.asks !== "dispatch" && wait.asks !== "receipt"))
      throw outOfTurn(file.case.stage);
    const by = actorText(context.actor);
    const { lengthIn, widthIn, heightIn, weightLb, contents } = input;
    const found = {
      items: findings(file, input),
      parcel: { lengthIn, widthIn, heightIn, weightLb },
      contents,
    };
    const mismatches = compareReceipt(
      liveItems(file),
      found,
      context.brand.packageLimits,
      file.case.customer.locale,
    );
    const recorded = Shape.parse({ at: context.now, by, ...found, mismatches });
    const event = { type: "ParcelReceived", by, shown: true, data: { mismatches: mismatches.length } };
    // The carrier's bill may have come before the parcel (R40).
    const { events: extra, ...surcharge } = surcharged(
      { ...file, case: { ...file.case, receipt: recorded } },
      context,
    );
    const events = [event, ...extra];
    // A cancellation came while the parcel was under way: it goes back as it is.
    if (file.case.cancellation || file.case.returnUnworked) {
      return {
        case: { receipt: recorded, returnUnworked: true, stage: "received" },
        ...surcharge,
        events,
        answer: { outcome: "return-unworked", by },
      };
    }
    if (mismatches.length > 0) {
      return { case: { receipt: recorded }, ...surcharge, events, answer: { outcome: "discrepancy", by } };
    }
    const { case: arrived, rings } = arrival(file, context.now, context);
    return {
      case: { ...arrived, receipt: recorded },
      ...(rings ? { rings } : {}),
      ...surcharge,
      events,
      answer: { outcome: "received", by },
    };
  },
};
