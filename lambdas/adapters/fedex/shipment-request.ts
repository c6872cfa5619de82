/**
 * What FedEx is asked for, built from the frozen declaration alone (integrations.md, Create).
 * Nothing here is looked up or decided: the same declaration always gives the same request.
 */
import type { Brand, Party } from "../../domain/brand.ts";
import { addDays, dateIn } from "../../domain/calendar.ts";
import type { Declaration, ExportStatement, Purpose } from "../../domain/shipment.ts";
import { WORKSHOP_ZONE, zoneOfState } from "../../domain/time-zones.ts";

/** Exact by law since 1959. */
const KG_PER_LB = 0.45359237;

/** Customs' word for the reason, and the invoice's. A replacement is new goods and never says repair-and-return (R44). */
const REASON: Record<Purpose, { readonly customsOption: string; readonly shipmentPurpose: string }> = {
  "for-repair": { customsOption: "FOR_REPAIR", shipmentPurpose: "REPAIR_AND_RETURN" },
  "after-repair": { customsOption: "FOLLOWING_REPAIR", shipmentPurpose: "REPAIR_AND_RETURN" },
  replacement: { customsOption: "REPLACEMENT", shipmentPurpose: "NOT_SOLD" },
};

/**
 * The words FedEx prints on the label for US customs; `undefined` where no US export is made.
 * FedEx predefines a value for 30.37(a) alone, so 30.37(q) goes as the citation is written in the regulations;
 * an ITN is written `AESX` + 14 digits, as in FedEx's own example.
 */
export const exportComplianceStatement = (statement: ExportStatement): string | undefined => {
  switch (statement.basis) {
    case "exempt-30.37(a)":
      return "NO_EEI_30_37_A";
    case "exempt-30.37(q)":
      return "NO EEI 30.37(q)";
    case "itn":
      return `AES${statement.itn}`;
    case "not-a-us-export":
      return undefined;
  }
};

/** US cents → US dollars as FedEx's `Money`. */
const money = (cents: number) => ({ amount: cents / 100, currency: "USD" });

/** Kilograms to two decimals, never zero. */
const kilograms = (pounds: number): number => Math.max(0.01, Math.round(pounds * KG_PER_LB * 100) / 100);

/** Digits alone; for the US the ten digits without the country code. */
export const telephoneDigits = (party: Party): string => {
  const digits = party.telephone.replace(/\D/g, "");
  return party.countryCode === "US" ? digits.replace(/^1(?=\d{10}$)/, "") : digits;
};

const address = (party: Party) => ({
  streetLines: [...party.lines],
  city: party.city,
  ...(party.state === undefined ? {} : { stateOrProvinceCode: party.state }),
  postalCode: party.postalCode,
  countryCode: party.countryCode,
  residential: party.company === undefined,
});

const contact = (party: Party) => ({
  personName: party.person,
  ...(party.company === undefined ? {} : { companyName: party.company }),
  ...(party.email === undefined ? {} : { emailAddress: party.email }),
  phoneNumber: telephoneDigits(party),
});

const party = (one: Party) => ({ contact: contact(one), address: address(one) });

/**
 * The date on the label: the ship date, or the last one FedEx takes yet when that is further off (R34). Counted in the
 * sender's zone from the day the declaration was made. A label used later than its date is good all the same.
 */
const labelDate = (declaration: Declaration, brand: Brand): string => {
  const { shipper, shipDate, declaredAt } = declaration;
  const zone = shipper.countryCode === "US" ? zoneOfState(shipper.state ?? "") : WORKSHOP_ZONE;
  const last = addDays(dateIn(declaredAt, zone), brand.carrier.maxDaysAhead);
  return shipDate < last ? shipDate : last;
};

/**
 * Who pays for the transport: always the brand's account. On the way to Japan the sender is the customer, so the
 * account is a third party's on a return label, or the recipient's on a plain one (which of them FedEx must confirm).
 */
const transportPayment = (declaration: Declaration, brand: Brand) => {
  const payor = { responsibleParty: { accountNumber: { value: brand.carrier.accountNumber } } };
  if (declaration.leg === "return") return { paymentType: "SENDER", payor };
  return {
    paymentType: brand.carrier.inboundLabel === "return-label" ? "THIRD_PARTY" : "RECIPIENT",
    payor,
  };
};

/**
 * Who is billed for duties: the brand's account too. The customer has no account, and FedEx refuses a payor without
 * one; what she owes for duties stands on her invoice (R36), and complimentary work costs her none (R9).
 */
