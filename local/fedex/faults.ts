/** Faults a test orders from the simulated FedEx, so that the adapter meets them over a real connection. */
export type Route = "token" | "create" | "cancel" | "validate" | "rate" | "track" | "reference";

/** What is answered instead: nothing at all, a cut connection, a status in FedEx's form, or a gateway's page (502). */
export type FaultAnswer = "silence" | "reset" | 401 | 403 | 429 | 500 | 503 | "html";

interface Fault {
  readonly answer: FaultAnswer;
  /** The request is acted on all the same: only its answer is lost. */
  readonly acted: boolean;
}

export interface Faults {
  /** The next `times` requests to a route (1). */
  inject(
    route: Route,
    answer: FaultAnswer,
    more?: { readonly acted?: boolean; readonly times?: number },
  ): void;
  /** No label is found by reference until `clear`: how soon FedEx finds one is not known. */
  hideReferences(): void;
  /** Every token given so far is refused from now on. */
  expireTokens(): void;
  clear(): void;
}

export interface FaultBox extends Faults {
  take(route: Route): Fault | undefined;
  readonly referencesHidden: boolean;
}

export const createFaults = (expireTokens: () => void): FaultBox => {
  const queued = new Map<Route, Fault[]>();
  let referencesHidden = false;
  return {
    inject(route, answer, { acted = false, times = 1 } = {}) {
      const more = Array.from({ length: times }, () => ({ answer, acted }));
      queued.set(route, [...(queued.get(route) ?? []), ...more]);
    },
    hideReferences() {
      referencesHidden = true;
    },
    expireTokens,
    clear() {
      queued.clear();
      referencesHidden = false;
    },
    take: (route) => queued.get(route)?.shift(),
    get referencesHidden() {
      return referencesHidden;
    },
  };
};
