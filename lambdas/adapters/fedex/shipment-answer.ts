/** What FedEx answers to a shipment request: the label is in the pieces, the invoice in the shipment's documents. */
import * as z from "zod";
import type { Label } from "../../ports/carrier.ts";

const Alert = z.object({ code: z.string().optional(), message: z.string().optional() });
/** A list or one text: FedEx does both. */
const Alerts = z
  .union([z.array(z.union([Alert, z.string()])), z.string()])
  .optional()
  .catch(undefined);

const ShippingDocument = z.object({
  contentType: z.string(),
  encodedLabel: z.base64().optional(),
  url: z.url().optional(),
});
type ShippingDocument = z.infer<typeof ShippingDocument>;

const CreateAnswer = z.object({
  output: z.object({
    alerts: Alerts,
    transactionShipments: z
      .array(
        z.object({
          masterTrackingNumber: z.string().regex(/^\d{10,34}$/),
          alerts: Alerts,
          pieceResponses: z.array(z.object({ packageDocuments: z.array(ShippingDocument) })).min(1),
          shipmentDocuments: z.array(ShippingDocument).default([]),
        }),
      )
      .length(1),
  }),
});

const CancelAnswer = z.object({ output: z.object({ cancelledShipment: z.boolean() }) });

const alertTexts = (alerts: z.infer<typeof Alerts>): string[] => {
  const list = typeof alerts === "string" ? [alerts] : (alerts ?? []);
  return list
    .map((one) => (typeof one === "string" ? one : [one.code, one.message].filter(Boolean).join(": ")))
    .filter((text) => text !== "")
    .map((text) => text.slice(0, 300));
};

const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-";

/** The document's bytes; `undefined` when it is no PDF. */
const pdfOf = async (
  document: ShippingDocument | undefined,
  download: (url: string) => Promise<Uint8Array | undefined>,
): Promise<Uint8Array | undefined> => {
  if (!document) return undefined;
  const bytes =
    document.encodedLabel === undefined
      ? document.url && (await download(document.url))
      : new Uint8Array(Buffer.from(document.encodedLabel, "base64"));
  return bytes && isPdf(bytes) ? bytes : undefined;
};

/** The label in an answer, or `undefined` when the answer is broken: then a label may exist all the same. */
export const labelIn = async (
  json: unknown,
  download: (url: string) => Promise<Uint8Array | undefined>,
): Promise<Label | undefined> => {
  const answer = CreateAnswer.safeParse(json);
  const shipment = answer.data?.output.transactionShipments[0];
  if (!answer.success || !shipment) return undefined;
  const labelPdf = await pdfOf(
    shipment.pieceResponses
      .flatMap((piece) => piece.packageDocuments)
      .find((one) => one.contentType === "LABEL"),
    download,
  );
  if (!labelPdf) return undefined;
  const invoicePdf = await pdfOf(
    shipment.shipmentDocuments.find((one) => one.contentType === "COMMERCIAL_INVOICE"),
    download,
  );
  return {
    trackingNumber: shipment.masterTrackingNumber,
    labelPdf,
    ...(invoicePdf ? { invoicePdf } : {}),
    alerts: [...alertTexts(answer.data.output.alerts), ...alertTexts(shipment.alerts)],
  };
};

/** Only this field says that a label is cancelled; a 200 alone does not. */
export const saysCancelled = (json: unknown): boolean =>
  CancelAnswer.safeParse(json).data?.output.cancelledShipment === true;
