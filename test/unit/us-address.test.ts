import { describe, expect, it } from "vitest";
import { type Address, STATES, Telephone } from "../../lambdas/domain/address.ts";
import { checkAddress, checkContact, isLatinText, tidyAddress } from "../../lambdas/domain/us-address.ts";
import { zipIsInState } from "../../lambdas/domain/zip-codes.ts";

const anAddress = (overrides: Partial<Address> = {}): Address => ({
  line1: "1600 Valencia Street",
  city: "San Francisco",
  state: "CA",
  zip: "94110",
  ...overrides,
});
const paths = (overrides: Partial<Address>) => checkAddress(anAddress(overrides)).map((fault) => fault.path);
const messages = (overrides: Partial<Address>) =>
  checkAddress(anAddress(overrides))
    .map((fault) => fault.message)
    .join(" ");

describe("R33: the 50 states and DC", () => {
  // A ZIP code of the largest city of each.
  const zips: Record<(typeof STATES)[number], string> = {
    AL: "35801",
    AK: "99501",
    AZ: "85001",
    AR: "72201",
    CA: "90001",
    CO: "80202",
    CT: "06604",
    DE: "19801",
    DC: "20001",
    FL: "32202",
    GA: "30303",
    HI: "96813",
    ID: "83702",
    IL: "60601",
    IN: "46204",
    IA: "50309",
    KS: "67202",
    KY: "40202",
    LA: "70112",
    ME: "04101",
    MD: "21201",
    MA: "02108",
    MI: "48226",
    MN: "55401",
    MS: "39201",
    MO: "64106",
    MT: "59101",
    NE: "68102",
    NV: "89101",
    NH: "03101",
    NJ: "07102",
    NM: "87102",
    NY: "10001",
    NC: "28202",
    ND: "58102",
    OH: "43215",
    OK: "73102",
    OR: "97204",
    PA: "19103",
    RI: "02903",
    SC: "29401",
    SD: "57104",
    TN: "37201",
    TX: "77002",
    UT: "84101",
    VT: "05401",
    VA: "23450",
    WA: "98101",
    WV: "25301",
    WI: "53202",
    WY: "82001",
  };

  it.each(STATES)("R33: %s", (state) => {
    expect(checkAddress(anAddress({ state, zip: zips[state] }))).toEqual([]);
    const belongsTo = STATES.filter((other) => zipIsInState(zips[state], other));
    expect(belongsTo).toEqual([state]);
  });

  it("R33: every prefix belongs to one state at most, but for places across a border", () => {
    for (let prefix = 0; prefix < 1000; prefix += 1) {
      const zip = `${String(prefix).padStart(3, "0")}01`;
      expect(STATES.filter((state) => zipIsInState(zip, state)).length).toBeLessThanOrEqual(1);
    }
    expect(zipIsInState("06390", "NY")).toBe(true);
    expect(zipIsInState("83414", "WY")).toBe(true);
  });

  it("R33: letters of any case, and ZIP+4 with or without its hyphen", () => {
    expect(checkAddress(anAddress({ state: "ca", zip: "94110-1234" }))).toEqual([]);
    expect(tidyAddress(anAddress({ state: " ca ", zip: "941101234" }))).toMatchObject({
      state: "CA",
      zip: "94110-1234",
    });
  });

  it.each(["9411", "941100", "94110-12", "ABCDE"])("R33: %s is no ZIP code", (zip) => {
    expect(paths({ zip })).toEqual(["address.zip"]);
  });

  it("R33: the ZIP code must be one of the state", () => {
    expect(messages({ state: "NY" })).toBe("The ZIP code 94110 is not in NY. Please check both.");
  });

  it.each(["PR", "VI", "GU", "AS", "MP", "Puerto Rico", "Guam"])(
    "R33: territories go to a person: %s",
    (state) => {
      expect(messages({ state, zip: "00901" })).toContain("one of our representatives will help");
    },
  );

  it.each(["California", "XX", "ON", "JP"])("R33: %s is none of them", (state) => {
    expect(checkAddress(anAddress({ state }))).toMatchObject([{ path: "address.state", rule: "R33" }]);
  });

  it.each([
    { city: "APO", state: "AE", zip: "09012" },
    { city: "FPO", state: "AP", zip: "96349" },
    { city: "DPO", state: "AA", zip: "34002" },
    { city: "APO", state: "CA", zip: "94110" },
    { city: "A.P.O.", state: "NY", zip: "10001" },
    { line1: "PSC 3 Box 2210" },
    { line1: "Unit 100100 Box 4190, FPO AP" },
  ])("R33: no APO, FPO or DPO: %o", (address) => {
    expect(messages(address)).toContain("APO, FPO or DPO");
  });
});

