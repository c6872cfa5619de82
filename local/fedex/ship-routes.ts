/** Labels, cancellations, dry runs and rates of the simulated FedEx. */
import { dateIn } from "../../lambdas/domain/calendar.ts";
import { drawInvoice } from "./invoice.ts";
import type { Journal } from "./journal.ts";
import { drawLabel } from "./label.ts";
import { answer, misshapen, type Outcome, refuse } from "./outcome.ts";
import { CancelRequest, RateRequest, ShipRequest } from "./protocol.ts";
import { refusals } from "./refusals.ts";
import { isTendered } from "./tracking.ts";

/** Twelve digits: `794`, a running number of eight, and FedEx's check digit (weights 1, 3, 7 from the right, modulo 11). */
export const trackingNumberOf = (n: number): string => {
  const digits = `794${String(n).padStart(8, "0")}`;
  const sum = [...digits]
    .toReversed()
    .reduce((total, digit, i) => total + Number(digit) * ([1, 3, 7][i % 3] ?? 0), 0);
  return `${digits}${(sum % 11) % 10}`;
};

export const shipRoutes = (journal: Journal, now: () => Date) => {
  let made = journal.parcels().length;

  const validate = (body: unknown): Outcome => {
    const checked = ShipRequest.safeParse(body);
    if (!checked.success) return misshapen(checked.error);
    const errors = refusals(checked.data, now());
    if (errors.length > 0) return refuse(400, ...errors);
    const note = {
      alertType: "NOTE",
      code: "SHIPMENT.VALIDATION.SUCCESS",
      message: "Shipment validated successfully. No errors found.",
    };
    return answer({ alerts: [note] });
  };

  const create = async (body: unknown): Promise<Outcome> => {
    const checked = ShipRequest.safeParse(body);
    if (!checked.success) return misshapen(checked.error);
    const request = checked.data;
    const at = now();
    const errors = refusals(request, at);
    if (errors.length > 0) return refuse(400, ...errors);

    made += 1;
    const trackingNumber = trackingNumberOf(made);
    const [label, invoice] = await Promise.all([
      drawLabel(request, trackingNumber, at),
      drawInvoice(request, trackingNumber, at),
    ]);
    const { serviceType, shipDatestamp, requestedPackageLineItems, shippingDocumentSpecification } =
      request.requestedShipment;
    const reference =
      requestedPackageLineItems[0]?.customerReferences?.find(
        (one) => one.customerReferenceType === "CUSTOMER_REFERENCE",
      )?.value ?? "";
    journal.append({
      type: "created",
      at: at.toISOString(),
      trackingNumber,
      reference,
      accountNumber: request.accountNumber.value,
      serviceType,
      shipDate: shipDatestamp,
    });
    const document = (contentType: string, pdf: Buffer) => ({
      contentType,
      copiesToPrint: 1,
      docType: "PDF",
      trackingNumber,
      encodedLabel: pdf.toString("base64"),
    });
    return answer({
      transactionShipments: [
        {
          masterTrackingNumber: trackingNumber,
          serviceType,
          shipDatestamp,
          serviceCategory: "EXPRESS",
          alerts: [{ alertType: "NOTE", code: "VIRTUAL.RESPONSE", message: "This is a simulated response." }],
          pieceResponses: [
            {
              trackingNumber,
              masterTrackingNumber: trackingNumber,
              packageSequenceNumber: 1,
              packageDocuments: [document("LABEL", label)],
            },
          ],
          shipmentDocuments: shippingDocumentSpecification ? [document("COMMERCIAL_INVOICE", invoice)] : [],
        },
      ],
    });
  };

  const cancel = (body: unknown): Outcome => {
    const checked = CancelRequest.safeParse(body);
    if (!checked.success) return misshapen(checked.error);
    const { trackingNumber, accountNumber } = checked.data;
    const parcel = journal.parcel(trackingNumber);
    if (!parcel || parcel.accountNumber !== accountNumber.value) {
      return refuse(400, { code: "TRACKING.NUMBER.INVALID", message: "The tracking number is invalid." });
    }
    if (parcel.cancelled) {
      return refuse(400, {
        code: "CANCELSHIPMENT.TRACKINGNUMBER.DELETED",
        message: "The tracking number was already deleted.",
      });
    }
    // A 200 that cancels nothing: only `cancelledShipment` tells.
    if (isTendered(parcel)) {
      return answer({ cancelledShipment: false, cancelledHistory: false, successMessage: "Success" });
    }
    journal.append({ type: "cancelled", at: now().toISOString(), trackingNumber });
    return answer({ cancelledShipment: true, cancelledHistory: true, successMessage: "Success" });
  };

  const rate = (body: unknown): Outcome => {
    const checked = RateRequest.safeParse(body);
    if (!checked.success) return misshapen(checked.error);
    const kilograms = checked.data.requestedShipment.requestedPackageLineItems.reduce(
      (total, { weight }) => total + (weight.units === "KG" ? weight.value : weight.value * 0.45359237),
      0,
    );
    // Any price will do, as long as it grows with the weight: 62.00 and 9.50 for every half kilogram begun.
    const totalNetCharge = 62 + 9.5 * Math.ceil(kilograms * 2);
    return answer({
      rateReplyDetails: [
        {
          serviceType: checked.data.requestedShipment.serviceType ?? "FEDEX_INTERNATIONAL_PRIORITY",
          ratedShipmentDetails: [{ rateType: "ACCOUNT", totalNetCharge, currency: "USD" }],
        },
      ],
      quoteDate: dateIn(now().toISOString(), "America/Chicago"),
    });
  };

  return { validate, create, cancel, rate };
};
