/** The papers of a parcel: how they are made, and where they are kept (R43, R44). */
import type { Declaration, Leg } from "../domain/shipment.ts";

export interface Papers {
  /** What they say. */
  readonly declaration: Declaration;
  /** The carrier's air waybill number. */
  readonly trackingNumber: string;
}

/**
 * Makes PDFs: the same papers give the same bytes.
 * A text that English papers cannot show is a `PermanentError` naming its field.
 */
export interface DocumentPrinter {
  renderCommercialInvoice(papers: Papers): Promise<Uint8Array>;
  /** Only for goods that come home from the workshop (`wantsRepairDeclaration`); else a `PermanentError`. */
  renderRepairDeclaration(papers: Papers): Promise<Uint8Array>;
}

/** As in the contract's paths, and on the files in a mail (there with `.pdf`). */
export type DocumentName = "label" | "commercial-invoice" | "repair-declaration";

export interface DocumentPlace {
  readonly caseId: string;
  readonly leg: Leg;
  readonly attempt: number;
  readonly name: DocumentName;
}

export interface DocumentStore {
  /** Keeps a document and answers its key. Again with the same bytes: nothing changes. @throws TransientError, ThrottledError */
  put(place: DocumentPlace, pdf: Uint8Array): Promise<string>;
  /** @throws PermanentError when there is none under the key; TransientError, ThrottledError */
  get(key: string): Promise<Uint8Array>;
}
