/**
 * The whole complimentary process, disturbed at every point there is: a step dies before or after any of its calls, a
 * cancellation comes during any of them. The end must be the one of an undisturbed history.
 */
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aDesign } from "../builders/case-file.ts";
import {
  anHonestWorld,
  approval,
  CUSTOMER,
  detailsAt,
  findings,
  goesOn,
  ITEM,
  STAFF,
} from "../builders/honest.ts";
import type { Disturbance } from "../builders/mortal-calls.ts";
import type { World } from "../builders/world.ts";

const EXCHANGED = { ...ITEM, designNumber: "R-2002", design: "Borealis", serialNumber: "SN-2026-0002" };
const designs = [
  aDesign(),
  aDesign({
    designNumber: "R-2002",
    name: "Borealis",
    resizing: { category: "exchange-complimentary" },
  }),
];
/** One ring; a ring to resize and one to exchange; a shipment that is held (R46). */
const REQUESTS = {
  "one ring": [ITEM],
  "two rings, one of them exchanged": [
    { ...ITEM, priceCents: 90_000 },
    { ...EXCHANGED, priceCents: 90_000 },
  ],
  "a shipment that is held": [{ ...ITEM, priceCents: 260_000 }],
} as const;
type Kind = keyof typeof REQUESTS;
const KINDS = Object.keys(REQUESTS) as Kind[];

const aWorldOf = (kind: Kind, disturb?: (call: number) => Disturbance | undefined, more = {}) =>
  anHonestWorld({ items: REQUESTS[kind], designs, ...(disturb ? { disturb } : {}), ...more });

/** Labels somebody could still use, by leg. */
const live = (world: World) =>
  ["inbound", "return"].map(
    (leg) => world.labels.filter((one) => one.reference.includes(leg) && !one.cancelled).length,
  );
/** What a mail is about, whatever number its label or wait has. */
const kindsOfMail = (world: World) => world.mailed.map((id) => id.slice(0, id.indexOf("#")));
/** What must not depend on how often something had to be tried. */
const essence = (world: World) => {
  const { case: theCase, waits, events } = world.file();
  const { stage, ending, items, window, manifest, waitNo } = theCase;
  return {
    stage,
    ending,
    items: items.map((item) => ({ ...item, sizeAt: "" })),
    window: window && { earliest: window.earliest, latest: window.latest },
    manifest,
    waitNo,
    rings: [...world.store.rings.values()].map((ring) => ({ ...ring, version: 0, right: ring.right.state })),
    mails: kindsOfMail(world),
    live: live(world),
    answers: waits.map(({ asks, answer }) => [asks, answer?.outcome]),
    told: events.filter((event) => event.shown).map((event) => event.type),
  };
};

/** What is true of every case that has ended; the sentences that are not. */
function complaintsOf(world: World): string[] {
  const { case: theCase, waits, mails } = world.file();
  const { stage, items, cancellation, returnUnworked, receipt } = theCase;
  const worked = stage === "closed" && !returnUnworked;
  const dropped = items.flatMap((item) => (item.dropped ? [item.serialNumber] : []));
  const rings = [...world.store.rings.values()];
  const farewells = mails.filter(
    (mail) => ["E5", "E17"].includes(mail.email) || mail.params.variant === "expired",
  );
  const sent = world.labels.filter((one) => one.reference.includes("inbound") && one.tendered).length;
  const [inbound, home] = live(world);
  const untold = mails.filter(
    ({ email, mailId }) =>
      email === "E10" && world.mailed.indexOf(mailId) < world.mailed.indexOf(mailId.replace("E10", "E9")),
  );
  const truths: Record<string, boolean> = {
    "the ring is free for another case": rings.every((ring) => ring.openCase === undefined),
    "the right is used by work alone": rings.every(
      ({ serialNumber, right }) =>
        right.state === (worked && !dropped.includes(serialNumber) ? "used" : "free"),
    ),
    "nobody is asked, and nothing is due": waits.every((wait) => wait.answer && wait.dueAt === undefined),
    "one mail tells the end": farewells.length === 1,
    "a cancellation took effect, unless the case was ending already":
      !cancellation || ["cancelled", "expired", "declined"].includes(stage),
    "what was received went home": home === (receipt ? 1 : 0),
    "no label is left that could be used": receipt !== undefined || inbound === sent,
    "the number came before the papers": untold.length === 0,
  };
  return Object.keys(truths).filter((truth) => !truths[truth]);
}

async function played(kind: Kind, disturb?: (call: number) => Disturbance | undefined): Promise<World> {
  const world = aWorldOf(kind, disturb);
  await goesOn(world);
  return world;
}