const dutiesPayment = (declaration: Declaration, brand: Brand) => ({
  paymentType: declaration.leg === "return" ? "SENDER" : "RECIPIENT",
  payor: { responsibleParty: { accountNumber: { value: brand.carrier.accountNumber } } },
});

const specialServices = (declaration: Declaration, brand: Brand) => {
  const documents = {
    specialServiceTypes: ["ELECTRONIC_TRADE_DOCUMENTS"],
    etdDetail: { requestedDocumentTypes: ["COMMERCIAL_INVOICE"] },
  };
  if (declaration.leg === "return" || brand.carrier.inboundLabel !== "return-label") return documents;
  return {
    ...documents,
    specialServiceTypes: [...documents.specialServiceTypes, "RETURN_SHIPMENT"],
    returnShipmentDetail: { returnType: "PRINT_RETURN_LABEL" },
  };
};

const commodity = (line: Declaration["commodities"][number]) => ({
  description: line.description,
  countryOfManufacture: line.countryOfManufacture,
  harmonizedCode: line.harmonizedCode.replaceAll(".", ""),
  numberOfPieces: line.quantity,
  quantity: line.quantity,
  quantityUnits: "EA",
  unitPrice: money(Math.round(line.customsValueCents / line.quantity)),
  customsValue: money(line.customsValueCents),
  // FedEx takes kilograms alone here; the package below follows, for both must be in one unit.
  weight: { units: "KG", value: line.weightKg },
});

const customsClearance = (declaration: Declaration, brand: Brand) => {
  const { customsOption, shipmentPurpose } = REASON[declaration.purpose];
  const statement = exportComplianceStatement(declaration.exportStatement);
  return {
    totalCustomsValue: money(declaration.customsValueCents),
    customsOption: { type: customsOption },
    dutiesPayment: dutiesPayment(declaration, brand),
    ...(declaration.importer === undefined ? {} : { importerOfRecord: party(declaration.importer) }),
    commercialInvoice: {
      shipmentPurpose,
      termsOfSale: declaration.termsOfSale,
      originatorName: declaration.signatory,
      customerReferences: [
        { customerReferenceType: "INVOICE_NUMBER", value: declaration.invoiceNumber },
        { customerReferenceType: "CUSTOMER_REFERENCE", value: declaration.reference },
      ],
    },
    ...(statement === undefined ? {} : { exportDetail: { exportComplianceStatement: statement } }),
    commodities: declaration.commodities.map(commodity),
  };
};

const packageLine = (declaration: Declaration) => ({
  sequenceNumber: 1,
  customerReferences: [{ customerReferenceType: "CUSTOMER_REFERENCE", value: declaration.reference }],
  weight: { units: "KG", value: kilograms(declaration.parcel.weightLb) },
  // FedEx takes whole inches; upwards, as it measures itself.
  dimensions: {
    length: Math.ceil(declaration.parcel.lengthIn),
    width: Math.ceil(declaration.parcel.widthIn),
    height: Math.ceil(declaration.parcel.heightIn),
    units: "IN",
  },
  declaredValue: money(declaration.carrierDeclaredValueCents),
  packageSpecialServices: { specialServiceTypes: ["SIGNATURE_OPTION"], signatureOptionType: "DIRECT" },
});

/** The body of `POST /ship/v1/shipments`. Check the declaration with `brokenLimits` first. */
export const shipmentRequest = (declaration: Declaration, brand: Brand) => ({
  labelResponseOptions: "LABEL",
  accountNumber: { value: brand.carrier.accountNumber },
  requestedShipment: {
    shipDatestamp: labelDate(declaration, brand),
    pickupType: brand.carrier.pickupType,
    serviceType: brand.carrier.serviceType,
    packagingType: "YOUR_PACKAGING",
    // The one weight that FedEx reads in pounds, with one decimal.
    totalWeight: Math.ceil(declaration.parcel.weightLb * 10) / 10,
    totalDeclaredValue: money(declaration.carrierDeclaredValueCents),
    shipper: party(declaration.shipper),
    recipients: [party(declaration.consignee)],
    shippingChargesPayment: transportPayment(declaration, brand),
    shipmentSpecialServices: specialServices(declaration, brand),
    customsClearanceDetail: customsClearance(declaration, brand),
    labelSpecification: { imageType: "PDF", labelStockType: "PAPER_4X6" },
    shippingDocumentSpecification: {
      shippingDocumentTypes: ["COMMERCIAL_INVOICE"],
      commercialInvoiceDetail: { documentFormat: { docType: "PDF", stockType: "PAPER_LETTER" } },
    },
    requestedPackageLineItems: [packageLine(declaration)],
  },
});
