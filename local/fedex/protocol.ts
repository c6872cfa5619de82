/**
 * The requests FedEx takes, as strict schemas written from its published description (integrations.md), and on purpose
 * not shared with the adapter: what the adapter gets wrong must fail here.
 */
import * as z from "zod";

/** Ship's `Money`: at most five digits before the point. */
const Money = z.strictObject({
  amount: z.number().min(0).lt(100_000).multipleOf(0.01),
  currency: z.literal("USD"),
});
const CustomsValue = z.strictObject({
  amount: z.number().min(0).lt(100_000_000_000).multipleOf(0.01),
  currency: z.literal("USD"),
});
const Weight = z.strictObject({ units: z.enum(["KG", "LB"]), value: z.number().positive() });
const AccountNumber = z.strictObject({ value: z.string().regex(/^\d{9}$/) });
const PlainDate = z.iso.date();

const Contact = z
  .strictObject({
    personName: z.string().min(1).max(70).optional(),
    companyName: z.string().min(1).max(35).optional(),
    emailAddress: z.string().includes("@").max(80).optional(),
    phoneNumber: z.string().regex(/^\+?\d{10,15}$/),
  })
  .refine((contact) => contact.personName ?? contact.companyName, "personName or companyName is mandatory");

const Address = z.strictObject({
  streetLines: z.array(z.string().trim().min(1).max(35)).min(1).max(3),
  city: z.string().trim().min(1).max(35),
  stateOrProvinceCode: z.string().length(2).optional(),
  postalCode: z.string().min(1).max(10),
  countryCode: z.string().regex(/^[A-Z]{2}$/),
  residential: z.boolean().optional(),
});

export const Party = z
  .strictObject({ contact: Contact, address: Address })
  .refine(
    ({ contact, address }) => address.countryCode !== "US" || /^(\+?1)?\d{10}$/.test(contact.phoneNumber),
    { message: "a US telephone number has exactly 10 digits", path: ["contact", "phoneNumber"] },
  )
  .refine(({ address }) => address.countryCode !== "US" || address.stateOrProvinceCode !== undefined, {
    message: "a US address needs its state",
    path: ["address", "stateOrProvinceCode"],
  });
export type Party = z.infer<typeof Party>;

const Payment = z.strictObject({
  paymentType: z.enum(["SENDER", "RECIPIENT", "THIRD_PARTY", "COLLECT"]),
  payor: z.strictObject({ responsibleParty: z.strictObject({ accountNumber: AccountNumber }) }).optional(),
});

const CustomerReference = z
  .strictObject({
    customerReferenceType: z.enum([
      "CUSTOMER_REFERENCE",
      "INVOICE_NUMBER",
      "P_O_NUMBER",
      "DEPARTMENT_NUMBER",
    ]),
    value: z.string().min(1).max(40),
  })
  .refine((one) => one.customerReferenceType === "CUSTOMER_REFERENCE" || one.value.length <= 30, {
    message: "at most 30 characters",
    path: ["value"],
  });

const Commodity = z.strictObject({
  description: z.string().min(1).max(450),
  countryOfManufacture: z.string().regex(/^[A-Z]{2}$/),
  harmonizedCode: z.string().regex(/^\d{4}\.?\d{2}(\.?\d{2}(\.?\d{2})?)?$/),
  numberOfPieces: z.int().min(1).max(9999),
  quantity: z.int().min(1),
  quantityUnits: z.enum(["EA", "PCS"]),
  unitPrice: Money,
  customsValue: CustomsValue,
  weight: Weight,
});

const CustomsClearance = z.strictObject({
  totalCustomsValue: Money,
  customsOption: z.strictObject({ type: z.enum(["FOR_REPAIR", "FOLLOWING_REPAIR", "REPLACEMENT"]) }),
  dutiesPayment: Payment,
  importerOfRecord: Party.optional(),
  commercialInvoice: z.strictObject({
    shipmentPurpose: z.enum(["GIFT", "NOT_SOLD", "PERSONAL_EFFECTS", "REPAIR_AND_RETURN", "SAMPLE", "SOLD"]),
    termsOfSale: z.string().regex(/^[A-Z]{3}$/),
    originatorName: z.string().max(70).optional(),
    customerReferences: z.array(CustomerReference).optional(),
  }),
  exportDetail: z.strictObject({ exportComplianceStatement: z.string().min(1) }).optional(),
  commodities: z.array(Commodity).min(1).max(999),
});

const PackageLine = z.strictObject({
  sequenceNumber: z.int().min(1).optional(),
  customerReferences: z.array(CustomerReference).optional(),
  weight: Weight,
  dimensions: z.strictObject({
    length: z.int().min(1).max(999),
    width: z.int().min(1).max(999),
    height: z.int().min(1).max(999),
    units: z.enum(["IN", "CM"]),
  }),
  declaredValue: Money.optional(),
  packageSpecialServices: z
    .strictObject({
      specialServiceTypes: z.array(z.literal("SIGNATURE_OPTION")).min(1),
      signatureOptionType: z.enum([
        "SERVICE_DEFAULT",
        "NO_SIGNATURE_REQUIRED",
        "INDIRECT",
        "DIRECT",
        "ADULT",
      ]),
    })
    .optional(),
});

