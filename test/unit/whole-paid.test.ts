/**
 * The whole paid process, disturbed at every point there is, and by everything people do with money: a step dies before
 * or after any of its calls, payments come twice, late or too large, finance changes its mind. No cent is lost or
 * invented, and nothing is shipped unpaid.
 */
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountsOf } from "../../lambdas/domain/accounts.ts";
import type { Asks } from "../../lambdas/domain/wait.ts";
import { approval, CUSTOMER, detailsAt, findings, STAFF } from "../builders/honest.ts";
import type { Disturbance } from "../builders/mortal-calls.ts";
import {
  aHouse,
  comesToRest,
  complaintsOf,
  disputes,
  type House,
  issued,
  KINDS,
  type Kind,
  nth,
  paysOnPage,
  paysUp,
  proceeds,
  recordsTransfer,
  refundComesBack,
  sendsBack,
  tells,
  tellsRefunds,
  transfers,
} from "../builders/paid-world.ts";

const DAY = 24 * 60;

/** What somebody does; the number says how much, or which. */
type Deed = (house: House, n: number) => Promise<unknown>;

const owed = ({ world }: House): number => accountsOf(world.file()).owedCents;
/** All that is owed, a part of it, or too much. */
const sumFor = (house: House, n: number): number =>
  [Math.max(1, owed(house)), 1 + Math.floor(owed(house) / 3), owed(house) + 700, 1][n % 4] ?? 1;
const overLimits = (house: House) => ({ ...findings(house.world), lengthIn: 12 });
const words = (house: House) => `No. ${house.next()}`;

