/** What comes late in the paid process: money for a former version, a due date that has passed, a refund that came back. */
import { describe, expect, it } from "vitest";
import { accountsOf } from "../../lambdas/domain/accounts.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import { CASE_ID } from "../builders/case-file.ts";
import { remainingOf } from "../builders/fake-provider.ts";
import { CUSTOMER, goesOn, STAFF } from "../builders/honest.ts";
import { aHouse, type House, paysOnPage, refundComesBack, sendsBack } from "../builders/paid-world.ts";

const DAY = 24 * 60;
const first = ({ world }: House): Invoice | undefined => world.file().invoices[0];
const replacesFirst = (amountCents: number) => ({
  lines: [{ kind: "shipping", text: "Shipping to Japan", amountCents }],
  replaces: `${CASE_ID}-1`,
});

describe("money for a version that was just replaced", () => {
  it("R37: is not asked for once more by the page of the version that took its place", async () => {
    const house = aHouse("the repair of a necklace");
    const { world } = house;
    await goesOn(world, { until: "payment" });
    await paysOnPage(house, 0, 20_000, true);
    await world.act(STAFF, "invoices", replacesFirst(25_000));
    await world.pass(1);
    await world.settle();
    expect(accountsOf(world.file())).toMatchObject({ paidCents: 20_000, owedCents: 5000 });
    expect(world.payables.map(remainingOf)).toEqual([0, 5000]);
  });
});

describe("R64: an offer left unanswered until the invoice's last day has passed", () => {
  it("leaves her the days to pay that any invoice gives", async () => {
    const { world } = aHouse("a paid resizing");
    await goesOn(world, { until: "payment" });
    await world.pass(2 * DAY);
    await world.act(STAFF, "conversion", { reason: "The service is free for this ring." });
    await world.settle();
    await world.pass(15 * DAY);
    await world.settle();
    const { asks, answer, deadline } = world.wait();
    expect([asks, answer]).toEqual(["payment", undefined]);
    const [invoice] = world.file().invoices;
    expect(invoice && deadline && deadline > world.now() && invoice.dueDate < world.now()).toBe(true);
  });
});

describe("a refund that comes back", () => {
  it("R37: is what the case waits for that was taken up again meanwhile", async () => {
    const house = aHouse("the repair of a necklace");
    const { world } = house;
    await goesOn(world, { until: "ship-date" });
    await world.pass(30 * DAY);
    await sendsBack(house, first(house), 20_000);
    await world.settle();
    await world.act(CUSTOMER, "reopening", {});
    await world.settle();
    expect(world.wait().asks).toBe("payment");
    await refundComesBack(house, 0);
    await world.settle();
    expect(world.wait().asks).toBe("ship-date");
  });
});
