import * as fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createDocumentPrinter } from "../../lambdas/adapters/documents/printer.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";
import { InvoiceLine } from "../../lambdas/domain/invoice.ts";
import { formatUsd } from "../../lambdas/domain/money.ts";
import { anInvoice } from "../builders/invoice.ts";
import { readPdf } from "../builders/read-pdf.ts";

type Overrides = NonNullable<Parameters<typeof anInvoice>[0]>;

const printer = createDocumentPrinter({ brandName: "CIWAKA" });
const print = (over: Overrides = {}) => printer.renderInvoice(anInvoice(over));
const read = async (over: Overrides = {}) => readPdf(await print(over));

const PAY_URL = `https://pay.example.com/i/acct_1/test_${"YWNjdF8xMDMy".repeat(12)}?s=ap`;
const ON_PAGE: Overrides = { provider: { name: "stripe", id: "in_1", payUrl: PAY_URL } };
const PIECE = {
  item: 1,
  name: "Aurora",
  designNumber: "R-1001",
  serialNumber: "SN-2026-0001",
  services: ["polishing" as const],
};
const BILL_TO = { name: "Jane Doe", email: "jane.doe@example.com" };
const PAYS = /pay\.example|routing|account number|payment reference|please pay/i;

afterEach(() => {
  vi.useRealTimers();
});

describe("invoice", () => {
  it("R35, R36, R39: states what is to be done, every amount, the $0 return, the total, and how to pay", async () => {
    const { text, pages } = await read(ON_PAGE);
    for (const stated of [
      "CIWAKA",
      "INVOICE",
      "INVOICE NO. CW-7K3M9Q2XAB-1",
      "VERSION 1",
      "DATE OF ISSUE March 15, 2026",
      "DUE DATE March 29, 2026",
      "CASE NO. CW-7K3M9Q2XAB",
      "ORDER NO. US-100234",
      "ORDER DATE February 20, 2026",
      "CONCERNING After-sales service",
      "FROM CIWAKA Co., Ltd. After-Sales Accounts 2-4-6 Ginza Ciwaka Building 3F Chuo-ku, Tokyo, 1040061 Japan",
      "accounts@ciwaka.example",
      "BILL TO Jane Doe 500 Market Street Apt 7 San Francisco, CA 94105 United States",
      "Tel. +1 415-555-0132 jane.doe@example.com",
      "1 Aurora R-1001 SN-2026-0001 Paid resizing and re-engraving",
      "Japanese ring size 13 · Engraving: “FOREVER 2026”",
      "Service fee Resizing and re-engraving of one ring $240.00",
      "Shipping FedEx to Japan $95.00",
      "Customs duties Customs duties in Japan $18.50",
      "Insurance Transport insurance to Japan $25.00",
      "Shipping Insured return shipping to the United States: included $0.00",
      "Total in US dollars $378.50",
      "Amount due now $378.50",
      "About 14 to 28 days after receipt in Japan",
      "Please pay $378.50 by March 29, 2026, online or by bank transfer.",
      "Bank: Example Bank, New York",
      "Account holder: CIWAKA Co., Ltd.",
      "Routing number: 026000000",
      "Account number: 000123456789",
      "Payment reference: CW-7K3M9Q2XAB-1",
      "Page 1 of 1",
    ]) {
      expect(text).toContain(stated);
    }
    expect(pages).toHaveLength(1);
    expect(text).not.toMatch(/covered by earlier|replaces|DRAFT|staff:/i);
  });

  it("R37, R39, R40: names its conditions, and promises no duties away", async () => {
    const { text } = await read();
    expect(text).toContain("Nothing is shipped before this invoice has been paid in full.");
    expect(text).toContain("Insured return shipping to your address in the United States is included.");
    expect(text).toContain("US customs may ask for on the return are not included");
    expect(text).toContain("costs more than was billed in advance, the difference may be charged");
  });

  it("R36: other costs are named as the policy names them", async () => {
    const lines = [{ kind: "other" as const, text: "Carriage to the airport", amountCents: 1_234_567 }];
    expect((await read({ lines })).text).toContain("Other transport cost Carriage to the airport $12,345.67");
  });

  it("R62: a schedule of one length is one number, and without one nothing is promised", async () => {
    const schedule = { earliest: 1, latest: 1 };
    expect((await read({ schedule })).text).toContain("About 1 day after receipt in Japan");
    const { schedule: _, ...unplanned } = anInvoice();
    expect((await readPdf(await printer.renderInvoice(unplanned))).text).not.toMatch(/schedule|receipt/i);
  });

  it("shows what is not known of an order or a piece as not known", async () => {
    const { serialNumber: _, ...piece } = PIECE;
    const { text } = await read({ order: {}, items: [{ ...piece, services: ["other", "polishing"] }] });
    expect(text).not.toMatch(/ORDER NO|ORDER DATE|ring size|Engraving:/);
    expect(text).toContain("Aurora R-1001 – Polishing and other work as agreed");
    expect((await read({ items: [{ ...piece, services: [] }] })).text).toContain("– Work as agreed");
    expect((await read({ items: [] })).text).not.toContain("WHAT IS TO BE DONE");
  });

  it("is dated and due on the customer's calendar", async () => {
    const { text } = await read({ issuedOn: "2026-03-15", dueDate: "2026-03-29" });
    expect(text).toContain("DATE OF ISSUE March 15, 2026");
    expect(text).toContain("March 29, 2026");
  });
});

