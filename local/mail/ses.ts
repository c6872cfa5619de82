/**
 * SES, version 1, raw messages: takes them as SES does, keeps them, and tells the event bus what became of them.
 * Written here rather than taken from `aws-ses-v2-local`, which drops envelope and tags (the events need both), keeps
 * its inbox in a variable all clouds of a process share, and never answers an action it does not know.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { simpleParser } from "mailparser";
import { callerOf } from "../dynamodb/holding-proxy.ts";
import type { BusEvent } from "../events/event-bus.ts";
import { readBody, send } from "../http.ts";
import { ACCOUNT, REGION } from "../plan/intrinsics.ts";
import type { ConfigurationSetPlan } from "../plan/plan-types.ts";
import type { Envelope, Mailbox } from "./mailbox.ts";
import { mailOf, outcomesOf } from "./outcomes.ts";

export interface SesOptions {
  readonly configurationSets: readonly ConfigurationSetPlan[];
  readonly mailbox: Mailbox;
  readonly now: () => Date;
  /** @returns whether every target took it */
  readonly publish: (event: BusEvent) => Promise<boolean>;
  readonly onCall: (caller: string, operation: string, resource: string) => void;
}

class SesError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** SES v1 takes 10 MB, after base64. */
const LARGEST = 10 * 1024 * 1024;
/** Messages of the form body are base64 in a URL encoding: a third more, and some percent signs. */
const LARGEST_BODY = 2 * LARGEST;

const escape = (text: string): string => text.replace(/[<>&]/g, (char) => `&#${char.charCodeAt(0)};`);

const answerXml = (action: string, result: string): string =>
  `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;

/** `Destinations.member.1`, `.2`, …. */
const members = (form: URLSearchParams, name: string): string[] => {
  const found: string[] = [];
  for (let n = 1; form.has(`${name}.member.${n}`); n += 1) found.push(form.get(`${name}.member.${n}`) ?? "");
  return found;
};
const tagsOf = (form: URLSearchParams): Record<string, string> => {
  const tags: Record<string, string> = {};
  for (let n = 1; form.has(`Tags.member.${n}.Name`); n += 1) {
    tags[form.get(`Tags.member.${n}.Name`) ?? ""] = form.get(`Tags.member.${n}.Value`) ?? "";
  }
  return tags;
};

const TAG = /^[A-Za-z0-9_.@-]{1,256}$/;
export interface Ses {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Tells of every mail whose events a killed process never told. */
  readonly announceForgotten: () => Promise<void>;
}

export const createSes = (options: SesOptions): Ses => {
  const publishAll = async (envelope: Envelope, subject: string): Promise<void> => {
    const set = options.configurationSets.find(({ name }) => name === envelope.configurationSet);
    let taken = true;
    for (const { type, detailType, name, body } of outcomesOf(envelope)) {
      if (!set?.eventTypes.includes(type)) continue;
      const took = await options.publish({
        source: "aws.ses",
        "detail-type": detailType,
        resources: [`arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/${set.name}`],
        detail: { eventType: name, mail: mailOf(envelope, subject), ...body },
      });
      taken &&= took;
    }
    if (taken) options.mailbox.told(envelope.id);
  };

  const sendRaw = async (form: URLSearchParams): Promise<string> => {
    const raw = Buffer.from(form.get("RawMessage.Data") ?? "", "base64");
    if (raw.length === 0)
      throw new SesError("InvalidParameterValue", "Missing required parameter 'RawMessage.Data'");
    if (raw.length > LARGEST)
      throw new SesError("InvalidParameterValue", "Message length is more than 10485760 bytes long");
    const configurationSet = form.get("ConfigurationSetName") ?? undefined;
    if (configurationSet && !options.configurationSets.some(({ name }) => name === configurationSet)) {
      throw new SesError(
        "ConfigurationSetDoesNotExist",
        `Configuration set <${configurationSet}> does not exist.`,
      );
    }
    const tags = tagsOf(form);
    const wrong = Object.entries(tags).find(([name, value]) => !TAG.test(name) || !TAG.test(value));
    if (wrong) throw new SesError("InvalidParameterValue", `Invalid tag <${wrong[0]}>.`);
    const parsed = await simpleParser(raw, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
    });
    const inHeaders = [parsed.to, parsed.cc, parsed.bcc]
      .flat()
      .flatMap((field) => field?.value.map(({ address }) => address ?? "") ?? []);
    const given = members(form, "Destinations");
    const destinations = (given.length > 0 ? given : inHeaders).map(
      (text) => /<([^>]+)>/.exec(text)?.[1] ?? text,
    );
    if (destinations.length === 0 || destinations.some((address) => !address.includes("@"))) {
      throw new SesError("InvalidParameterValue", "Missing final '@domain'");
    }
    const source = form.get("Source") ?? parsed.from?.text ?? "";
    if (!source.includes("@")) throw new SesError("InvalidParameterValue", "Missing 'From' header.");
    const envelope = options.mailbox.keep(
      {
        messageId: `0100${randomUUID().replaceAll("-", "")}-000000`,
        sentAt: options.now().toISOString(),
        source,
        destinations,
        configurationSet,
        tags,
      },
      raw,
    );
    void publishAll(envelope, parsed.subject ?? "");
    return answerXml("SendRawEmail", `<MessageId>${envelope.messageId}</MessageId>`);
  };

  const handle: Ses["handle"] = async (request, response) => {
    const headers = { "content-type": "text/xml" };
    try {
      const form = new URLSearchParams((await readBody(request, LARGEST_BODY)).toString());
      const action = form.get("Action") ?? "";
      if (action !== "SendRawEmail")
        throw new SesError("InvalidAction", `${action} is not provided locally: send raw mail`);
      const answer = await sendRaw(form);
      options.onCall(callerOf(request.headers), action, form.get("ConfigurationSetName") ?? "");
      send(response, 200, headers, answer);
    } catch (error) {
      const { code, message } =
        error instanceof SesError ? error : new SesError("InvalidParameterValue", String(error));
      send(
        response,
        400,
        headers,
        `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escape(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      );
    }
  };
  return {
    handle,
    async announceForgotten() {
      for (const envelope of options.mailbox.untold()) {
        const { subject } = await options.mailbox.parse(envelope.id);
        await publishAll(envelope, subject ?? "");
      }
    },
  };
};
