/**
 * Step: label, tracking number and papers of one leg. Every stop on the way is written before the next begins, so
 * that a repeat goes on where the last one ended and never makes two labels (integrations.md).
 */
import type * as z from "zod";
import { isPaidInFull } from "../../../domain/accounts.ts";
import type { Brand } from "../../../domain/brand.ts";
import { type CaseFile, presentShipment } from "../../../domain/case-file.ts";
import { declare, wantsRepairDeclaration } from "../../../domain/declaration.ts";
import { PermanentError, ThrottledError } from "../../../domain/faults.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import { mailOrder } from "../../../domain/mail-params.ts";
import { nextWorkshopShipDate } from "../../../domain/ship-date.ts";
import { Declaration, Leg, type Shipment } from "../../../domain/shipment.ts";
import type { Carrier, Label } from "../../../ports/carrier.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import type { DocumentPrinter, DocumentStore } from "../../../ports/documents.ts";
import { changeCase, loadAttempt } from "../change-case.ts";
import { StepInput } from "../step-input.ts";

const Input = StepInput.extend({ leg: Leg });
type Input = z.infer<typeof Input>;

export interface PrepareShipmentDeps {
  readonly store: CaseStore;
  readonly carrier: Carrier;
  readonly printer: DocumentPrinter;
  readonly documents: DocumentStore;
  readonly brand: Brand;
}

/** Whatever way the process came here: nothing is shipped unpaid (R37, R40). @throws PermanentError */
const checkPaid = (file: CaseFile): void => {
  if (!isPaidInFull(file)) throw new PermanentError("not everything is paid");
};

/**
 * So often the carrier is asked whether an attempt of unknown outcome made a label. `ThrottledError` spaces the
 * questions by 30, 60 and 120 seconds at most, after which the next attempt is made and the possible orphan watched.
 */
const LOOKUPS = 3;
const NOT_A_US_EXPORT = { basis: "not-a-us-export" } as const;

const isOver = (shipment: Shipment): boolean =>
  shipment.status === "cancelled" || shipment.status === "abandoned";
const asText = (declaration: Declaration): string => JSON.stringify(Declaration.parse(declaration));

const saving = (shipment: Shipment, type: string, data: Record<string, string | number> = {}) => ({
  shipments: [shipment],
  events: [
    { type, by: "system", shown: false, data: { leg: shipment.leg, attempt: shipment.attempt, ...data } },
  ],
});