const SpecialServices = z
  .strictObject({
    specialServiceTypes: z.array(z.enum(["RETURN_SHIPMENT", "ELECTRONIC_TRADE_DOCUMENTS"])).min(1),
    returnShipmentDetail: z.strictObject({ returnType: z.literal("PRINT_RETURN_LABEL") }).optional(),
    etdDetail: z
      .strictObject({ requestedDocumentTypes: z.array(z.literal("COMMERCIAL_INVOICE")).min(1) })
      .optional(),
  })
  .refine(
    (one) => one.specialServiceTypes.includes("RETURN_SHIPMENT") === (one.returnShipmentDetail !== undefined),
    "RETURN_SHIPMENT and returnShipmentDetail go together",
  )
  .refine(
    (one) => one.specialServiceTypes.includes("ELECTRONIC_TRADE_DOCUMENTS") === (one.etdDetail !== undefined),
    "ELECTRONIC_TRADE_DOCUMENTS and etdDetail go together",
  );

export const ShipRequest = z.strictObject({
  labelResponseOptions: z.literal("LABEL"),
  accountNumber: AccountNumber,
  requestedShipment: z.strictObject({
    shipDatestamp: PlainDate,
    pickupType: z.enum(["CONTACT_FEDEX_TO_SCHEDULE", "DROPOFF_AT_FEDEX_LOCATION", "USE_SCHEDULED_PICKUP"]),
    serviceType: z.enum([
      "INTERNATIONAL_FIRST",
      "FEDEX_INTERNATIONAL_PRIORITY_EXPRESS",
      "FEDEX_INTERNATIONAL_PRIORITY",
      "INTERNATIONAL_ECONOMY",
      "FEDEX_INTERNATIONAL_CONNECT_PLUS",
    ]),
    packagingType: z.literal("YOUR_PACKAGING"),
    totalWeight: z.number().positive().multipleOf(0.1),
    totalDeclaredValue: Money.optional(),
    shipper: Party,
    recipients: z.array(Party).length(1),
    shippingChargesPayment: Payment,
    shipmentSpecialServices: SpecialServices.optional(),
    customsClearanceDetail: CustomsClearance,
    labelSpecification: z.strictObject({
      imageType: z.literal("PDF"),
      labelStockType: z.enum(["PAPER_4X6", "STOCK_4X6", "PAPER_LETTER", "PAPER_85X11_TOP_HALF_LABEL"]),
    }),
    shippingDocumentSpecification: z
      .strictObject({
        shippingDocumentTypes: z.array(z.literal("COMMERCIAL_INVOICE")).min(1),
        commercialInvoiceDetail: z.strictObject({
          documentFormat: z.strictObject({ docType: z.literal("PDF"), stockType: z.literal("PAPER_LETTER") }),
        }),
      })
      .optional(),
    requestedPackageLineItems: z.array(PackageLine).min(1).max(30),
  }),
});
export type ShipRequest = z.infer<typeof ShipRequest>;

export const CancelRequest = z.strictObject({
  accountNumber: AccountNumber,
  trackingNumber: z.string().min(1),
  deletionControl: z.literal("DELETE_ALL_PACKAGES"),
});

export const TrackRequest = z.strictObject({
  includeDetailedScans: z.boolean(),
  trackingInfo: z
    .array(z.strictObject({ trackingNumberInfo: z.strictObject({ trackingNumber: z.string().min(1) }) }))
    .min(1)
    .max(30),
});

/** FedEx's schema calls the end of the span `shipDateEndDate`, its sample `shipDateEnd`: either will do. */
export const ReferenceRequest = z.strictObject({
  includeDetailedScans: z.boolean().optional(),
  referencesInformation: z
    .strictObject({
      type: z.enum(["CUSTOMER_REFERENCE", "SHIPPER_REFERENCE", "INVOICE", "PURCHASE_ORDER"]),
      value: z.string().min(1),
      accountNumber: z.string().regex(/^\d{9}$/),
      carrierCode: z.literal("FDXE").optional(),
      shipDateBegin: PlainDate,
      shipDateEnd: PlainDate.optional(),
      shipDateEndDate: PlainDate.optional(),
    })
    .refine((one) => one.shipDateEnd ?? one.shipDateEndDate, "an end of the span is required"),
});

const RateParty = z.strictObject({
  address: z.strictObject({
    postalCode: z.string().min(1).max(10),
    countryCode: z.string().regex(/^[A-Z]{2}$/),
    stateOrProvinceCode: z.string().length(2).optional(),
    city: z.string().max(35).optional(),
    residential: z.boolean().optional(),
  }),
});
/** Rates write the recipient in the singular and the date with a capital S. */
export const RateRequest = z.strictObject({
  accountNumber: AccountNumber,
  requestedShipment: z.strictObject({
    shipper: RateParty,
    recipient: RateParty,
    shipDateStamp: PlainDate.optional(),
    pickupType: z.string().min(1),
    serviceType: z.string().optional(),
    packagingType: z.string().optional(),
    rateRequestType: z.array(z.enum(["ACCOUNT", "LIST"])).min(1),
    requestedPackageLineItems: z
      .array(z.looseObject({ weight: Weight }))
      .min(1)
      .max(30),
  }),
});