const MONEY_IN: Record<string, Deed> = {
  "she pays on the page": (house, n) => paysOnPage(house, n),
  "she pays a part on the page": (house, n) => paysOnPage(house, n, 1 + n * 500),
  "she pays too much on the page": (house, n) => paysOnPage(house, n, 30_000 + n),
  "she pays, and the provider's message is lost": (house, n) =>
    paysOnPage(house, n, 5000 * (1 + (n % 4)), true),
  "the provider tells again": async (house) => {
    for (const payable of house.world.payables) await tells(house, payable);
  },
  "the provider tells of long ago": async (house, n) => {
    for (const payable of house.world.payables) {
      const before = nth(house.told.get(payable.id) ?? [], n);
      if (before !== undefined) await house.world.tell({ ...payable, takenCents: before });
    }
  },
  "she pays by bank": (house, n) => transfers(house, nth(issued(house), n), sumFor(house, n)),
  "a transfer is recorded again": async (house, n) => {
    const [reference, { invoiceId, cents }] = nth([...house.transfers], n) ?? [
      "",
      { invoiceId: "", cents: 0 },
    ];
    if (reference !== "")
      await recordsTransfer(house, reference, invoiceId, n % 3 === 0 ? cents + 100 : cents);
  },
};
const FINANCE: Record<string, Deed> = {
  "a supplement": (house, n) =>
    house.world.act(STAFF, "invoices", {
      lines: [{ kind: n % 2 ? "shipping" : "service", text: words(house), amountCents: 100 + n * 900 }],
      ...(n % 3 === 0 ? { dueDays: 1 + n } : {}),
    }),
  "an invoice is replaced": (house, n) =>
    house.world.act(STAFF, "invoices", {
      lines: [
        { kind: "service", text: words(house), amountCents: n * 3000 },
        { kind: "shipping", text: "Shipping to Japan", amountCents: 100 + (n % 3) * 6000 },
      ],
      replaces: nth(issued(house), n)?.invoiceId ?? "CW-7K3M9Q2XAB-9",
    }),
  "a draft": (house, n) =>
    house.world.act(STAFF, "invoices", {
      lines: [{ kind: "shipping", text: words(house), amountCents: 1000 + n * 2000 }],
      draft: true,
      ...(n % 2 ? { replaces: nth(issued(house), n)?.invoiceId } : {}),
    }),
  "a draft is issued": (house, n) =>
    house.world.act(STAFF, "invoice-issue", {
      invoiceId: (
        house.world.file().invoices.find((one) => one.status === "draft") ??
        nth(house.world.file().invoices, n)
      )?.invoiceId,
    }),
  "an invoice is voided": (house, n) =>
    house.world.act(STAFF, "invoice-void", { invoiceId: nth(house.world.file().invoices, n)?.invoiceId }),
  "money is sent back": (house, n) =>
    sendsBack(
      house,
      nth(issued(house), n),
      [accountsOf(house.world.file()).creditCents, 1, 4000, 500_000, 20_000][n % 5] ?? 1,
    ),
  "the provider tells of its refunds": (house) => tellsRefunds(house),
};
const OTHERS: Record<string, Deed> = {
  "the carrier bills": (house, n) =>
    house.world.act(STAFF, "carrier-bill", {
      amountCents: [5000, 8000, 8001, 20_000][n % 4],
      reference: words(house),
    }),
  "a large parcel is in Japan": (house) => house.world.act(STAFF, "receipt", overLimits(house)),
  "the difference is let go": (house) =>
    house.world.act(STAFF, "surcharge-release", { reason: words(house) }),
  "the other process is offered": (house) => house.world.act(STAFF, "conversion", { reason: words(house) }),
  "she says yes or no": (house, n) => house.world.act(CUSTOMER, "conversion", { accept: n % 2 === 0 }),
  "a fee is found, or none": ({ world }) =>
    world.act(STAFF, "review", { decision: "convert", reason: { code: "other", text: "looked at again" } }),
  "one item is left out": ({ world }) => world.act(STAFF, "review", approval(world, [1])),
  "she cancels": ({ world }) => world.act(CUSTOMER, "cancellation", {}),
  "staff cancel": ({ world }) => world.act(STAFF, "cancellation", { reason: "by telephone" }),
  "she takes another day": ({ world }) =>
    world.act(CUSTOMER, "ship-date", { shipDate: detailsAt(world, 3).shipDate }),
  "the carrier has it": ({ world }) => world.scan("inbound", "PU"),
  "it goes back unworked": ({ world }) =>
    world.act(STAFF, "discrepancy", { resolution: "return-unworked", text: "too bent" }),
  "the work takes longer": (house) =>
    house.world.act(STAFF, "work", { extension: { days: 7, cause: "condition", text: words(house) } }),
  "staff give up": ({ world }) => world.act(STAFF, "attention", { decision: "cancel" }),
  "staff open it again": (house) => house.world.act(STAFF, "reopening", { reason: words(house) }),
};
const DEEDS: Record<string, Deed> = { ...MONEY_IN, ...FINANCE, ...OTHERS };
/** What happens between two steps only. */
const TIMES: Record<string, Deed> = {
  "nothing for a day": ({ world }) => world.pass(DAY),
  "nothing for weeks": ({ world }) => world.pass(45 * DAY),
  "executions are lost": async ({ world }) => {
    world.lose();
    await world.pass(6);
  },
  "her bank takes it back": async (house, n) => {
    const payable = nth(house.world.payables, n);
    if (!payable) return;
    await tells(house, payable);
    await disputes(house, payable, true);
  },
  "the dispute is won": async (house, n) => {
    const payable = nth(house.world.payables, n);
    if (payable) await disputes(house, payable, false);
  },
  "a refund comes back": (house, n) => refundComesBack(house, n),
  "all is paid": (house) => paysUp(house),
};

const named = (...names: readonly string[]) => fc.tuple(fc.constantFrom(...names), fc.nat(11));
const money = [...Object.keys(MONEY_IN), ...Object.keys(FINANCE)];
const times = Object.keys(TIMES);
/** What may happen instead of an answer, while this is asked: what people do at that time, and some more often. */
const MEANWHILE: Partial<Record<Asks, readonly string[]>> = {
  photos: ["a draft", "the other process is offered", "she cancels"],
  review: [
    "a draft",
    "a draft is issued",
    "the other process is offered",
    "a fee is found, or none",
    "one item is left out",
  ],
  conversion: ["she says yes or no", ...money, ...times],
  payment: [...money, ...money, ...times, "the other process is offered", "she cancels"],
  "ship-date": [...money, ...Object.keys(FINANCE), ...times, "the other process is offered", "staff cancel"],
  dispatch: [
    "the carrier bills",
    "a large parcel is in Japan",
    "she takes another day",
    "her bank takes it back",
    "she cancels",
  ],
  receipt: ["the carrier bills", "a large parcel is in Japan", "a large parcel is in Japan", ...times],
  discrepancy: ["the carrier bills", "it goes back unworked", "the difference is let go", ...money],
  work: ["the carrier bills", "the work takes longer", "the difference is let go", ...money, ...times],
  inspection: ["the carrier bills", "the difference is let go", ...money, ...times],
  surcharge: ["the difference is let go", ...money, ...money, ...times],
  "return-delivery": ["the carrier bills", ...money, ...times],
  attention: ["staff give up", ...money, ...times],
};
const deed = named(...Object.keys(DEEDS));
const death = fc.constantFrom<"dies before" | "dies after">("dies before", "dies after");
const history = fc.record({
  kind: fc.constantFrom(...KINDS),
  accepts: fc.boolean(),
  calls: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.oneof(death, deed)), {
    selector: ([at]) => at,
    maxLength: 6,
  }),
  /** By what is asked. */
  meanwhile: fc.record(
    Object.fromEntries(
      Object.entries(MEANWHILE).map(([asks, names]) => [asks, fc.array(named(...names), { maxLength: 3 })]),
    ),
  ),
  after: fc.array(named(...money, ...times), { maxLength: 4 }),
  reopened: fc.boolean(),
});