describe("the ways to pay", () => {
  it("R35: the payment page can be clicked on each of its lines, and stands there in full", async () => {
    const { text, links, roles } = await read(ON_PAGE);
    expect(text.replaceAll(" ", "")).toContain(PAY_URL);
    expect(links.length).toBeGreaterThan(1);
    expect(new Set(links)).toEqual(new Set([PAY_URL]));
    expect(roles.filter((role) => role === "Link")).toHaveLength(1);
  });

  it("R35: with bank transfer alone there is no page to go to", async () => {
    const payUrl = "https://www.example.com/case";
    const { text, links } = await read({ provider: { name: "bank-transfer", id: "b-1", payUrl } });
    expect(text).toContain("Please pay $378.50 by March 29, 2026, by bank transfer.");
    expect(text).not.toMatch(/payment page|example\.com\/case/i);
    expect(links).toEqual([]);
  });

  it("R35: with the page alone no account is named", async () => {
    const { bankTransfer: _, ...invoice } = anInvoice(ON_PAGE);
    const { text, links } = await readPdf(await printer.renderInvoice(invoice));
    expect(text).toContain("Please pay $378.50 by March 29, 2026, online.");
    expect(text).not.toMatch(/bank|account number|routing/i);
    expect(new Set(links)).toEqual(new Set([PAY_URL]));
  });

  it("R35: without any it is refused", async () => {
    const { bankTransfer: _, ...invoice } = anInvoice();
    await expect(printer.renderInvoice(invoice)).rejects.toThrow(
      new PermanentError("invoice CW-7K3M9Q2XAB-1 names no way to pay it"),
    );
  });

  it("R37: what earlier payments cover is taken off, and the rest is what is asked for", async () => {
    const { text } = await read({ creditCents: 12_050, version: 2, replaces: "CW-7K3M9Q2XAB-1" });
    expect(text).toContain("Total in US dollars $378.50 Covered by earlier payments -$120.50");
    expect(text).toContain("Amount due now $258.00");
    expect(text).toContain("AMOUNT DUE NOW $258.00 by March 29, 2026");
    expect(text).toContain("Please pay $258.00 by March 29, 2026");
    expect(text).toContain(
      "REPLACES Invoice CW-7K3M9Q2XAB-1, which is no longer to be paid. What was paid on it counts for this one.",
    );
  });

  it("R37: when all of it is covered, nothing is asked for and no way to pay is named", async () => {
    const { text, links } = await read({ ...ON_PAGE, creditCents: 37_850 });
    expect(text).toContain("Amount due now $0.00");
    expect(text).toContain("Nothing is to be paid");
    expect(text).not.toMatch(PAYS);
    expect(links).toEqual([]);
  });
});

describe("draft of an invoice", () => {
  const lines = Array.from({ length: 20 }, (_, index) => ({
    kind: "service" as const,
    text: `Work number ${index + 1}, ${"described at length ".repeat(8)}`.trim(),
    amountCents: 10_001 + index,
  }));
  const items = Array.from({ length: 10 }, (_, index) => ({ ...PIECE, item: index + 1 }));

  it("R35: says on each page that it is one, and never how to pay", async () => {
    const { pages, text, title, links } = await read({ ...ON_PAGE, status: "draft", lines, items });
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, index) => {
      expect(page).toMatch(/DRAFT(?! INVOICE|,)/);
      expect(page).toContain("DRAFT INVOICE");
      expect(page).toContain(
        "DRAFT, not to be paid · Invoice CW-7K3M9Q2XAB-1 · Case CW-7K3M9Q2XAB Page " +
          `${index + 1} of ${pages.length}`,
      );
    });
    expect(title).toBe("DRAFT INVOICE CW-7K3M9Q2XAB-1");
    expect(text).toContain("This is a draft");
    expect(text).not.toMatch(PAYS);
    expect(links).toEqual([]);
  });

  it("R35: does not yet take the place of another", async () => {
    const { text } = await read({ status: "draft", version: 2, replaces: "CW-7K3M9Q2XAB-1" });
    expect(text).toContain("REPLACES Invoice CW-7K3M9Q2XAB-1, once this draft is issued");
    expect(text).toContain("DRAFTED ON March 15, 2026");
    expect(text).not.toContain("no longer to be paid");
  });
});

