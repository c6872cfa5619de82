/** The files of a case as its views name them and as `documents/{name}` finds them. */
import { type CaseFile, presentShipment } from "../domain/case-file.ts";
import type { Invoice } from "../domain/invoice.ts";
import type { Leg } from "../domain/shipment.ts";

export interface CaseDocument {
  /** The last part of its path; also the name it is saved under. */
  readonly name: string;
  readonly kind: "label" | "commercial-invoice" | "repair-declaration" | "invoice" | "media";
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

/** As it is attached and downloaded: `invoice-2.pdf`. */
export const invoiceFileName = ({ version, status }: Pick<Invoice, "version" | "status">): string =>
  status === "draft" ? `invoice-${version}-draft.pdf` : `invoice-${version}.pdf`;

/** Invoices that were told (R35); drafts are staff's own. */
const invoicesOf = ({ invoices }: CaseFile, drafts: boolean): CaseDocument[] =>
  invoices.flatMap((invoice): CaseDocument[] =>
    invoice.documentKey === undefined || (invoice.status === "draft" ? !drafts : invoice.sentAt === undefined)
      ? []
      : [
          {
            name: invoiceFileName(invoice),
            kind: "invoice",
            contentType: "application/pdf",
            key: invoice.documentKey,
          },
        ],
  );

/** What the customer keeps and prints: her invoices, and the papers of her parcel to Japan. */
export const customerDocuments = (file: CaseFile): readonly CaseDocument[] => [
  ...papersOf(file, "inbound", ""),
  ...invoicesOf(file, false),
];

/** The papers of both ways, and every photo and video that was looked at and cleaned, by its media id. */
export const staffDocuments = (file: CaseFile): readonly CaseDocument[] => [
  ...papersOf(file, "inbound", ""),
  ...invoicesOf(file, true),
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