async function does(house: House, [name, n]: readonly [string, number]): Promise<void> {
  await { ...DEEDS, ...TIMES }[name]?.(house, n);
}

type Told = readonly [string, number];
type Meanwhile = Partial<Record<string, readonly Told[]>>;

/** @returns plays the case to its end, and again where somebody has taken it up again; each deed comes once */
function courseOf(house: House, meanwhile: Meanwhile): () => Promise<void> {
  const left = new Map(Object.entries(meanwhile).map(([asks, deeds]) => [asks, [...(deeds ?? [])]]));
  return async () => {
    do {
      await proceeds(house, ({ world }) => {
        const { asks, answer } = world.wait();
        const what = answer ? undefined : left.get(asks)?.shift();
        return what && ((here) => does(here, what));
      });
      await comesToRest(house);
    } while (house.world.open());
  };
}

/** A history in which finance has much to do. */
const EVENTFUL: Meanwhile = {
  review: [["a draft", 3]],
  payment: [
    ["an invoice is replaced", 3],
    ["she pays too much on the page", 0],
  ],
  "ship-date": [["money is sent back", 0]],
  receipt: [["a large parcel is in Japan", 0]],
  discrepancy: [["the carrier bills", 3]],
  work: [
    ["a supplement", 2],
    ["a draft is issued", 0],
  ],
};
const AFTERWARDS: readonly Told[] = [
  ["an invoice is voided", 0],
  ["money is sent back", 2],
];
type Disturb = (house: House, call: number) => Disturbance | undefined;

/** Nothing happens in it that need not. */
async function calm(kind: Kind, disturb?: Disturb): Promise<House> {
  const house: House = aHouse(kind, { disturb: (call) => disturb?.(house, call) });
  await courseOf(house, {})();
  return house;
}
async function eventful(disturb?: Disturb): Promise<House> {
  const house: House = aHouse("a paid resizing", { disturb: (call) => disturb?.(house, call) });
  const goesToItsEnd = courseOf(house, EVENTFUL);
  await goesToItsEnd();
  for (const what of AFTERWARDS) {
    await does(house, what);
    await house.world.settle();
  }
  await goesToItsEnd();
  return house;
}

/** What must not depend on how often something had to be tried. */
const essence = ({ world }: House) => {
  const { case: theCase, waits, events, invoices, payments } = world.file();
  const { stage, ending, items, window, manifest, waitNo, refundDueSince } = theCase;
  return {
    stage,
    ending,
    items: items.map((item) => ({ ...item, sizeAt: "" })),
    window: window && { earliest: window.earliest, latest: window.latest },
    manifest,
    waitNo,
    refundDue: refundDueSince !== undefined,
    rings: [...world.store.rings.values()].map((ring) => ({ ...ring, version: 0 })),
    mails: world.mailed.map((id) => id.slice(0, id.indexOf("#"))).sort(),
    labels: world.labels.filter((one) => !one.cancelled).map((one) => one.reference.replace(/\d+$/, "")),
    answers: waits.map(({ asks, answer }) => [asks, answer?.outcome]),
    told: events
      .filter((event) => event.shown)
      .map((event) => event.type)
      .sort(),
    invoices: invoices.map(
      ({ invoiceId, kind, status, totalCents, creditCents, provider, providerClosed }) => [
        invoiceId,
        kind,
        status,
        totalCents,
        creditCents,
        provider?.name,
        providerClosed,
      ],
    ),
    ledger: payments.map((one) => JSON.stringify({ ...one, at: "" })).sort(),
    payables: world.payables,
    refunded: world.refunded,
  };
};