describe("surcharge and supplement", () => {
  it("R40: a surcharge shows what it rests on", async () => {
    const { text } = await read({
      kind: "surcharge",
      version: 2,
      lines: [{ kind: "shipping", text: "Shipping beyond what was billed in advance", amountCents: 6_240 }],
      evidence: {
        lengthIn: 12,
        widthIn: 9.25,
        heightIn: 8.004,
        weightLb: 3.4,
        billReference: "2-345-67890",
        billCents: 15_740,
        billedCents: 9_500,
      },
    });
    expect(text).toContain("CONCERNING Shipping surcharge");
    expect(text).toContain("PARCEL AS MEASURED 12 × 9.25 × 8.004 in, 3.4 lb");
    expect(text).toContain("CARRIER’S BILL NO. 2-345-67890 CARRIER’S BILL $157.40 BILLED IN ADVANCE $95.00");
    expect(text).toContain("Amount due now $62.40");
    expect(text).toContain("only when a parcel exceeded our limits of size or weight");
    expect(text).not.toContain("may be charged");
  });

  it("R36: a supplement says that it comes on top", async () => {
    const { text } = await read({ kind: "supplement", version: 2 });
    expect(text).toContain("CONCERNING Addition to the service");
    expect(text).not.toContain("PARCEL AS MEASURED");
  });
});

describe("long invoice", () => {
  const items = Array.from({ length: 10 }, (_, index) => ({
    ...PIECE,
    item: index + 1,
    name: `Piece ${index + 1} ${"of a long name ".repeat(4)}`.trim(),
    designNumber: `D-${"7".repeat(38)}`,
    serialNumber: `S-${index + 10}-${"9".repeat(34)}`,
    services: [
      "polishing" as const,
      "engraving-erasure" as const,
      "re-engraving" as const,
      "paid-resizing" as const,
    ],
    desiredSize: 13.5,
    engraving: `${index + 10}${"W".repeat(58)}`,
  }));
  const lines = Array.from({ length: 21 }, (_, index) => ({
    kind: "service" as const,
    // Without a space to break at.
    text: `L${index + 10}${"W".repeat(196)}E`,
    amountCents: 400_001 + index,
  }));
  const longest: Overrides = {
    ...ON_PAGE,
    items,
    lines,
    billTo: {
      name: "W".repeat(70),
      email: `${"w".repeat(67)}@example.com`,
      address: {
        line1: "W".repeat(35),
        line2: "M".repeat(35),
        city: "W".repeat(35),
        state: "CA",
        zip: "94105-1234",
      },
      telephone: "4155550132",
    },
    bankTransfer: {
      bank: "W".repeat(60),
      accountHolder: "W".repeat(70),
      routingNumber: "W".repeat(30),
      accountNumber: "W".repeat(40),
    },
  };

  it("runs on with a head on each page, and loses neither a piece, a line, an amount, nor a word", async () => {
    const { pages, text } = await read(longest);
    const dense = text.replaceAll(" ", "");
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, index) => {
      expect(page).toContain("CIWAKA");
      expect(page).toContain(
        `Invoice CW-7K3M9Q2XAB-1 · Case CW-7K3M9Q2XAB Page ${index + 1} of ${pages.length}`,
      );
    });
    for (const { name, serialNumber, engraving } of items) {
      expect(dense.split(serialNumber)).toHaveLength(2);
      expect(dense).toContain(name.replaceAll(" ", ""));
      expect(dense).toContain(`“${engraving}”`);
    }
    for (const line of lines) {
      expect(dense.split(line.text)).toHaveLength(2);
      expect(text.split(formatUsd(line.amountCents))).toHaveLength(2);
    }
    expect(dense).toContain(`${"w".repeat(67)}@example.com`);
    expect(dense).toContain(`Accountholder:${"W".repeat(70)}`);
    expect(dense).toContain(PAY_URL);
    expect(pages.at(-1)).toContain("Nothing is shipped before this invoice has been paid in full.");
    expect(text).toContain("Amount due now $84,002.31");
  });

  it("repeats the head of the lines wherever they run on", async () => {
    const { pages } = await read(longest);
    for (const page of pages.filter((one) => /\$4,000\.\d\d/.test(one)))
      expect(page).toContain("CHARGE DESCRIPTION AMOUNT");
  });

  it("fits on one page with two pieces and six lines", async () => {
    const two = [PIECE, { ...PIECE, item: 2, desiredSize: 9, engraving: "J & M 2026" }];
    const usual = [...anInvoice().lines, { kind: "other" as const, text: "Pickup", amountCents: 900 }];
    expect((await read({ ...ON_PAGE, items: two, lines: usual })).pages).toHaveLength(1);
  });
});

