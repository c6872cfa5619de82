/** The files of a case as its views name them and as `documents/{name}` finds them. */
import { type CaseFile, presentShipment } from "../domain/case-file.ts";
import type { Leg } from "../domain/shipment.ts";

export interface CaseDocument {
  /** The last part of its path; also the name it is saved under. */
  readonly name: string;
  readonly kind: "label" | "commercial-invoice" | "repair-declaration" | "media";
  readonly contentType: string;
  /** Its S3 key: never part of a view. */
  readonly key: string;
}

/** The papers of the present label of a leg: all of them or none (R43). */
function papersOf(file: CaseFile, leg: Leg, prefix: string): CaseDocument[] {
  const shipment = presentShipment(file, leg);
  if (shipment?.status !== "documented" || !shipment.labelKey || !shipment.invoiceKey) return [];
  const paper = (kind: CaseDocument["kind"], key: string): CaseDocument => ({
    name: `${prefix}${kind}.pdf`,
    kind,
    contentType: "application/pdf",
    key,
  });
  return [
    paper("label", shipment.labelKey),
    paper("commercial-invoice", shipment.invoiceKey),
    ...(shipment.repairDeclarationKey ? [paper("repair-declaration", shipment.repairDeclarationKey)] : []),
  ];
}

/** What the customer prints: the papers of her parcel to Japan. */
export const customerDocuments = (file: CaseFile): readonly CaseDocument[] => papersOf(file, "inbound", "");

/** The papers of both ways, and every photo and video that was looked at and cleaned, by its media id. */
export const staffDocuments = (file: CaseFile): readonly CaseDocument[] => [
  ...customerDocuments(file),
  ...papersOf(file, "return", "return-"),
  ...file.media.flatMap((media): CaseDocument[] =>
    media.key === undefined
      ? []
      : [
          {
            name: media.mediaId,
            kind: "media",
            contentType: media.shownType ?? media.contentType,
            key: media.key,
          },
        ],
  ),
];
