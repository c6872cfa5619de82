/** A person clears a held shipment (R47): an ITN, an exemption, two shipments instead of one, or the end of it. */
import * as z from "zod";
import { CaseItem } from "../domain/case.ts";
import { clearance } from "../domain/export-check.ts";
import { ruleBroken } from "../domain/problem.ts";
import { type Action, actorText, openWaitFor } from "./action.ts";
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

export const exportClearance: Action<z.infer<typeof Input>> = {
  name: "export-clearance",
  customer: false,
  staff: ["shipping"],
  input: Input,
  stages: ["export-review"],
  needs: (file, { basis }) => referenceOf(basis === "split" ? file.case.items : []),
  apply(file, { basis, itn, items }, context) {
    const { actor, now } = context;
    openWaitFor(file, "export-clearance");
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
    return {
      case: { exportStatement: clearance(basis, itn) },
      events: [{ type: "ExportCleared", by, shown: true, data: { basis } }],
      answer: { outcome: "cleared", by },
    };
  },
};
