/** Finds the route of a request: the most specific one wins, as in API Gateway. */
import type { RoutePlan } from "../plan/api-plan.ts";

export interface Match {
  readonly route: RoutePlan;
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** `ANY` stands behind an exact method; a literal before a parameter, a parameter before a greedy one. */
const rank = (part: string): number => (part.endsWith("+}") ? 2 : part.startsWith("{") ? 1 : 0);

const decode = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

const matchParts = (
  route: readonly string[],
  path: readonly string[],
): Record<string, string> | undefined => {
  const found: Record<string, string> = {};
  for (const [at, wanted] of route.entries()) {
    const greedy = wanted.endsWith("+}");
    const given = greedy ? path.slice(at).join("/") : path[at];
    if (given === undefined || given === "") return undefined;
    if (!wanted.startsWith("{")) {
      if (wanted !== given) return undefined;
      continue;
    }
    const value = decode(given);
    if (value === undefined) return undefined;
    found[wanted.slice(1, greedy ? -2 : -1)] = value;
    if (greedy) return found;
  }
  return route.length === path.length ? found : undefined;
};

export type FindRoute = (method: string, path: string) => Match | undefined;

export const createRouter = (routes: readonly RoutePlan[]): FindRoute => {
  const split = (path: string): string[] => path.split("/").slice(1);
  const table = routes
    .map((route) => ({ route, parts: split(route.path) }))
    .sort((a, b) => {
      for (let at = 0; at < Math.max(a.parts.length, b.parts.length); at += 1) {
        const difference = rank(a.parts[at] ?? "") - rank(b.parts[at] ?? "");
        if (difference !== 0) return difference;
      }
      return Number(a.route.method === "ANY") - Number(b.route.method === "ANY");
    });
  return (method, path) => {
    const given = split(path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path);
    for (const { route, parts } of table) {
      if (route.method !== method && route.method !== "ANY") continue;
      const parameters = matchParts(parts, given);
      if (parameters)
        return { route, pathParameters: Object.keys(parameters).length > 0 ? parameters : null };
    }
    return undefined;
  };
};
