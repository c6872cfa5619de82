import { describe, expect, it } from "vitest";
import json from "../../config/brand.example.json" with { type: "json" };
import { exportComplianceStatement, shipmentRequest } from "../../lambdas/adapters/fedex/shipment-request.ts";
import { Brand } from "../../lambdas/domain/brand.ts";
import { aCommodity, aCustomerParty, aDeclaration, aWorkshopParty } from "../builders/declaration.ts";

const brand = Brand.parse(json);
const ACCOUNT = { value: "740561073" };
const PAYOR = { responsibleParty: { accountNumber: ACCOUNT } };
const requested = (...overrides: Parameters<typeof aDeclaration>) =>
  shipmentRequest(aDeclaration(...overrides), brand).requestedShipment;

const SENDER = {
  contact: { personName: "Jane Example", emailAddress: "jane@customer.example", phoneNumber: "4155550132" },
  address: {
    streetLines: ["500 Market Street", "Apt 7"],
    city: "San Francisco",
    stateOrProvinceCode: "CA",
    postalCode: "94105",
    countryCode: "US",
    residential: true,
  },
};
const WORKSHOP = {
  contact: {
    personName: "After-Sales Workshop",
    companyName: "CIWAKA Co., Ltd.",
    emailAddress: "workshop@ciwaka.example",
    phoneNumber: "81355550100",
  },
  address: {
    streetLines: ["2-4-6 Ginza", "Ciwaka Building 3F"],
    city: "Chuo-ku, Tokyo",
    postalCode: "1040061",
    countryCode: "JP",
    residential: false,
  },
};

describe("the shipment request of the way to Japan", () => {
  it("is this, field by field", () => {
    expect(shipmentRequest(aDeclaration(), brand)).toStrictEqual({
      labelResponseOptions: "LABEL",
      accountNumber: ACCOUNT,
      requestedShipment: {
        shipDatestamp: "2026-03-18",
        pickupType: "DROPOFF_AT_FEDEX_LOCATION",
        serviceType: "FEDEX_INTERNATIONAL_PRIORITY",
        packagingType: "YOUR_PACKAGING",
        totalWeight: 1,
        totalDeclaredValue: { amount: 1000, currency: "USD" },
        shipper: SENDER,
        recipients: [WORKSHOP],
        shippingChargesPayment: { paymentType: "THIRD_PARTY", payor: PAYOR },
        shipmentSpecialServices: {
          specialServiceTypes: ["ELECTRONIC_TRADE_DOCUMENTS", "RETURN_SHIPMENT"],
          etdDetail: { requestedDocumentTypes: ["COMMERCIAL_INVOICE"] },
          returnShipmentDetail: { returnType: "PRINT_RETURN_LABEL" },
        },
        customsClearanceDetail: {
          totalCustomsValue: { amount: 1800, currency: "USD" },
          customsOption: { type: "FOR_REPAIR" },
          dutiesPayment: { paymentType: "RECIPIENT", payor: PAYOR },
          commercialInvoice: {
            shipmentPurpose: "REPAIR_AND_RETURN",
            termsOfSale: "DAP",
            originatorName: "CIWAKA After-Sales Department",
            customerReferences: [
              { customerReferenceType: "INVOICE_NUMBER", value: "CI-CW-7K3M9Q2XAB-IN-1" },
              { customerReferenceType: "CUSTOMER_REFERENCE", value: "CW-7K3M9Q2XAB-inbound-1" },
            ],
          },
          exportDetail: { exportComplianceStatement: "NO_EEI_30_37_A" },
          commodities: [
            {
              description:
                "18K yellow gold finger ring, design Hana (R-1001), serial no. SN-2026-0001; sent for resizing and return",
              countryOfManufacture: "JP",
              harmonizedCode: "7113192900",
              numberOfPieces: 1,
              quantity: 1,
              quantityUnits: "EA",
              unitPrice: { amount: 1800, currency: "USD" },
              customsValue: { amount: 1800, currency: "USD" },
              weight: { units: "KG", value: 0.02 },
            },
          ],
        },
        labelSpecification: { imageType: "PDF", labelStockType: "PAPER_4X6" },
        shippingDocumentSpecification: {
          shippingDocumentTypes: ["COMMERCIAL_INVOICE"],
          commercialInvoiceDetail: { documentFormat: { docType: "PDF", stockType: "PAPER_LETTER" } },
        },
        requestedPackageLineItems: [
          {
            sequenceNumber: 1,
            customerReferences: [
              { customerReferenceType: "CUSTOMER_REFERENCE", value: "CW-7K3M9Q2XAB-inbound-1" },
            ],
            weight: { units: "KG", value: 0.45 },
            dimensions: { length: 6, width: 6, height: 4, units: "IN" },
            declaredValue: { amount: 1000, currency: "USD" },
            packageSpecialServices: {
              specialServiceTypes: ["SIGNATURE_OPTION"],
              signatureOptionType: "DIRECT",
            },
          },
        ],
      },
    });
  });

  it("without a return label, the recipient pays and nothing is called a return", () => {
    const plain: Brand = { ...brand, carrier: { ...brand.carrier, inboundLabel: "recipient-pays" } };
    const { shippingChargesPayment, shipmentSpecialServices } = shipmentRequest(
      aDeclaration(),
      plain,
    ).requestedShipment;
    expect(shippingChargesPayment).toStrictEqual({ paymentType: "RECIPIENT", payor: PAYOR });
    expect(shipmentSpecialServices).toStrictEqual({
      specialServiceTypes: ["ELECTRONIC_TRADE_DOCUMENTS"],
      etdDetail: { requestedDocumentTypes: ["COMMERCIAL_INVOICE"] },
    });
  });
});

