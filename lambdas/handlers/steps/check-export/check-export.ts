/** Step: the policy's hold on a shipment of much value (R46), and the export statement where there is none. */
import { createHash } from "node:crypto";
import { liveItems } from "../../../actions/action.ts";
import type { Brand } from "../../../domain/brand.ts";
import type { Case } from "../../../domain/case.ts";
import type { CaseFile, Change } from "../../../domain/case-file.ts";
import { type ExportCheck, exportCheck, UNHELD_STATEMENT } from "../../../domain/export-check.ts";
import { PermanentError } from "../../../domain/faults.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import { changeCase, loadAttempt } from "../change-case.ts";
import { StepInput } from "../hand-over/hand-over.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url");
const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The same sender: same e-mail, or same name and address (R46). Only hashes are kept. */
export function senderHashes({ customer, shipping }: Case): string[] {
  if (!shipping) throw new PermanentError("an export check without shipping details");
  const { line1, line2 = "", city, state, zip } = shipping.address;
  return [
    hash(`email ${customer.email.trim().toLowerCase()}`),
    hash(`sender ${[shipping.name, line1, line2, city, state, zip.slice(0, 5)].map(folded).join("|")}`),
  ];
}

function decide(
  file: CaseFile,
  entry: NonNullable<Case["exportEntry"]>,
  { totalCents, hold }: ExportCheck,
  others: readonly string[],
): { outcome: "held" | "clear"; change: Change } {
  const { exportHold, exportStatement } = file.case;
  if (!hold) {
    return {
      outcome: "clear",
      change: {
        case: {
          exportEntry: entry,
          exportHold: undefined,
          exportStatement: UNHELD_STATEMENT,
          stage: "preparing-documents",
        },
        events: [{ type: "ExportChecked", by: "system", shown: false, data: { totalCents, held: false } }],
      },
    };
  }
  // A person's clearance holds as long as the value it was given for does.
  const cleared = exportStatement !== undefined && exportHold?.totalCents === totalCents;
  return {
    outcome: cleared ? "clear" : "held",
    change: {
      case: {
        exportEntry: entry,
        exportHold: { totalCents, others: others as Case["caseId"][] },
        exportStatement: cleared ? exportStatement : undefined,
        ...(cleared ? { stage: "preparing-documents" as const } : {}),
      },
      events: [{ type: "ExportChecked", by: "system", shown: false, data: { totalCents, held: !cleared } }],
    },
  };
}

/** @throws PermanentError without shipping details or ship date: the process must not have come here. */
export const createCheckExportHandler =
  (deps: { store: CaseStore; brand: Brand }) =>
  async (event: unknown): Promise<{ outcome: "held" | "clear" }> => {
    const input = StepInput.parse(event);
    const present = await loadAttempt(deps.store, input.caseId, input.attempt);
    const shipmentOf = (file: CaseFile, othersCents: number): ExportCheck =>
      exportCheck({
        items: liveItems(file).map((item) => ({
          priceCents: item.priceCents,
          customsValueCents: item.customsValueCents ?? 0,
        })),
        othersCents,
        holdCents: deps.brand.exportHoldCents,
      });
    const shipDate = present.case.shipping?.shipDate;
    if (!shipDate) throw new PermanentError("an export check without a ship date");
    const entry = {
      shipDate,
      senderHashes: senderHashes(present.case),
      cents: shipmentOf(present, 0).shipmentCents,
    };
    const former = present.case.exportEntry;
    // Registered before it is summed: of two shipments checked at once, at least one sees the other.
    const { othersCents, others } = await deps.store.registerExport(
      { caseId: input.caseId, ...entry },
      former && { caseId: input.caseId, ...former },
    );
    let outcome: "held" | "clear" = "clear";
    await changeCase(deps.store, input, (file) => {
      const decision = decide(file, entry, shipmentOf(file, othersCents), others);
      outcome = decision.outcome;
      return decision.change;
    });
    return { outcome };
  };
