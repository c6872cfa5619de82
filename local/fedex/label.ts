/** The simulated label: 4 by 6 inches, laid out as FedEx's international labels are, and marked as no real one. */
import { toBuffer } from "bwip-js/node";
import { type Drawing, NOT_VALID, pdfOf, watermark, write } from "./drawing.ts";
import type { Party, ShipRequest } from "./protocol.ts";

/** 4 × 6 inches in points. */
const WIDTH = 288;
const HEIGHT = 432;
const MARGIN = 8;
const INNER = WIDTH - 2 * MARGIN;

const SERVICE: Readonly<Record<string, string>> = {
  FEDEX_INTERNATIONAL_PRIORITY: "INTL PRIORITY",
  INTERNATIONAL_ECONOMY: "INTL ECONOMY",
};

const usDate = (date: string): string => {
  const [year, month, day] = date.split("-").map(Number);
  const at = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day));
  const name = new Intl.DateTimeFormat("en-US", { month: "short", timeZone: "UTC" }).format(at);
  return `${String(day).padStart(2, "0")}${name.toUpperCase()}${String(year).slice(2)}`;
};

/** 794000000123 → 7940 0000 0123. */
const grouped = (trackingNumber: string): string => trackingNumber.replace(/(\d{4})(?=\d)/g, "$1 ");

/** The postal code on a line of its own: a long city must not push it out. */
const linesOf = ({ contact, address }: Party): string[] =>
  [
    contact.personName,
    contact.companyName,
    ...address.streetLines,
    [address.city, address.stateOrProvinceCode].filter(Boolean).join(" ").toUpperCase(),
    `${address.postalCode} ${address.countryCode}`,
  ].filter((line): line is string => line !== undefined);

const rule = (doc: Drawing, y: number, weight = 0.7): void => {
  doc
    .moveTo(MARGIN, y)
    .lineTo(WIDTH - MARGIN, y)
    .lineWidth(weight)
    .strokeColor("black")
    .stroke();
};

const sender = (doc: Drawing, request: ShipRequest, top: number): void => {
  const { shipper, shipDatestamp, requestedPackageLineItems } = request.requestedShipment;
  const [first] = requestedPackageLineItems;
  let y = write(doc, `ORIGIN ${shipper.address.countryCode}   ${shipper.contact.phoneNumber}`, MARGIN, top, {
    size: 6.5,
    width: 160,
  });
  for (const line of linesOf(shipper)) y = write(doc, line, MARGIN, y, { size: 7, width: 160 });
  const facts = [
    `SHIP DATE: ${usDate(shipDatestamp)}`,
    `ACTWGT: ${first?.weight.value.toFixed(2)} ${first?.weight.units}`,
    `DIMS: ${first?.dimensions.length}x${first?.dimensions.width}x${first?.dimensions.height} ${first?.dimensions.units}`,
    `CAD: ${request.accountNumber.value}`,
    `BILL: ${request.requestedShipment.shippingChargesPayment.paymentType}`,
  ];
  let right = top;
  for (const fact of facts) right = write(doc, fact, 184, right, { size: 6.5, width: WIDTH - MARGIN - 184 });
};

const addressee = (doc: Drawing, party: Party, top: number): void => {
  write(doc, "TO", MARGIN, top, { size: 8, bold: true, width: 20 });
  let y = top;
  for (const line of linesOf(party)) y = write(doc, line, 30, y, { size: 10, bold: true, width: 210 });
  write(doc, party.address.countryCode, 236, top + 14, { size: 24, bold: true, width: 44, align: "right" });
  write(doc, party.contact.phoneNumber, 30, y, { size: 7, width: 200 });
};

const customs = (doc: Drawing, request: ShipRequest, top: number): void => {
  const { customsClearanceDetail: detail } = request.requestedShipment;
  const reference =
    request.requestedShipment.requestedPackageLineItems[0]?.customerReferences?.[0]?.value ?? "";
  const invoice = detail.commercialInvoice.customerReferences?.find(
    (one) => one.customerReferenceType === "INVOICE_NUMBER",
  )?.value;
  const lines = [
    `REF: ${reference}   INV: ${invoice ?? ""}`,
    `DESC: ${detail.commodities.map((one) => one.description).join(" / ")}`,
    `CUSTOMS VALUE: ${detail.totalCustomsValue.amount.toFixed(2)} USD   COUNTRY MFG: ${detail.commodities[0]?.countryOfManufacture}   ${detail.customsOption.type}`,
    `EEI: ${detail.exportDetail?.exportComplianceStatement ?? "none"}   DUTIES: ${detail.dutiesPayment.paymentType}`,
  ];
  let y = top;
  for (const line of lines) y = write(doc, line, MARGIN, y, { size: 6, width: INNER });
};

/** The label as PDF. */
export const drawLabel = async (request: ShipRequest, trackingNumber: string, at: Date): Promise<Buffer> => {
  const { recipients, serviceType, shipmentSpecialServices: special } = request.requestedShipment;
  const [recipient] = recipients;
  if (!recipient) throw new Error("a label without a recipient");
  const returning = special?.returnShipmentDetail !== undefined;
  const [bars, matrix] = await Promise.all([
    toBuffer({ bcid: "code128", text: trackingNumber, scale: 4, height: 16 }),
    toBuffer({ bcid: "pdf417", text: `SIMULATED ${trackingNumber} ${NOT_VALID}`, scale: 3 }),
  ]);
  return pdfOf([WIDTH, HEIGHT], `Label ${trackingNumber}`, at, (doc) => {
    watermark(doc, WIDTH, HEIGHT, 28);
    doc.rect(0, 0, WIDTH, 18).fill("black");
    write(doc, `${NOT_VALID} - SIMULATED LABEL`, 0, 4.5, {
      size: 10,
      bold: true,
      width: WIDTH,
      align: "center",
      color: "white",
    });
    sender(doc, request, 24);
    rule(doc, 92);
    addressee(doc, recipient, 96);
    rule(doc, 188);
    customs(doc, request, 192);
    rule(doc, 223);
    doc.image(matrix, MARGIN + 16, 227, { fit: [INNER - 32, 52], align: "center" });
    rule(doc, 282, 1.5);
    write(doc, "Simulated FedEx", MARGIN, 288, { size: 11, bold: true, width: 120 });
    write(doc, "Express", MARGIN, 301, { size: 8, width: 120 });
    write(doc, SERVICE[serviceType] ?? serviceType, 130, 287, {
      size: 15,
      bold: true,
      width: 150,
      align: "right",
    });
    write(doc, `${returning ? "RETURN LABEL   " : ""}DIRECT SIGNATURE`, 130, 304, {
      size: 7,
      width: 150,
      align: "right",
    });
    write(doc, "TRK#", MARGIN, 322, { size: 8, bold: true, width: 30 });
    write(doc, grouped(trackingNumber), 40, 317, { size: 17, bold: true, width: 200 });
    doc.image(bars, MARGIN + 10, 344, { width: INNER - 20, height: 58 });
    doc.rect(0, HEIGHT - 18, WIDTH, 18).fill("black");
    write(doc, NOT_VALID, 0, HEIGHT - 13.5, {
      size: 10,
      bold: true,
      width: WIDTH,
      align: "center",
      color: "white",
    });
  });
};
