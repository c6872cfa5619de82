/** The shape of everything that a person, the clock or the carrier can do to a case. One file each in this folder. */
import type * as z from "zod";
import type { Brand } from "../domain/brand.ts";
import type { CaseItem, Stage } from "../domain/case.ts";
import { type CaseFile, type Change, currentWait } from "../domain/case-file.ts";
import type { Design } from "../domain/design.ts";
import type { CaseId, Instant } from "../domain/identifiers.ts";
import { outOfTurn, ruleBroken } from "../domain/problem.ts";
import type { Ring } from "../domain/ring.ts";
import type { Asks, Wait } from "../domain/wait.ts";

/** Staff groups are the roles of R2; `manager` may all that any may. */
export const ROLES = ["representative", "shipping", "workshop", "finance", "manager"] as const;
export type Role = (typeof ROLES)[number];

export type Actor =
  | { readonly kind: "customer" }
  | { readonly kind: "staff"; readonly name: string; readonly roles: readonly Role[] }
  | { readonly kind: "clock" }
  | { readonly kind: "carrier" };

/** How an actor is written into events and answers. */
export const actorText = (actor: Actor): string =>
  actor.kind === "staff" ? `staff:${actor.name}` : actor.kind;

export interface ActionContext {
  readonly now: Instant;
  readonly actor: Actor;
  readonly brand: Brand;
  /** A number no case has yet, for what makes one case two. */
  readonly newCaseId: CaseId;
  /** Rings and designs named by `needs`. */
  readonly rings: ReadonlyMap<string, Ring>;
  readonly designs: ReadonlyMap<string, Design>;
}

export interface Action<Input> {
  /** The last word of its path, and the key under which a repeat is recognised. */
  readonly name: string;
  readonly customer: boolean;
  readonly staff: readonly Role[];
  readonly input: z.ZodType<Input>;
  /** It tells a repeat from a new wish by itself: the same input may mean something new later. */
  readonly judgesRepeats?: true;
  /** Stages in which it may happen; elsewhere 409 with the stage. */
  readonly stages: readonly Stage[];
  /** Serial numbers and designs whose facts it decides by. */
  needs?(
    file: CaseFile,
    input: Input,
  ): { readonly serials: readonly string[]; readonly designs: readonly string[] };
  /** Pure. @throws Problem when a rule says no. `undefined`: it is so already, nothing to write. */
  apply(file: CaseFile, input: Input, context: ActionContext): Change | undefined;
}

/** Within this time the same words are one utterance, sent again because its answer got lost; later they are meant anew. */
export const REPEAT_MS = 10 * 60_000;

/** The open wait, if it asks for one of these. @throws Problem out-of-turn otherwise. */
export function openWaitFor(file: CaseFile, ...asks: readonly Asks[]): Wait {
  const wait = currentWait(file);
  if (wait.answer || !asks.includes(wait.asks)) throw outOfTurn(file.case.stage);
  return wait;
}

/** The item a path names. @throws Problem when the case has no such item. */
export function itemNumbered(file: CaseFile, item: number, path: string): CaseItem {
  const found = file.case.items.find((one) => one.item === item && !one.dropped);
  if (!found) throw ruleBroken({ path, message: `this case has no item ${item}` });
  return found;
}

/** Items still part of the case. */
export const liveItems = (file: CaseFile): readonly CaseItem[] =>
  file.case.items.filter((item) => !item.dropped);
