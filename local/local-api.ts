/** What exists in local mode only (contract, "Local mode only"): clock, staff tokens, mails, scans, payments, pages. */
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { plusDuration } from "./business-clock.ts";
import { send, sendJson, sendProblem } from "./http.ts";
import { BadRequest, bodyOf } from "./json-body.ts";
import type { Mailbox } from "./mail/mailbox.ts";
import type { Presenter } from "./mail/present.ts";
import { casePage } from "./pages/case.ts";
import { type HomeFacts, homePage } from "./pages/home.ts";
import { inboxPage, mailDocument, mailPage } from "./pages/inbox.ts";
import type { StaffTokens } from "./staff-tokens.ts";
import type { PaymentRoutes } from "./stripe/local-routes.ts";

/** The part of the carrier's simulator that people can move. */
interface CarrierControls {
  readonly addScan: (
    trackingNumber: string,
    code: string,
  ) => { readonly ok: boolean; readonly error?: string };
  shipments(): readonly {
    readonly trackingNumber: string;
    readonly reference: string;
    readonly cancelled: boolean;
  }[];
}

export interface LocalApiDeps {
  readonly now: () => Date;
  readonly advance: (target: Date) => Promise<void>;
  readonly tokens: StaffTokens;
  readonly mailbox: Mailbox;
  readonly mails: Presenter;
  readonly carrier: CarrierControls;
  readonly payments: PaymentRoutes;
  readonly home: () => HomeFacts;
}

const HTML = { "content-type": "text/html; charset=utf-8" };

/** Groups are the roles of R2; a token of none of them is good for testing who is kept out. */
const StaffTokenRequest = z.object({
  name: z.string().trim().min(1).max(90),
  groups: z.array(z.string().min(1).max(128)).max(20),
});
const AdvanceRequest = z.object({ advance: z.string().max(60) });
const ScanRequest = z.object({
  trackingNumber: z.string().min(1).max(40),
  code: z.string().min(1).max(10),
});

export const createLocalApi = (deps: LocalApiDeps) => {
  /** One move of the clock at a time. */
  let moving: Promise<void> = Promise.resolve();

  const moveClock = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { advance } = await bodyOf(request, AdvanceRequest);
    if (!plusDuration(deps.now(), advance)) {
      throw new BadRequest({ path: "advance", message: "an ISO 8601 duration, such as P14D or PT1H" });
    }
    const before = moving;
    moving = (async () => {
      await before.catch(() => undefined);
      const target = plusDuration(deps.now(), advance);
      if (target) await deps.advance(target);
    })();
    await moving;
    sendJson(response, 200, { now: deps.now().toISOString() });
  };

  const mailPages = async (response: ServerResponse, parts: readonly string[]): Promise<boolean> => {
    const [id = "", part] = parts;
    const mail = await deps.mails.show(id);
    if (!mail) return false;
    if (part === undefined) send(response, 200, HTML, mailPage(mail));
    else if (part === "html")
      send(
        response,
        200,
        {
          ...HTML,
          "content-security-policy":
            "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
        },
        mailDocument(mail),
      );
    else if (part === "raw") send(response, 200, { "content-type": "message/rfc822" }, deps.mailbox.raw(id));
    else return false;
    return true;
  };

  const attachment = async (response: ServerResponse, id: string, no: string): Promise<boolean> => {
    const found = await deps.mails.attachment(id, Number(no));
    if (!found) return false;
    const name = found.name.replace(/["\\\r\n]/g, "");
    send(
      response,
      200,
      {
        "content-type": found.contentType,
        "content-disposition": `inline; filename="${encodeURIComponent(name)}"`,
      },
      found.content,
    );
    return true;
  };

  const get = async (url: URL, response: ServerResponse): Promise<boolean> => {
    const [, , area = "", ...rest] = url.pathname.split("/");
    const to = url.searchParams.get("to") ?? undefined;
    if (area === "" && rest.length === 0) send(response, 200, HTML, homePage(deps.home()));
    else if (area === "case" && rest.length === 0) send(response, 200, HTML, casePage());
    else if (area === "clock") sendJson(response, 200, { now: deps.now().toISOString() });
    else if (area === "mails" && rest.length === 0) sendJson(response, 200, await deps.mails.list(to));
    else if (area === "mails" && rest[1] === "attachments")
      return attachment(response, rest[0] ?? "", rest[2] ?? "");
    else if (area === "inbox" && rest.length === 0)
      send(response, 200, HTML, inboxPage(await deps.mails.list(to), to));
    else if (area === "inbox") return mailPages(response, rest);
    else if (area === "fedex" && rest[0] === "shipments") sendJson(response, 200, deps.carrier.shipments());
    else return deps.payments.get(url, response);
    return true;
  };

  const post = async (url: URL, request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    switch (url.pathname) {
      case "/local/clock":
        await moveClock(request, response);
        return true;
      case "/local/staff-tokens": {
        const { name, groups } = await bodyOf(request, StaffTokenRequest);
        sendJson(response, 200, { token: await deps.tokens.issue(name, groups) });
        return true;
      }
      case "/local/fedex/scans": {
        const { trackingNumber, code } = await bodyOf(request, ScanRequest);
        const result = deps.carrier.addScan(trackingNumber, code);
        if (result.ok) sendJson(response, 200, { trackingNumber, code });
        else if (result.error === "unknown-tracking-number")
          sendProblem(response, 404, "not-found", "There is no such parcel");
        else throw new BadRequest({ path: "code", message: "a code of the carrier, such as PU, IT or DL" });
        return true;
      }
      default:
        return deps.payments.post(url, request, response);
    }
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://local");
    try {
      const answered =
        request.method === "POST"
          ? await post(url, request, response)
          : request.method === "GET" && (await get(url, response));
      if (!answered) sendProblem(response, 404, "not-found", "There is nothing here");
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      sendProblem(response, 400, "invalid-request", error.message, error.errors);
    }
  };
};