/** The ends that differ from the undisturbed one, where a step dies at any of its calls, before or after it. */
async function differingEnds(plays: (disturb?: Disturb) => Promise<House>): Promise<unknown[]> {
  const undisturbed = await plays();
  const expected = essence(undisturbed);
  const ends: unknown[] = complaintsOf(undisturbed);
  const calls = undisturbed.world.calls();
  if (calls < 40) throw new Error("hardly anything happened");
  for (let call = 1; call <= calls; call += 1)
    for (const how of ["dies before", "dies after"] as const) {
      const house = await plays((_, n) => (n === call ? how : undefined));
      const end = { complaints: complaintsOf(house), ...essence(house) };
      if (!isDeepStrictEqual(end, { complaints: [], ...expected }))
        ends.push({ [`${how} call ${call}`]: end });
    }
  return ends;
}

describe.each(KINDS)("%s", (kind) => {
  it("whatever call a step dies at, before or after it, the end is the same, and nothing is doubled", async () => {
    expect(await differingEnds((disturb) => calm(kind, disturb))).toEqual([]);
  });

  it("R5, R37: a cancellation during whatever call takes effect, with the money due back, or is refused", async () => {
    const undisturbed = await calm(kind);
    const said: string[] = [];
    const wrong: string[] = [];
    for (let call = 1; call <= undisturbed.world.calls(); call += 1) {
      const house = await calm(kind, ({ world }, n) =>
        n === call ? async () => said.push(await world.act(CUSTOMER, "cancellation", {})) : undefined,
      );
      const { stage, refundDueSince } = house.world.file().case;
      const { paidCents } = accountsOf(house.world.file());
      const right =
        said.at(-1) === "done"
          ? stage === "cancelled" && (refundDueSince !== undefined) === paidCents > 0
          : isDeepStrictEqual(essence(house), essence(undisturbed));
      const complaints = complaintsOf(house);
      if (!right || complaints.length > 0)
        wrong.push(`${said.at(-1)} during call ${call}: ${complaints.join("; ")}`);
    }
    expect(wrong).toEqual([]);
    expect(new Set(said)).toEqual(new Set(["done", "out-of-turn"]));
  });
});

describe("a history in which finance has much to do", () => {
  it("whatever call a step dies at, before or after it, the end is the same, and no cent is doubled", async () => {
    expect(await differingEnds(eventful)).toEqual([]);
    const { world } = await eventful();
    expect(world.file().invoices.map((one) => one.kind)).toContain("surcharge");
    expect(world.refunded).toHaveLength(1);
  });

  it.each([
    "she pays on the page",
    "the provider tells again",
    "the provider tells of its refunds",
    "an invoice is voided",
    "a supplement",
  ])("R37: during whatever call: %s", async (name) => {
    const { world } = await eventful();
    const wrong: Record<string, readonly string[]> = {};
    for (let call = 1; call <= world.calls(); call += 1) {
      const complaints = complaintsOf(
        await eventful((house, n) => (n === call ? () => does(house, [name, call]) : undefined)),
      );
      if (complaints.length > 0) wrong[`call ${call}`] = complaints;
    }
    expect(wrong).toEqual({});
  });
});

describe("disturbed at random, again and again", () => {
  it("R37: no cent is lost, none invented; nothing is shipped unpaid; every case ends", async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ kind, accepts, calls, meanwhile, after, reopened }) => {
        const byCall = new Map(calls);
        const house: House = aHouse(kind, {
          disturb: (call): Disturbance | undefined => {
            const what = byCall.get(call);
            return what === undefined || typeof what === "string" ? what : () => does(house, what);
          },
        });
        house.accepts = accepts;
        const goesToItsEnd = courseOf(house, meanwhile);
        await goesToItsEnd();
        for (const what of after) {
          await does(house, what);
          await house.world.settle();
        }
        await goesToItsEnd();
        expect(complaintsOf(house)).toEqual([]);
        if (!reopened) return;
        await house.world.act(STAFF, "reopening", { reason: "she asked" });
        await goesToItsEnd();
        expect(complaintsOf(house)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
