/** Declarations for property tests. */
import * as fc from "fast-check";
import { aCommodity, aCustomerParty, aDeclaration, aWorkshopParty } from "./declaration.ts";

const text = (most: number) =>
  fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9 .,'éñü&#/-]*[A-Za-z0-9])?$/, { maxLength: most });
const digits = (length: number) => fc.stringMatching(new RegExp(`^[2-9]\\d{${length - 1}}$`));
const lines = fc.array(text(35), { minLength: 1, maxLength: 3 });
const american = fc
  .record({
    person: text(70),
    telephone: fc.tuple(fc.constantFrom("", "1", "+1"), digits(10)).map((parts) => parts.join("")),
    lines,
    city: text(35),
    state: fc.constantFrom("CA", "NY", "HI", "DC"),
    postalCode: fc.stringMatching(/^\d{5}(-\d{4})?$/),
  })
  .map((party) => aCustomerParty(party));
const commodity = fc
  .record({
    description: text(450).filter((one) => one.length >= 10),
    harmonizedCode: fc.stringMatching(/^\d{4}\.?\d{2}(\.?\d{2}(\.?\d{2})?)?$/),
    quantity: fc.integer({ min: 1, max: 5 }),
    pieceCents: fc.integer({ min: 0, max: 199_999 }),
    weightKg: fc.integer({ min: 1, max: 1360 }).map((grams) => grams / 1000),
  })
  .map(({ pieceCents, ...facts }) =>
    aCommodity({ ...facts, customsValueCents: pieceCents * facts.quantity }),
  );

/** Any declaration that the core may make: within the schema and FedEx's limits, on or after the day it is declared. */
export const anyDeclaration = fc
  .record({
    leg: fc.constantFrom("inbound" as const, "return" as const),
    attempt: fc.integer({ min: 1, max: 99 }),
    replaced: fc.boolean(),
    customer: american,
    commodities: fc.array(commodity, { minLength: 1, maxLength: 5 }),
    cap: fc.integer({ min: 0, max: 1_000_000 }),
    daysAhead: fc.integer({ min: 0, max: 30 }),
    statement: fc.constantFrom(
      { basis: "exempt-30.37(q)" as const },
      { basis: "itn" as const, itn: "X20260314123456" },
    ),
    importer: fc.option(fc.constant(aWorkshopParty()), { nil: undefined }),
    parcel: fc.record({
      lengthIn: fc.double({ min: 0.1, max: 8, noNaN: true }),
      widthIn: fc.double({ min: 0.1, max: 8, noNaN: true }),
      heightIn: fc.double({ min: 0.1, max: 8, noNaN: true }),
      weightLb: fc.integer({ min: 1, max: 300 }).map((hundredths) => hundredths / 100),
    }),
  })
  .map(({ leg, attempt, replaced, customer, commodities, cap, daysAhead, statement, importer, parcel }) => {
    const total = commodities.reduce((sum, one) => sum + one.customsValueCents, 0);
    const day = new Date(Date.UTC(2026, 2, 14 + daysAhead)).toISOString().slice(0, 10);
    const inbound = leg === "inbound";
    return aDeclaration({
      leg,
      attempt,
      purpose: inbound ? "for-repair" : replaced ? "replacement" : "after-repair",
      [inbound ? "shipper" : "consignee"]: customer,
      commodities,
      carrierDeclaredValueCents: Math.min(cap, total),
      shipDate: day,
      exportStatement: inbound ? statement : { basis: "not-a-us-export" },
      ...(importer ? { importer } : {}),
      parcel,
    });
  });