describe("R33: no PO box", () => {
  it.each([
    "PO Box 12",
    "P.O. Box 12",
    "P. O. Box 12",
    "P O Box 12",
    "po box12",
    "POBox 12",
    "PO-Box 9",
    "P.O.BOX.12",
    "P0 Box 4",
    "PO Bx 3",
    "POB 5",
    "P.O.B. 5",
    "PO 123",
    "P.O. Drawer 2",
    "Post Office Box 1",
    "Postal Box 7",
    "Box 12",
    "Lock Box 3",
    "General Delivery",
    "ＰＯ Ｂｏｘ ３",
    "Suite 5, PO Box 12",
    "c/o Doe PO BOX 12",
  ])("R33: %s, on either line", (line) => {
    expect(paths({ line1: line })).toEqual(["address.line1"]);
    expect(paths({ line2: line })).toEqual(["address.line2"]);
  });

  it.each([
    "123 Box Elder Road",
    "RR 2 Box 15",
    "HC 1 Box 3",
    "12 Pobol Street",
    "1 P O Brien Street",
    "12 Post Road",
    "55 Post Oak Blvd",
    "101 Boxwood Avenue",
    "5 Main Street PMB 12",
    "4 Apo Lane",
    "9 Postal Way",
    "77 Depot Street",
  ])("R33: %s is a place FedEx finds", (line) => {
    expect(paths({ line1: line })).toEqual([]);
  });
});

describe("R44: what the customs papers can print", () => {
  it.each([
    "Jane Doe",
    "José Núñez-O’Brien",
    "Zoë Müller",
    "Renée Œuvre",

    "Jose\u0301",
  ])("R44: %s can be printed", (name) => {
    expect(isLatinText(name)).toBe(true);
  });

  it.each(["山田花子", "Ивана", "Łukasz", "Jane 💍", "Jane\nDoe", "\u0007"])("R44: %j cannot", (name) => {
    expect(isLatinText(name)).toBe(false);
  });

  it("R33, R44: names and lines are asked for in Latin letters, with the path of each", () => {
    const faults = checkContact({
      name: "山田花子",
      telephone: "4155550132",
      address: anAddress({ line1: "銀座通り 1", city: "サンフランシスコ" }),
    });
    expect(faults.map((fault) => fault.path)).toEqual(["name", "address.line1", "address.city"]);
    expect(faults[0]?.message).toContain("Latin letters");
  });

  it("a good contact has no fault, under any path", () => {
    const contact = { name: "Jane Doe", telephone: "4155550132", address: anAddress({ line2: "Apt 4" }) };
    expect(checkContact(contact)).toEqual([]);
    expect(checkContact({ ...contact, address: anAddress({ zip: "1" }) }, "contact")[0]?.path).toBe(
      "contact.address.zip",
    );
  });
});

describe("telephone: 10 digits, +1 and punctuation allowed", () => {
  it.each([
    "4155550132",
    "(415) 555-0132",
    "+1 (415) 555-0132",
    "+1 415.555.0132",
    "1-415-555-0132",
    " 415\u00a0555\u20110132 ",
    "415/555-0132",
  ])("%s is taken and kept as its ten digits", (typed) => {
    expect(Telephone.parse(typed)).toBe("4155550132");
  });

  it.each([
    "415555013",
    "41555501322",
    "+81 3 5555 0100",
    "+4155550132",
    "415-555-0132 x2",
    "++14155550132",
    "",
  ])("%s is not", (typed) => {
    expect(Telephone.safeParse(typed).success).toBe(false);
  });
});
