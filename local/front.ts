/** The one address: API, S3, local endpoints and pages; 503 until everything behind it is up. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Listening, listen, sendProblem } from "./http.ts";
import type { StaticFiles } from "./pages/static-files.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Rooms {
  readonly api: Handler;
  readonly local: Handler;
  readonly pages: StaticFiles;
  /** `docs/openapi.json`, once it is there. */
  readonly openApi: string | undefined;
}

export interface Front {
  readonly port: number;
  /** S3 answers before the rest: functions need it while the others are still starting. */
  readonly openS3: (s3: Handler) => void;
  readonly open: (rooms: Rooms) => void;
  /** Answers 503 again. */
  readonly shut: () => void;
  readonly close: () => Promise<void>;
}

/**
 * A page of another site must not move the clock or make staff tokens here: browsers say where a page is from.
 * Programs say nothing.
 */
const isForeign = (request: IncomingMessage): boolean => {
  const { origin, host } = request.headers;
  if (origin === undefined || request.method === "GET" || request.method === "HEAD") return false;
  const from = URL.canParse(origin) ? new URL(origin) : undefined;
  return from?.host !== host && !["localhost", "127.0.0.1", "[::1]"].includes(from?.hostname ?? "");
};

/** Under this path S3 is reached; it is part of what is signed. */
export const S3_PREFIX = "/local/s3";

/** @param port 0 for a free one. @throws when the port is taken. */
export const startFront = async (port: number, host: string, log: (line: string) => void): Promise<Front> => {
  let s3: Handler | undefined;
  let rooms: Rooms | undefined;

  const handle: Handler = async (request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (s3 && (path === S3_PREFIX || path.startsWith(`${S3_PREFIX}/`))) return s3(request, response);
    if (!rooms) {
      request.resume();
      response.setHeader("retry-after", "1");
      return sendProblem(
        response,
        503,
        "unavailable",
        "The service is starting; please try again in a moment",
      );
    }
    if (path === "/v1" || path.startsWith("/v1/")) return rooms.api(request, response);
    if (path === "/local" || path.startsWith("/local/")) {
      if (!isForeign(request)) return rooms.local(request, response);
      request.resume();
      return sendProblem(response, 403, "forbidden", "Pages of other sites have no business here");
    }
    if (request.method === "GET" || request.method === "HEAD") {
      const file = path === "/docs/openapi.json" ? rooms.openApi : rooms.pages.find(path);
      if (file) return rooms.pages.serve(response, file);
      if (path === "/" || path === "/case") {
        request.url = `/local${path}`;
        return rooms.local(request, response);
      }
    }
    request.resume();
    sendProblem(response, 404, "not-found", "There is nothing here");
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch((error: Error) => {
      log(`${request.method} ${request.url?.split("?")[0]}: ${error.stack ?? error.message}`);
      if (response.headersSent) response.destroy();
      else
        sendProblem(response, 500, "internal-error", "Something went wrong in the local cloud; see its log");
    });
  };
  const main = await listen(listener, port, host);
  // `localhost` is ::1 first for some clients. Where there is no IPv6, or the port is taken there, one address does.
  const second: Listening | undefined =
    host === "127.0.0.1" ? await listen(listener, main.port, "::1").catch(() => undefined) : undefined;
  return {
    port: main.port,
    openS3: (handler) => {
      s3 = handler;
    },
    open: (all) => {
      rooms = all;
    },
    shut: () => {
      rooms = undefined;
    },
    close: async () => {
      await Promise.all([main.close(), second?.close()]);
    },
  };
};
