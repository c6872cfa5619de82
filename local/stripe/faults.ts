/** Faults a test orders from the simulated Stripe, so that the adapter meets them over real connections. */
import * as z from "zod";

/** What is answered instead: a status in Stripe's form, nothing at all, or a cut connection. */
const FaultAnswer = z.union([z.int().min(400).max(599), z.literal("silence"), z.literal("reset")]);
export type FaultAnswer = z.infer<typeof FaultAnswer>;

export const FaultOrder = z.strictObject({
  /** Ends all that was ordered before, and sends what was held back. */
  clear: z.literal(true).optional(),
  /** Sends each webhook so often, at once (1). */
  repeat: z.int().min(1).max(20).optional(),
  /** Gathers webhooks until none has come for a moment, and sends the newest first. */
  reorder: z.boolean().optional(),
  /** Milliseconds before each webhook. */
  delayMs: z.int().min(0).max(60_000).optional(),
  /** Sends no webhooks until it is `false` again: they are kept, and survive a restart. */
  hold: z.boolean().optional(),
  /** The next so many webhooks are never sent. */
  drop: z.int().min(0).optional(),
  /** The next so many deliveries are signed with a wrong secret. */
  forge: z.int().min(0).optional(),
  /** What refunds come to from now on: done at once, waiting for `settleRefund`, or failed after they seemed done. */
  refunds: z.enum(["succeed", "pend", "fail"]).optional(),
  fail: z
    .strictObject({
      answer: FaultAnswer,
      /** So many calls (1). */
      times: z.int().min(1).optional(),
      /** The call is acted on all the same: only its answer is lost. */
      acted: z.boolean().optional(),
      /** Of calls that begin so: `POST /v1/refunds`. Absent: of any. */
      call: z.string().optional(),
    })
    .optional(),
});
export type FaultOrder = z.infer<typeof FaultOrder>;

interface CallFault {
  readonly answer: FaultAnswer;
  readonly acted: boolean;
  readonly call: string;
}

export interface Faults {
  /** Each part of an order stands until it is ordered otherwise; `fail` adds to what is queued. */
  readonly order: (order: FaultOrder) => void;
}

export interface FaultBox extends Faults {
  readonly webhooks: {
    readonly repeat: number;
    readonly reorder: boolean;
    readonly delayMs: number;
    readonly hold: boolean;
  };
  readonly refunds: "succeed" | "pend" | "fail";
  /** Whether the next event is one never to be sent. */
  readonly takeDrop: () => boolean;
  /** Whether the next delivery is to bear a wrong signature. */
  readonly takeForgery: () => boolean;
  readonly takeCall: (call: string) => CallFault | undefined;
}

const NONE = {
  repeat: 1,
  reorder: false,
  delayMs: 0,
  hold: false,
  drop: 0,
  forge: 0,
  refunds: "succeed" as FaultBox["refunds"],
};

/** @param changed called after every order: what was held back may go now */
export const createFaults = (changed: () => void): FaultBox => {
  let present = NONE;
  let calls: CallFault[] = [];
  const take = (name: "drop" | "forge") => (): boolean => {
    if (present[name] === 0) return false;
    present = { ...present, [name]: present[name] - 1 };
    return true;
  };
  return {
    order({ clear, fail, ...given }) {
      if (clear) {
        present = NONE;
        calls = [];
      }
      const said = Object.entries(given).filter(([, value]) => value !== undefined);
      present = { ...present, ...Object.fromEntries(said) };
      if (fail) {
        const { answer, times = 1, acted = false, call = "" } = fail;
        calls.push(...Array.from({ length: times }, () => ({ answer, acted, call })));
      }
      changed();
    },
    get webhooks() {
      return present;
    },
    get refunds() {
      return present.refunds;
    },
    takeDrop: take("drop"),
    takeForgery: take("forge"),
    takeCall: (call) => {
      const at = calls.findIndex((fault) => call.startsWith(fault.call));
      return at < 0 ? undefined : calls.splice(at, 1)[0];
    },
  };
};