describe("letters that the paper has not got", () => {
  it("a customer whose name is in Japanese is called by her e-mail address, once", async () => {
    const { text } = await read({ billTo: { ...BILL_TO, name: "山田 花子" } });
    expect(text).toContain("BILL TO jane.doe@example.com");
    expect(text.split("jane.doe@example.com")).toHaveLength(2);
  });

  it("a piece whose name is in Japanese is called by its design number", async () => {
    const { text } = await read({ items: [{ ...PIECE, name: "雫" }] });
    expect(text).toContain("1 R-1001 R-1001 SN-2026-0001");
  });

  it("accents outside the alphabet are left out of names", async () => {
    const { text } = await read({ billTo: { ...BILL_TO, name: "Zoë Őrsi Łukasz" } });
    expect(text).toContain("BILL TO Zoë Orsi Lukasz");
  });

  it.each(["永遠", "LOVE ♥", "Őrsi"])(
    "R23: the engraving %s is shown to the letter or not at all",
    async (engraving) => {
      const { text } = await read({ items: [{ ...PIECE, engraving }] });
      expect(text).toContain("Engraving: the text you asked for, in letters that cannot be shown here");
      expect(text).not.toMatch(/LOVE|Orsi/);
    },
  );

  it("lines of an address that cannot be shown are left out, the rest stays", async () => {
    const address = {
      line1: "市場通り500",
      line2: "Apt 7",
      city: "San Francisco",
      state: "CA",
      zip: "94105",
    };
    const { text } = await read({ billTo: { ...BILL_TO, address } });
    expect(text).toContain("BILL TO Jane Doe Apt 7 San Francisco, CA 94105 United States");
    const elsewhere = { ...address, line1: "500 Market Street", city: "桑港" };
    expect((await read({ billTo: { ...BILL_TO, address: elsewhere } })).text).toContain(
      "500 Market Street Apt 7 CA 94105 United States",
    );
  });

  it("what the house has to set right is refused, naming the field", async () => {
    const { issuer, bankTransfer } = anInvoice();
    await expect(print({ issuer: { ...issuer, person: "経理" } })).rejects.toThrow(
      new PermanentError("issuer.person has characters that the English customs papers cannot show"),
    );
    const account = { bankTransfer: { ...bankTransfer!, bank: "見本銀行" } };
    await expect(print(account)).rejects.toThrow(/^bankTransfer\.bank/);
    expect((await read({ ...account, status: "draft" })).text).toContain("DRAFT");
    const japanese = createDocumentPrinter({ brandName: "雪" });
    await expect(japanese.renderInvoice(anInvoice())).rejects.toThrow(/^brand\.name/);
  });

  it("whatever a customer or staff wrote, the invoice is printed, with all its amounts", async () => {
    const words = (maxLength: number) => fc.string({ unit: "binary", maxLength });
    const written = fc.record({
      name: words(20),
      email: words(20),
      line1: words(20).filter((text) => text.trim() !== ""),
      piece: words(20),
      engraving: words(20),
      line: words(40).filter((text) => InvoiceLine.shape.text.safeParse(text).success),
    });
    await fc.assert(
      fc.asyncProperty(written, async ({ name, email, line1, piece, engraving, line }) => {
        const { text } = await read({
          billTo: { name, email, address: { line1, city: "San Francisco", state: "CA", zip: "94105" } },
          items: [{ ...PIECE, name: piece, engraving }],
          lines: [{ kind: "shipping", text: line, amountCents: 9_500 }],
        });
        expect(text).toContain("R-1001 SN-2026-0001 Polishing");
        expect(text).toContain("$95.00 Total in US dollars $95.00 Amount due now $95.00");
      }),
      { numRuns: 40 },
    );
  });
});

describe("invoice as a file", () => {
  it("gives the same bytes for the same invoice, whenever it is printed", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-16T00:30:05.000Z") });
    const once = await print(ON_PAGE);
    vi.setSystemTime(new Date("2027-01-01T00:00:00.000Z"));
    expect(await print(ON_PAGE)).toEqual(once);
    expect((await readPdf(once)).createdAt).toBe("D:20260316003000Z");
  });

  it("is US Letter, titled, in English, and tagged for screen readers", async () => {
    const { title, language, tagged, size, roles } = await read(ON_PAGE);
    expect({ title, language, tagged, size }).toEqual({
      title: "INVOICE CW-7K3M9Q2XAB-1",
      language: "en-US",
      tagged: true,
      size: [612, 792],
    });
    expect(roles.slice(0, 4)).toEqual(["Root", "Document", "P", "H1"]);
    expect(roles.filter((role) => role === "TH")).toHaveLength(8);
    expect(roles.filter((role) => role === "TD")).toHaveLength(5 + 5 * 3);
  });
});
