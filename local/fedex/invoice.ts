/** The copy of the commercial invoice that FedEx makes from the request; the brand prints its own. */
import { type Drawing, NOT_VALID, pdfOf, watermark, write } from "./drawing.ts";
import type { Party, ShipRequest } from "./protocol.ts";

/** US letter in points. */
const WIDTH = 612;
const HEIGHT = 792;
const MARGIN = 40;

const party = (doc: Drawing, title: string, one: Party, x: number, top: number): void => {
  let y = write(doc, title, x, top, { size: 8, bold: true, width: 250 });
  const { contact, address } = one;
  const lines = [
    contact.personName,
    contact.companyName,
    ...address.streetLines,
    [address.city, address.stateOrProvinceCode, address.postalCode].filter(Boolean).join(" "),
    address.countryCode,
    contact.phoneNumber,
  ];
  for (const line of lines) if (line) y = write(doc, line, x, y, { size: 9, width: 250 });
};

const COLUMNS = [40, 276, 344, 390, 450, 510] as const;

const goods = (doc: Drawing, request: ShipRequest, top: number): number => {
  const row = (cells: readonly string[], y: number, bold: boolean): number => {
    for (const [index, cell] of cells.entries()) {
      const x = COLUMNS[index] ?? MARGIN;
      write(doc, cell, x, y, {
        size: 8,
        bold,
        width: (COLUMNS[index + 1] ?? WIDTH - MARGIN) - x - 6,
        lines: 4,
      });
    }
    return y + (bold ? 14 : 44);
  };
  let y = row(["Description", "HS code", "Origin", "Quantity", "Unit value", "Total USD"], top, true);
  for (const one of request.requestedShipment.customsClearanceDetail.commodities) {
    const amounts = [one.unitPrice.amount, one.customsValue.amount].map((amount) => amount.toFixed(2));
    const facts = [one.harmonizedCode, one.countryOfManufacture, `${one.quantity} ${one.quantityUnits}`];
    y = row([one.description, ...facts, ...amounts], y, false);
  }
  return y;
};

/** The invoice as PDF. */
export const drawInvoice = (request: ShipRequest, trackingNumber: string, at: Date): Promise<Buffer> => {
  const { shipper, recipients, customsClearanceDetail: detail, shipDatestamp } = request.requestedShipment;
  const [recipient] = recipients;
  const invoiceNumber = detail.commercialInvoice.customerReferences?.[0]?.value ?? "";
  return pdfOf([WIDTH, HEIGHT], `Commercial invoice ${invoiceNumber}`, at, (doc) => {
    watermark(doc, WIDTH, HEIGHT, 54);
    write(doc, "COMMERCIAL INVOICE", MARGIN, 40, { size: 18, bold: true, width: 300 });
    write(doc, `Simulated FedEx copy - ${NOT_VALID}`, 320, 46, { size: 9, width: 252, align: "right" });
    write(doc, `Air waybill ${trackingNumber}`, MARGIN, 72, { size: 9, width: 250 });
    write(doc, `Invoice ${invoiceNumber}   Date of export ${shipDatestamp}`, 320, 72, {
      size: 9,
      width: 252,
    });
    party(doc, "SHIPPER", shipper, MARGIN, 100);
    if (recipient) party(doc, "CONSIGNEE", recipient, 320, 100);
    const y = goods(doc, request, 220);
    const { shipmentPurpose, termsOfSale, originatorName } = detail.commercialInvoice;
    const foot = [
      `Purpose: ${shipmentPurpose} (${detail.customsOption.type})   Terms of sale: ${termsOfSale}`,
      `Total customs value: ${detail.totalCustomsValue.amount.toFixed(2)} USD`,
      `Export statement: ${detail.exportDetail?.exportComplianceStatement ?? "none"}`,
      `Signed: ${originatorName ?? ""}`,
    ];
    for (const [index, line] of foot.entries()) {
      write(doc, line, MARGIN, y + 12 + index * 14, { size: 9, width: 532 });
    }
  });
};
