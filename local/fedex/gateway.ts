/** The simulated FedEx's gateway: tokens, who may call what, and the route that answers. */
import type { Route } from "./faults.ts";
import type { Journal } from "./journal.ts";
import { type Outcome, refuse } from "./outcome.ts";
import { shipRoutes } from "./ship-routes.ts";
import { type Project, TOKEN_SECONDS, type Tokens } from "./tokens.ts";
import { trackRoutes } from "./track-routes.ts";

export interface Asked {
  readonly text: string;
  readonly contentType: string;
  readonly authorization: string;
}
interface Deps {
  readonly journal: Journal;
  readonly tokens: Tokens;
  readonly now: () => Date;
  readonly referencesHidden: () => boolean;
}

export const createGateway = ({ journal, tokens, now, referencesHidden }: Deps) => {
  const ship = shipRoutes(journal, now);
  const tracking = trackRoutes(journal, now, referencesHidden);

  const token = ({ text, contentType }: Asked): Outcome => {
    const form = new URLSearchParams(text);
    const [id, secret] = [form.get("client_id"), form.get("client_secret")];
    const isForm = contentType.startsWith("application/x-www-form-urlencoded");
    if (!isForm || form.get("grant_type") !== "client_credentials" || !id || !secret) {
      return refuse(400, { code: "BAD.REQUEST.ERROR", message: "Missing or duplicate parameters." });
    }
    const given = tokens.issue(id, secret);
    if (!given) {
      return refuse(401, {
        code: "NOT.AUTHORIZED.ERROR",
        message: "The given client credentials were not valid. Please modify your request and try again.",
      });
    }
    return {
      status: 200,
      body: { access_token: given, token_type: "bearer", expires_in: TOKEN_SECONDS, scope: "CXS" },
    };
  };

  const routes: Record<Exclude<Route, "token">, [Project, (body: unknown) => Outcome | Promise<Outcome>]> = {
    create: ["ship", ship.create],
    cancel: ["ship", ship.cancel],
    validate: ["ship", ship.validate],
    rate: ["ship", ship.rate],
    track: ["track", tracking.track],
    reference: ["track", tracking.reference],
  };

  /** Token, then form, then the route's own rules, as FedEx's gateway does. */
  return async (route: Route, asked: Asked): Promise<Outcome> => {
    if (route === "token") return token(asked);
    const [project, act] = routes[route];
    const opened = tokens.projectOf(asked.authorization.replace(/^Bearer /, ""));
    if (!opened) {
      return refuse(401, {
        code: "NOT.AUTHORIZED.ERROR",
        message: "Access token expired. Please modify your request and try again.",
      });
    }
    if (opened !== project) {
      return refuse(403, { code: "FORBIDDEN.ERROR", message: "We could not authorize your credentials." });
    }
    if (!asked.contentType.startsWith("application/json")) {
      return refuse(400, {
        code: "INVALID.CONTENT.TYPE",
        message: "The content type must be application/json.",
      });
    }
    let body: unknown;
    try {
      body = JSON.parse(asked.text);
    } catch {
      return refuse(400, { code: "BAD.REQUEST.ERROR", message: "The body is no JSON." });
    }
    return act(body);
  };
};