describe.each(KINDS)("%s", (kind) => {
  it("whatever call a step dies at, before or after it, the end is the same, and nothing is doubled", async () => {
    const undisturbed = await played(kind);
    const expected = essence(undisturbed);
    expect(expected.stage).toBe("closed");
    const ends = await Promise.all(
      Array.from({ length: undisturbed.calls() }, (_, index) => index + 1).flatMap((call) =>
        (["dies before", "dies after"] as const).map(async (how) => {
          const world = await played(kind, (n) => (n === call ? how : undefined));
          return { [`${how} call ${call}`]: essence(world) };
        }),
      ),
    );
    expect(ends.length).toBeGreaterThan(80);
    expect(ends).toEqual(ends.map((end) => Object.fromEntries(Object.keys(end).map((at) => [at, expected]))));
  });

  it("R5: a cancellation during whatever call takes effect, or is refused and changes nothing", async () => {
    const undisturbed = await played(kind);
    const said: string[] = [];
    const wrong: string[] = [];
    for (let call = 1; call <= undisturbed.calls(); call += 1) {
      const world: World = aWorldOf(kind, (n) =>
        n === call ? async () => said.push(await world.act(CUSTOMER, "cancellation", {})) : undefined,
      );
      await goesOn(world);
      const right =
        said.at(-1) === "done"
          ? world.file().case.stage === "cancelled" && complaintsOf(world).length === 0
          : isDeepStrictEqual(essence(world), essence(undisturbed));
      if (!right) wrong.push(`${said.at(-1)} during call ${call}: ${complaintsOf(world).join("; ")}`);
    }
    expect(wrong).toEqual([]);
    expect(new Set(said)).toEqual(new Set(["done", "out-of-turn"]));
  });
});

const DAY = 24 * 60;
/** What people do when they like, not when they are asked. */
const DEEDS: Record<string, (world: World) => Promise<unknown>> = {
  "she cancels": (world) => world.act(CUSTOMER, "cancellation", {}),
  "staff cancel": (world) => world.act(STAFF, "cancellation", { reason: "by telephone" }),
  "she says it is sent": (world) => world.act(CUSTOMER, "dispatch", {}),
  "she takes another day": (world) =>
    world.act(CUSTOMER, "ship-date", { shipDate: detailsAt(world, 3).shipDate }),
  "she gives the address again": (world) => world.act(CUSTOMER, "shipping-details", detailsAt(world, 1)),
  "the carrier has it": (world) => world.scan("inbound", "PU"),
  "it is in Japan": (world) => world.act(STAFF, "receipt", findings(world)),
  "it is damaged": (world) =>
    world.act(STAFF, "receipt", {
      ...findings(world),
      items: findings(world).items.map((item) => ({ ...item, condition: "damaged" })),
    }),
  "it goes back unworked": (world) =>
    world.act(STAFF, "discrepancy", { resolution: "return-unworked", text: "too bent" }),
  "more photos are wanted": (world) =>
    world.act(STAFF, "review", { decision: "more-photos", shots: [{ slot: "inside", reason: "blurred" }] }),
  "one item is left out": (world) => world.act(STAFF, "review", approval(world, [1])),
  "it is declined": (world) =>
    world.act(STAFF, "review", { decision: "decline", reason: { code: "condition", text: "cracked" } }),
  "a fee is found": (world) =>
    world.act(STAFF, "review", { decision: "convert", reason: { code: "other", text: "a fee applies" } }),
  "the work takes longer": (world) =>
    world.act(STAFF, "work", { extension: { days: 7, cause: "condition", text: "a stone" } }),
  "staff give up": (world) => world.act(STAFF, "attention", { decision: "cancel" }),
};
/** What time does, between two steps. */
const TIMES: typeof DEEDS = {
  "nothing for a day": (world) => world.pass(DAY),
  "nothing for weeks": (world) => world.pass(45 * DAY),
  "executions are lost": async (world) => {
    world.lose();
    await world.pass(6);
  },
};
const deed = fc.constantFrom(...Object.keys(DEEDS));
const time = fc.constantFrom(...Object.keys(TIMES));
const death = fc.constantFrom<Disturbance>("dies before", "dies after");
const numbered = <T>(most: number, what: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: most }), what), {
    selector: ([number]) => number,
    maxLength,
  });
const history = fc.record({
  kind: fc.constantFrom(...KINDS),
  /** By the number of the call of a step. */
  calls: numbered(80, fc.oneof(death, deed), 6),
  /** By the number of the turn. */
  turns: numbered(14, fc.oneof(deed, time), 4),
  labels: numbered(4, fc.constantFrom<"unknown" | "refused">("unknown", "refused"), 2),
  reopened: fc.boolean(),
});

describe("disturbed at random, again and again", () => {
  it("R5, R64: every case ends; its rings are free for the next, and the right is used by work alone", async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ kind, calls, turns, labels, reopened }) => {
        const [byCall, byTurn, byLabel] = [new Map(calls), new Map(turns), new Map(labels)];
        const world: World = anHonestWorld({
          items: REQUESTS[kind],
          designs,
          disturb: (call) => {
            const what = byCall.get(call);
            if (what === undefined || what === "dies before" || what === "dies after") return what;
            return typeof what === "string" ? async () => DEEDS[what]?.(world) : what;
          },
          carrierSays: (nth) => byLabel.get(nth),
        });
        await goesOn(world, { instead: (turn) => ({ ...DEEDS, ...TIMES })[byTurn.get(turn) ?? ""] });
        expect(complaintsOf(world)).toEqual([]);
        if (reopened) await world.act(STAFF, "reopening", { reason: "she asked" });
        await goesOn(world);
        expect(world.open()).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});
