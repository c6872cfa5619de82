/**
 * Invocations that may die: everything one calls is counted, and at any call it may die, before the call or after it, or
 * somebody else may act meanwhile.
 */

/** What happens at a call. */
export type Disturbance = "dies before" | "dies after" | (() => Promise<unknown>);

/** By this name Step Functions tells of a function that did not live to answer. */
class Died extends Error {
  override readonly name = "Lambda.Unknown";
}

/** @param disturb by the number of the call, from 1 over all invocations */
export function mortalCalls(disturb: (call: number) => Disturbance | undefined) {
  let calls = 0;
  return {
    counted: (): number => calls,
    /** Wraps all that one invocation calls; once it has died, none of its calls does anything. */
    invocation(): <T extends object>(target: T) => T {
      let dead = false;
      const die = (): never => {
        dead = true;
        throw new Died("died");
      };
      return (target) =>
        new Proxy(target, {
          get(of, name) {
            const member: unknown = Reflect.get(of, name);
            if (typeof member !== "function") return member;
            return async (...args: unknown[]) => {
              if (dead) die();
              calls += 1;
              const disturbance = disturb(calls);
              if (typeof disturbance === "function") await disturbance();
              if (disturbance === "dies before") die();
              const result: unknown = await Reflect.apply(member, of, args);
              return disturbance === "dies after" ? die() : result;
            };
          },
        });
    },
  };
}
