/** A person clears a held shipment (R47): an ITN, an exemption, two shipments instead of one, or the end of it. */
import * as z from "zod";
import { CaseItem } from "../domain/case.ts";
import { type CaseFile, currentWait } from "../domain/case-file.ts";
import { clearance, legalTest } from "../domain/export-check.ts";
import { outOfTurn, ruleBroken } from "../domain/problem.ts";
import { type Action, actorText, liveItems, openWaitFor } from "./action.ts";
import { referenceOf } from "./judge.ts";
import { split } from "./split.ts";

const { item } = CaseItem.shape;
const Input = z.strictObject({
  basis: z.enum(["itn", "exempt-30.37(a)", "exempt-30.37(q)", "split", "cancel"]),
  itn: z.string().trim().max(20).optional(),
  /** Those that go into a shipment of their own, by number. */
  items: z
    .array(z.union([item, z.strictObject({ item }).transform((one) => one.item)]))
    .min(1)
    .max(10)
    .optional(),
});

/** The papers could not be made by what the hold was cleared with: another clearance mends it. */
function isMendable(file: CaseFile): boolean {
  const { asks, answer, resumeAt } = currentWait(file);
  const papers = resumeAt === "Check export" || resumeAt === "Prepare shipment";
  return !answer && asks === "attention" && papers && file.case.exportHold !== undefined;
}

/** @throws Problem rule-broken (R47) for goods of one code above the law's exemption: the carrier would refuse them */
function checkExemption(file: CaseFile): void {
  const goods = liveItems(file).map(({ catalogue, customsValueCents }) => ({
    harmonizedCode: catalogue?.harmonizedCode ?? "",
    valueCents: customsValueCents ?? 0,
  }));
  if (!legalTest(goods).aboveExemption) return;
  throw ruleBroken({
    path: "basis",
    message:
      "30.37(a) exempts up to $2,500.00 of one code: an ITN is needed, 30.37(q) for what comes back, or a split",
    rule: "R47",
  });
}

export const exportClearance: Action<z.infer<typeof Input>> = {
  name: "export-clearance",
  customer: false,
  staff: ["shipping"],
  input: Input,
  stages: ["export-review", "attention"],
  needs: (file, { basis }) => referenceOf(basis === "split" ? file.case.items : []),
  apply(file, { basis, itn, items }, context) {
    const { actor, now } = context;
    const isMending = isMendable(file);
    if (!isMending) openWaitFor(file, "export-clearance");
    if (isMending && (basis === "split" || basis === "cancel")) throw outOfTurn(file.case.stage);
    const by = actorText(actor);
    if (basis !== "itn" && itn !== undefined) {
      throw ruleBroken({ path: "itn", message: "an ITN goes with the basis itn only", rule: "R47" });
    }
    if (basis !== "split" && items !== undefined) {
      throw ruleBroken({ path: "items", message: "items go with the basis split only", rule: "R47" });
    }
    if (basis === "split") return split(file, items, context);
    if (basis === "cancel") {
      return {
        case: { cancellation: { at: now, by }, ending: { stage: "cancelled", code: "export" } },
        events: [{ type: "CancellationRequested", by, shown: true }],
        answer: { outcome: "cancelled", by },
      };
    }
    if (
      basis === "exempt-30.37(q)" &&
      file.case.items.some((item) => !item.dropped && item.outcome === "exchange")
    ) {
      // A temporary export comes back within twelve months; an exchanged ring never does (integrations.md).
      throw ruleBroken({
        path: "basis",
        message: "an exchanged ring does not come back: 30.37(q) is for temporary exports",
        rule: "R47",
      });
    }
    if (basis === "exempt-30.37(a)") checkExemption(file);
    return {
      case: { exportStatement: clearance(basis, itn) },
      events: [{ type: "ExportCleared", by, shown: true, data: { basis } }],
      answer: { outcome: isMending ? "retry" : "cleared", by },
    };
  },
};
