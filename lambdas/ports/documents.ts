/** The papers of a parcel: how they are made, and where they are kept (R43, R44). */
import type { Invoice } from "../domain/invoice.ts";
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
  /**
   * What the customer pays by (R35, R36); a draft says on its face that it is one. What the customer wrote in other
   * letters holds nothing up: numbers and the e-mail address stand for it.
   */
  renderInvoice(invoice: Invoice): Promise<Uint8Array>;
}

/** As in the contract's paths, and on the files in a mail (there with `.pdf`). */
export type DocumentName = "label" | "commercial-invoice" | "repair-declaration";

export type DocumentPlace =
  | {
      readonly caseId: string;
      readonly leg: Leg;
      readonly attempt: number;
      readonly name: DocumentName;
    }
  | { readonly caseId: string; readonly invoice: number; readonly name: "invoice" | "draft" };

export interface DocumentStore {
  /** Keeps a document and answers its key. Again with the same bytes: nothing changes. @throws TransientError, ThrottledError */
  put(place: DocumentPlace, pdf: Uint8Array): Promise<string>;
  /** @throws PermanentError when there is none under the key; TransientError, ThrottledError */
  get(key: string): Promise<Uint8Array>;
}