export const createPrepareShipmentHandler = (deps: PrepareShipmentDeps) => {
  const { store, carrier, brand } = deps;

  /** Cancels a label that is no longer wanted; one the carrier will not cancel stays watched: it is billed only if used. */
  async function withdraw(input: Input, shipment: Shipment): Promise<void> {
    const cancelled =
      shipment.trackingNumber === undefined || (await carrier.cancelShipment(shipment.trackingNumber));
    const over: Shipment = cancelled
      ? { ...shipment, status: "cancelled" }
      : { ...shipment, status: "abandoned", watched: true };
    await changeCase(store, input, () => saving(over, "LabelWithdrawn"));
  }

  /** An attempt whose outcome nobody knows: found by our reference it is cancelled, so that the next cannot double it. */
  async function settleUnknown(input: Input, shipment: Shipment): Promise<void> {
    const { reference, shipDate } = shipment.declaration;
    const found = await carrier.findByReference(reference, shipDate);
    if (found) return withdraw(input, { ...shipment, trackingNumber: found.trackingNumber });
    const lookups = (shipment.lookups ?? 0) + 1;
    if (lookups < LOOKUPS) {
      await changeCase(store, input, () =>
        saving({ ...shipment, status: "outcome-unknown", lookups }, "LabelLookedFor"),
      );
      throw new ThrottledError(`the carrier does not know ${reference} yet`);
    }
    await changeCase(store, input, () =>
      saving({ ...shipment, status: "abandoned", watched: true, lookups }, "LabelGivenUp"),
    );
  }

  /** What the papers of an attempt have to say. */
  function declared(file: CaseFile, leg: Leg, attempt: number, now: Instant): Declaration {
    const shipDate = leg === "inbound" ? file.case.shipping?.shipDate : nextWorkshopShipDate(now);
    if (!shipDate) throw new PermanentError("a label without a ship date");
    const exportStatement = leg === "inbound" ? file.case.exportStatement : NOT_A_US_EXPORT;
    if (!exportStatement) throw new PermanentError("a label before the export check");
    return declare({ file, leg, attempt, brand, shipDate, now, exportStatement });
  }

  /** She has changed address or date since (contract: documents are reissued), or the export check its statement. */
  const isOutdated = (file: CaseFile, { leg, attempt, declaration }: Shipment): boolean =>
    leg === "inbound" && asText(declared(file, leg, attempt, declaration.declaredAt)) !== asText(declaration);

  async function request(input: Input, attempt: number): Promise<Shipment> {
    let requested: Shipment | undefined;
    await changeCase(store, input, (file) => {
      checkPaid(file);
      const declaration = declared(file, input.leg, attempt, input.at);
      requested = { leg: input.leg, attempt, status: "requested", declaration, requestedAt: input.at };
      return saving(requested, "LabelRequested");
    });
    if (!requested) throw new PermanentError("no label was asked for");
    return requested;
  }

  async function create(input: Input, requested: Shipment): Promise<Shipment> {
    const result = await carrier.createShipment(requested.declaration).catch(async (error: unknown) => {
      // The port throws only what never reached the carrier, or what it turned away unread: no label was made.
      await changeCase(store, input, () => saving({ ...requested, status: "abandoned" }, "LabelNotAsked"));
      throw error;
    });
    if (result.outcome === "refused") {
      const codes = result.errors
        .map((error) => error.code)
        .join(" ")
        .slice(0, 1000);
      await changeCase(store, input, () =>
        saving({ ...requested, status: "abandoned" }, "LabelRefused", { codes }),
      );
      throw new PermanentError(`the carrier refused the label: ${codes}`);
    }
    if (result.outcome === "unknown") {
      await changeCase(store, input, () =>
        saving({ ...requested, status: "outcome-unknown" }, "LabelUnknown"),
      );
      throw new ThrottledError("nobody knows whether a label was made");
    }
    return keep(input, requested, result.label);
  }

  async function keep(input: Input, requested: Shipment, label: Label): Promise<Shipment> {
    const { leg, attempt, declaration } = requested;
    const labelKey = await deps.documents.put(
      { caseId: input.caseId, leg, attempt, name: "label" },
      label.labelPdf,
    );
    const created: Shipment = {
      ...requested,
      status: "created",
      trackingNumber: label.trackingNumber,
      labelKey,
      ...(label.alerts.length > 0
        ? { alerts: label.alerts.slice(0, 20).map((text) => text.slice(0, 300)) }
        : {}),
    };
    await changeCase(store, input, (file) => ({
      case: {
        tracking: {
          ...file.case.tracking,
          [leg]: { attempt, number: label.trackingNumber, shipDate: declaration.shipDate, scans: [] },
        },
      },
      shipments: [created],
      lookups: [{ kind: "tracking", value: label.trackingNumber }],
      events: [
        {
          type: "LabelCreated",
          by: "system",
          shown: true,
          data: { leg, attempt, trackingNumber: label.trackingNumber },
        },
      ],
      // R42: the tracking number has a mail of its own, before the documents.
      ...(leg === "inbound" ? { mails: [mailOrder("E9", `inbound-${attempt}`, {})] } : {}),
    }));
    return created;
  }

  async function document(input: Input, created: Shipment): Promise<void> {
    const { declaration, trackingNumber } = created;
    if (!trackingNumber) throw new PermanentError("papers without a tracking number");
    const { caseId } = input;
    const { leg, attempt } = created;
    const papers = { declaration, trackingNumber };
    const invoiceKey = await deps.documents.put(
      { caseId, leg, attempt, name: "commercial-invoice" },
      await deps.printer.renderCommercialInvoice(papers),
    );
    const repairDeclarationKey = wantsRepairDeclaration(declaration)
      ? await deps.documents.put(
          { caseId, leg, attempt, name: "repair-declaration" },
          await deps.printer.renderRepairDeclaration(papers),
        )
      : undefined;
    await changeCase(store, input, () =>
      saving(
        {
          ...created,
          status: "documented",
          invoiceKey,
          ...(repairDeclarationKey === undefined ? {} : { repairDeclarationKey }),
        },
        "DocumentsPrepared",
      ),
    );
  }

  /** @throws ThrottledError to be asked again later; PermanentError for `attention`; Superseded. */
  return async (event: unknown): Promise<{ outcome: "documented" }> => {
    const input = Input.parse(event);
    const file = await loadAttempt(store, input.caseId, input.attempt);
    // Cancelled while the process was on its way here: the next wait ends it, and no label is made for that.
    if (input.leg === "inbound" && file.case.cancellation) return { outcome: "documented" };
    checkPaid(file);
    let shipment = presentShipment(file, input.leg);
    if (shipment && (shipment.status === "requested" || shipment.status === "outcome-unknown")) {
      await settleUnknown(input, shipment);
      shipment = { ...shipment, status: "abandoned" };
    } else if (shipment && !isOver(shipment) && isOutdated(file, shipment)) {
      await withdraw(input, shipment);
      shipment = { ...shipment, status: "cancelled" };
    }
    if (!shipment || isOver(shipment)) {
      shipment = await create(input, await request(input, (shipment?.attempt ?? 0) + 1));
    }
    if (shipment.status === "created") await document(input, shipment);
    return { outcome: "documented" };
  };
};
