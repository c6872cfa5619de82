/**
 * Settlements of one case that run at the same time, while finance and the customer go on: in whatever order their calls
 * come, every invoice is sent and every refund made once, and no page is left that takes money for nothing.
 */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createBankTransfer } from "../../lambdas/adapters/payments/bank-transfer.ts";
import type { Invoice } from "../../lambdas/domain/invoice.ts";
import { forOneRun } from "../../lambdas/handlers/steps/one-run.ts";
import { createSettleAccountsHandler } from "../../lambdas/handlers/steps/settle-accounts/settle-accounts.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import type { CaseStore } from "../../lambdas/ports/case-store.ts";
import { CASE_ID } from "../builders/case-file.ts";
import { fakeProvider } from "../builders/fake-provider.ts";
import { goesOn, STAFF } from "../builders/honest.ts";
import {
  aHouse,
  type House,
  issued,
  nth,
  paysOnPage,
  sendsBack,
  tells,
  tellsRefunds,
  transfers,
  unsettled,
} from "../builders/paid-world.ts";

const service = (amountCents: number, n: number) => ({ kind: "service", text: `No. ${n}`, amountCents });

/** At work on a ring, with $50.00 too much in the books, and a supplement she was told of. */
async function inWork(): Promise<House> {
  const house = aHouse("the repair of a necklace");
  await goesOn(house.world, { until: "ship-date" });
  await paysOnPage(house, 0, 5000);
  await goesOn(house.world, { until: "work" });
  await house.world.act(STAFF, "invoices", { lines: [service(2500, 0)] });
  await house.world.settle();
  return house;
}

const newest = (house: House, n: number): Invoice | undefined => nth(issued(house).toReversed(), n);

type Deed = (house: House, n: number) => Promise<unknown>;
const DEEDS: Record<string, Deed> = {
  "a supplement": ({ world }, n) => world.act(STAFF, "invoices", { lines: [service(2000 + n, n)] }),
  "another version": (house, n) =>
    house.world.act(STAFF, "invoices", {
      lines: [{ kind: "shipping", text: `No. ${n}`, amountCents: 1000 * (n + 1) }],
      replaces: newest(house, n)?.invoiceId,
    }),
  "the newest is voided": (house) =>
    house.world.act(STAFF, "invoice-void", { invoiceId: newest(house, 0)?.invoiceId }),
  "a draft": ({ world }, n) => world.act(STAFF, "invoices", { lines: [service(700, n)], draft: true }),
  "money is sent back": (house, n) => sendsBack(house, issued(house)[0], 100 + n),
  "she pays on the page": (house, n) => paysOnPage(house, n, 500),
  "she pays by bank": (house, n) => transfers(house, newest(house, n), 300),
  "the provider tells of its refunds": (house) => tellsRefunds(house),
};

/** Runs a settlement; `scheduled` decides when each of its calls is made. */
function settles(
  { world }: House,
  no: number,
  scheduled: <T extends object>(target: T) => T,
): Promise<unknown> {
  const table = scheduled<CaseStore>(world.store);
  const printer = { renderInvoice: () => Promise.resolve(new Uint8Array([1])) };
  const handler = createSettleAccountsHandler({
    store: forOneRun(table),
    printer,
    documents: scheduled({ put: () => Promise.resolve("documents/invoice.pdf") }),
    providers: {
      stripe: scheduled(fakeProvider({ payables: world.payables, refunds: world.refunded })),
      "bank-transfer": createBankTransfer({ site: brand.site }),
    },
    provider: "stripe",
  });
  return handler({ caseId: CASE_ID, at: world.now(), no });
}

const withCallsOf =
  (scheduler: fc.Scheduler) =>
  <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const member: unknown = Reflect.get(of, name);
        if (typeof member !== "function") return member;
        return async (...args: unknown[]) => {
          await scheduler.schedule(Promise.resolve(), String(name));
          return Reflect.apply(member, of, args) as unknown;
        };
      },
    });

const deeds = fc.array(fc.tuple(fc.constantFrom(...Object.keys(DEEDS)), fc.nat(3)), {
  minLength: 1,
  maxLength: 6,
});

it("R37: nothing is sent twice, lost or left open, however their calls come", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), deeds, async (scheduler, wishes) => {
      const house = await inWork();
      const { world } = house;
      const { settlements } = world.store;
      const running: Promise<unknown>[] = [];
      let started = world.store.settlements.size;
      /** The stream starts what was ordered. */
      const starts = () => {
        for (; started < settlements.size; started += 1) {
          // What finds the case changing again and again is started once more by the clock.
          running.push(settles(house, started + 1, withCallsOf(scheduler)).catch((error: unknown) => error));
        }
      };
      const everything = async () => {
        const made = wishes.map(async ([name, n]) => {
          await scheduler.schedule(Promise.resolve(), name);
          await DEEDS[name]?.(house, n);
          starts();
        });
        await Promise.all(made);
        for (let done = 0; done < running.length; done += 1) {
          await running[done];
          starts();
        }
      };
      await scheduler.waitFor(everything());
      const failures = (await Promise.all(running)).filter((one) => one instanceof Error);
      expect(failures.filter(({ name }) => name !== "TransientError")).toEqual([]);
      // Whatever is not done yet, the machine does again.
      await world.settle();
      for (const payable of world.payables) await tells(house, payable);
      await world.settle();
      expect(unsettled(house)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