describe("the shipment request of the way home", () => {
  it("turns the parties about, and the brand pays as the sender", () => {
    const home = requested({ leg: "return" });
    expect(home.shipper).toStrictEqual(WORKSHOP);
    expect(home.recipients).toStrictEqual([SENDER]);
    expect(home.shippingChargesPayment).toStrictEqual({ paymentType: "SENDER", payor: PAYOR });
    expect(home.customsClearanceDetail.dutiesPayment).toStrictEqual({ paymentType: "SENDER", payor: PAYOR });
    expect(home.shipmentSpecialServices).not.toHaveProperty("returnShipmentDetail");
    expect(home.shipmentSpecialServices.specialServiceTypes).toStrictEqual(["ELECTRONIC_TRADE_DOCUMENTS"]);
  });

  it("R44: repaired goods follow a repair", () => {
    const { customsOption, commercialInvoice } = requested({ leg: "return" }).customsClearanceDetail;
    expect(customsOption).toStrictEqual({ type: "FOLLOWING_REPAIR" });
    expect(commercialInvoice.shipmentPurpose).toBe("REPAIR_AND_RETURN");
  });

  it("R44: an exchanged ring is a replacement and nowhere says repair", () => {
    const commodities = [aCommodity({ description: "Platinum 950 ring, R-1001, SN-2026-0002; new goods" })];
    const replacement = requested({ leg: "return", purpose: "replacement", commodities });
    const { customsOption, commercialInvoice } = replacement.customsClearanceDetail;
    expect(customsOption).toStrictEqual({ type: "REPLACEMENT" });
    expect(commercialInvoice.shipmentPurpose).toBe("NOT_SOLD");
    expect(JSON.stringify(replacement)).not.toMatch(/repair/i);
  });

  it("an export from Japan carries no US statement", () => {
    expect(requested({ leg: "return" }).customsClearanceDetail).not.toHaveProperty("exportDetail");
  });
});

describe("single fields", () => {
  it.each([
    [{ basis: "exempt-30.37(a)" }, "NO_EEI_30_37_A"],
    [{ basis: "exempt-30.37(q)" }, "NO EEI 30.37(q)"],
    [{ basis: "itn", itn: "X20260314123456" }, "AESX20260314123456"],
    [{ basis: "not-a-us-export" }, undefined],
  ] as const)("R47: the export statement of %o is %s", (statement, words) => {
    expect(exportComplianceStatement(statement)).toBe(words);
  });

  it.each([
    [1, 0.45, 1],
    [3, 1.36, 3],
    [2.25, 1.02, 2.3],
    [0.01, 0.01, 0.1],
  ])("a parcel of %f lb weighs %f kg, and %f lb in all", (weightLb, kg, pounds) => {
    const { requestedPackageLineItems, totalWeight } = requested({
      parcel: { lengthIn: 6, widthIn: 6, heightIn: 4, weightLb },
    });
    expect(requestedPackageLineItems[0]?.weight).toStrictEqual({ units: "KG", value: kg });
    expect(totalWeight).toBe(pounds);
  });

  it("broken inches are rounded up", () => {
    const [line] = requested({
      parcel: { lengthIn: 6.1, widthIn: 7.9, heightIn: 4, weightLb: 1 },
    }).requestedPackageLineItems;
    expect(line?.dimensions).toStrictEqual({ length: 7, width: 8, height: 4, units: "IN" });
  });

  it.each(["4155550132", "+14155550132", "14155550132"])(
    "the US number %s is sent as ten digits",
    (telephone) => {
      const { shipper } = requested({ shipper: aCustomerParty({ telephone }) });
      expect(shipper.contact.phoneNumber).toBe("4155550132");
    },
  );

  it("several pieces of one line share its value", () => {
    const commodities = [aCommodity({ quantity: 2, customsValueCents: 50_050 })];
    const [line] = requested({ commodities }).customsClearanceDetail.commodities;
    expect(line).toMatchObject({
      quantity: 2,
      unitPrice: { amount: 250.25, currency: "USD" },
      customsValue: { amount: 500.5, currency: "USD" },
    });
  });

  it("an importer who is not the consignee is named", () => {
    const importer = aWorkshopParty({ person: "Customs Broker" });
    expect(requested({ importer }).customsClearanceDetail).toMatchObject({
      importerOfRecord: { contact: { personName: "Customs Broker" }, address: { countryCode: "JP" } },
    });
  });

  it("R45: the carrier's declared value is its own amount, not the customs value nor the insured one", () => {
    const { totalDeclaredValue, requestedPackageLineItems } = requested({
      carrierDeclaredValueCents: 12_345,
    });
    expect(totalDeclaredValue.amount).toBe(123.45);
    expect(requestedPackageLineItems[0]?.declaredValue.amount).toBe(123.45);
  });
});

describe("R34: the date on the label", () => {
  it.each([
    ["2026-03-18", "2026-03-18"],
    ["2026-03-24", "2026-03-24"],
    ["2026-03-25", "2026-03-24"],
    ["2026-04-13", "2026-03-24"],
  ])("wanted %s, declared on March 14 and at most 10 days ahead: %s", (shipDate, label) => {
    expect(requested({ shipDate }).shipDatestamp).toBe(label);
  });

  it("is counted in the sender's zone: in California it is still the 14th when UTC is at the 15th", () => {
    const declaredAt = "2026-03-15T05:00:00.000Z";
    expect(requested({ shipDate: "2026-04-01", declaredAt }).shipDatestamp).toBe("2026-03-24");
    expect(requested({ leg: "return", shipDate: "2026-04-01", declaredAt }).shipDatestamp).toBe("2026-03-25");
  });
});
