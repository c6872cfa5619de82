/** Step: the policy's hold on a shipment of much value (R46), and the export statement where there is none. */
import type { Brand } from "../../../domain/brand.ts";
import type { Case } from "../../../domain/case.ts";
import type { CaseFile, Change } from "../../../domain/case-file.ts";
import { type ExportCheck, UNHELD_STATEMENT } from "../../../domain/export-check.ts";
import { PermanentError } from "../../../domain/faults.ts";
import { keepableShipDate } from "../../../domain/ship-date.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import { changeCase } from "../change-case.ts";
import { checkOf, type ExportEntry, exportEntryOf } from "../export-entry.ts";
import { StepInput } from "../step-input.ts";

function decide(
  file: CaseFile,
  entry: ExportEntry,
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
  // A person's clearance holds for the value it was given for, and for less.
  const cleared =
    exportStatement !== undefined && exportHold !== undefined && totalCents <= exportHold.totalCents;
  return {
    outcome: cleared ? "clear" : "held",
    change: {
      case: {
        exportEntry: entry,
        exportHold: cleared ? exportHold : { totalCents, others: others as Case["caseId"][] },
        exportStatement: cleared ? exportStatement : undefined,
        ...(cleared ? { stage: "preparing-documents" as const } : {}),
      },
      events: [{ type: "ExportChecked", by: "system", shown: false, data: { totalCents, held: !cleared } }],
    },
  };
}

/**
 * The ship date has gone by while somebody was waited for (a clearance, a failure mended): the first one possible takes
 * its place, before anything is registered under it; she may still choose another.
 */
function withShipDate(
  { case: { shipping, splitFrom } }: CaseFile,
  now: string,
  brand: Brand,
): Change | undefined {
  if (!shipping?.shipDate) throw new PermanentError("an export check without shipping details");
  const shipDate = keepableShipDate(
    shipping.shipDate,
    now,
    shipping.address.state,
    brand.days,
    splitFrom?.shipDate,
  );
  if (shipDate === shipping.shipDate) return undefined;
  return {
    case: { shipping: { ...shipping, shipDate } },
    events: [{ type: "ShipDateMoved", by: "system", shown: true, data: { shipDate } }],
  };
}

/** @throws PermanentError without shipping details or ship date: the process must not have come here. */
export const createCheckExportHandler =
  ({ store, brand }: { store: CaseStore; brand: Brand }) =>
  async (event: unknown): Promise<{ outcome: "held" | "clear" }> => {
    const input = StepInput.parse(event);
    const present = await changeCase(store, input, (file) => withShipDate(file, input.at, brand));
    const entry = exportEntryOf(present, brand);
    if (!entry) throw new PermanentError("an export check without a ship date");
    const former = present.case.exportEntry;
    // Registered before it is summed: of two shipments checked at once, at least one sees the other.
    const { othersCents, others } = await store.registerExport(
      { caseId: input.caseId, ...entry },
      former && { caseId: input.caseId, ...former },
    );
    let outcome: "held" | "clear" = "clear";
    await changeCase(store, input, (file) => {
      const decision = decide(file, entry, checkOf(file, othersCents, brand), others);
      outcome = decision.outcome;
      return decision.change;
    });
    return { outcome };
  };
