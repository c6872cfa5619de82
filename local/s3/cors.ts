/** A bucket's CORS rules, applied to every answer: errors too, or a browser could not read them. */
import type { IncomingMessage } from "node:http";
import type { CorsRule } from "../plan/plan-types.ts";

const matches = (pattern: string, value: string): boolean => {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return pattern.toLowerCase() === value.toLowerCase();
  return value.startsWith(before) && value.endsWith(after) && value.length >= before.length + after.length;
};

export interface CorsAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** For a preflight: whether the request may follow. */
  readonly allowed: boolean;
}

export const applyCors = (request: IncomingMessage, rules: readonly CorsRule[]): CorsAnswer => {
  const { origin } = request.headers;
  if (origin === undefined) return { headers: {}, allowed: false };
  const method = request.headers["access-control-request-method"] ?? request.method ?? "GET";
  const wanted = (request.headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const rule = rules.find(
    (one) =>
      one.origins.some((pattern) => matches(pattern, origin)) &&
      one.methods.includes(method) &&
      wanted.every((name) => one.headers.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
  const vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
  if (!rule) return { headers: { vary }, allowed: false };
  const any = rule.origins.includes("*");
  return {
    allowed: true,
    headers: {
      vary,
      "access-control-allow-origin": any ? "*" : origin,
      "access-control-allow-methods": rule.methods.join(", "),
      ...(wanted.length > 0 ? { "access-control-allow-headers": wanted.join(", ") } : {}),
      ...(rule.exposed.length > 0 ? { "access-control-expose-headers": rule.exposed.join(", ") } : {}),
      ...(rule.maxAgeSeconds === undefined ? {} : { "access-control-max-age": String(rule.maxAgeSeconds) }),
      ...(any ? {} : { "access-control-allow-credentials": "true" }),
    },
  };
};
