/** A client of the contract: what the customer's page, the staff console and a person at the local endpoints would call. */
import type { Role } from "../../lambdas/actions/action.ts";

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
}

export interface MailView {
  readonly id: string;
  readonly sentAt: string;
  readonly email: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly url: string;
  }[];
}

/** The parts of `GET /case` that a journey looks at. */
export interface CaseView {
  readonly caseId: string;
  readonly stage: string;
  readonly version: number;
  readonly awaiting: {
    readonly action: string;
    readonly by: string;
    readonly deadline: string | null;
  } | null;
  readonly shots: readonly { readonly slot: string }[];
  readonly timeline: readonly { readonly at: string; readonly type: string; readonly text: string }[];
  readonly documents: readonly { readonly name: string }[];
  readonly tracking: {
    readonly inbound?: { readonly number: string };
    readonly return?: { readonly number: string };
  };
  readonly window: { readonly earliest: string; readonly latest: string } | null;
  readonly conversion: {
    readonly reasons: readonly { readonly text: string }[];
    readonly changes: readonly { readonly rule: string; readonly text: string }[];
  } | null;
  readonly process: string;
  readonly wantsContact: boolean;
  readonly invoices: readonly InvoiceView[];
}

export interface InvoiceView {
  readonly invoiceId: string;
  readonly version: number;
  readonly status: string;
  readonly lines: readonly { readonly kind: string; readonly text: string; readonly amountCents: number }[];
  readonly totalCents: number;
  readonly paidCents: number;
  readonly dueDate: string;
  readonly payUrl: string;
  readonly document: string;
}

export interface UploadTicket {
  readonly mediaId: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

const POLL_MS = 25;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param send what carries a request; whoever counts them gives a `fetch` of its own */
export function createClient(url: string, send: typeof fetch = fetch) {
  const tokens = new Map<string, Promise<string>>();

  async function call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const response = await send(`${url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as T };
  }

  const staffToken = (role: Role): Promise<string> => {
    const known = tokens.get(role);
    if (known) return known;
    const made = call<{ token: string }>("POST", "/local/staff-tokens", { name: role, groups: [role] }).then(
      (answer) => answer.body.token,
    );
    tokens.set(role, made);
    return made;
  };

  const client = {
    url,
    call,
    mails: async (to: string): Promise<readonly MailView[]> =>
      (await call<MailView[]>("GET", `/local/mails?to=${encodeURIComponent(to)}`)).body,
    now: async (): Promise<string> => (await call<{ now: string }>("GET", "/local/clock")).body.now,
    advance: (duration: string) => call("POST", "/local/clock", { advance: duration }),
    scan: (trackingNumber: string, code: string) =>
      call("POST", "/local/fedex/scans", { trackingNumber, code }),
    /** As she would on the payment page: all that is due, or so much. */
    pay: (invoiceId: string, amountCents?: number) =>
      call("POST", "/local/payments", { invoiceId, ...(amountCents === undefined ? {} : { amountCents }) }),
    file: (request: unknown, key: string = crypto.randomUUID()) =>
      call<{ caseId: string; stage: string }>("POST", "/v1/cases", request, { "Idempotency-Key": key }),

    /** Staff of one role; calls are `POST /v1/cases/{caseId}/{action}`. */
    staff: (role: Role) => ({
      async send<T = Record<string, unknown>>(
        method: string,
        path: string,
        body?: unknown,
      ): Promise<Answer<T>> {
        return call<T>(method, path, body, { authorization: `Bearer ${await staffToken(role)}` });
      },
      async act(caseId: string, action: string, body: unknown = {}): Promise<Answer> {
        return call("POST", `/v1/cases/${caseId}/${action}`, body, {
          authorization: `Bearer ${await staffToken(role)}`,
        });
      },
    }),

    /** The holder of a mailed link. */
    customer(token: string) {
      const authorization = { authorization: `Bearer ${token}` };
      const get = async (): Promise<CaseView> =>
        (await call<CaseView>("GET", "/v1/case", undefined, authorization)).body;
      return {
        token,
        get,
        act: (action: string, body: unknown = {}) => call("POST", `/v1/case/${action}`, body, authorization),
        document: (name: string) =>
          call<{ url: string }>("GET", `/v1/case/documents/${name}`, undefined, authorization),
        ticket: (slot: string, contentType: string, size: number) =>
          call<UploadTicket>(
            "POST",
            "/v1/case/uploads",
            { slot, fileName: `${slot}.${contentType.split("/")[1]}`, contentType, size },
            authorization,
          ),
        /** Gets a ticket and sends the file straight to the bucket. */
        async upload(slot: string, contentType: string, bytes: Uint8Array): Promise<string> {
          const ticket = await this.ticket(slot, contentType, bytes.length);
          if (ticket.status >= 300) throw new Error(`no ticket for ${slot}: ${JSON.stringify(ticket.body)}`);
          const form = new FormData();
          for (const [name, value] of Object.entries(ticket.body.fields)) form.append(name, value);
          form.append("file", new Blob([bytes.slice()], { type: contentType }));
          const response = await fetch(ticket.body.url, { method: "POST", body: form });
          if (!response.ok)
            throw new Error(`the bucket refused ${slot}: ${response.status} ${await response.text()}`);
          return ticket.body.mediaId;
        },
        /** Says that the photos are there, as soon as every file has been looked at. */
        async submitPhotos(mediaIds: readonly string[], contact?: unknown): Promise<Answer> {
          const body = { mediaIds, ...(contact === undefined ? {} : { contact }) };
          return client.eventually(
            () => call("POST", "/v1/case/photos", body, authorization),
            (answer) => (answer.body as { code?: string }).code !== "media-pending",
          );
        },
        /** The case once it stands in this stage and waits for somebody. */
        reaches: (stage: string): Promise<CaseView> =>
          client.eventually(get, (view) => view.stage === stage && (view.awaiting !== null || isEnd(stage))),
      };
    },

    /** Looks again and again, for ten seconds unless told. @throws Error with what it last saw */
    async eventually<T>(look: () => Promise<T>, isSo: (seen: T) => boolean, forMs = 10_000): Promise<T> {
      const until = Date.now() + forMs;
      for (;;) {
        const seen = await look();
        if (isSo(seen)) return seen;
        if (Date.now() > until)
          throw new Error(`it never came to be; last seen: ${JSON.stringify(seen).slice(0, 400)}`);
        await sleep(POLL_MS);
      }
    },

    /** The newest mail of a kind to an address (about a case), waiting for it to come. */
    async mail(to: string, email: string, caseId = ""): Promise<MailView> {
      const mails = await client.eventually(
        () => client.mails(to),
        (all) =>
          Array.isArray(all) && all.some((mail) => mail.email === email && mail.subject.includes(caseId)),
      );
      const newest = mails.filter((mail) => mail.email === email && mail.subject.includes(caseId)).at(-1);
      if (!newest) throw new Error(`no ${email}`);
      return newest;
    },

    /** The token of the link in a mail. */
    tokenIn(mail: MailView): string {
      const token = /\/case#token=([A-Za-z0-9._-]+)/.exec(mail.text)?.[1];
      if (token === undefined) throw new Error(`no link in ${mail.email}`);
      return token;
    },
  };
  return client;
}
export type Client = ReturnType<typeof createClient>;

const isEnd = (stage: string): boolean =>
  ["closed", "declined", "expired", "cancelled", "lost"].includes(stage);
