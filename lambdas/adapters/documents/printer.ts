/** The papers as PDFs of pdfkit, under the brand's name. */
import type { DocumentPrinter } from "../../ports/documents.ts";
import { renderCommercialInvoice } from "./commercial-invoice.ts";
import { renderInvoice } from "./invoice.ts";
import { renderRepairDeclaration } from "./repair-declaration.ts";

export const createDocumentPrinter = ({ brandName }: { readonly brandName: string }): DocumentPrinter => ({
  renderCommercialInvoice: (papers) => renderCommercialInvoice(papers, brandName),
  renderRepairDeclaration: (papers) => renderRepairDeclaration(papers, brandName),
  renderInvoice: (invoice) => renderInvoice(invoice, brandName),
});
