/** Every mail that was sent, as the .eml file SES took and a note of its envelope: the inbox of the local cloud. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";

/** What SES was told beside the message. */
export interface Envelope {
  /** `000012-0100…`: counts up, so that names sort by age. */
  readonly id: string;
  readonly messageId: string;
  /** Business time. */
  readonly sentAt: string;
  readonly source: string;
  readonly destinations: readonly string[];
  readonly configurationSet: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Mailbox {
  /** On the disk when it returns. */
  readonly keep: (envelope: Omit<Envelope, "id">, raw: Buffer) => Envelope;
  /** Oldest first; of one recipient, when named. */
  readonly list: (to?: string) => readonly Envelope[];
  readonly find: (id: string) => Envelope | undefined;
  readonly raw: (id: string) => Buffer;
  readonly parse: (id: string) => Promise<ParsedMail>;
  /** Notes that the events of a mail were taken. */
  readonly told: (id: string) => void;
  /** Mails whose events nobody has taken yet: a killed process never told of them. */
  readonly untold: () => readonly Envelope[];
}

/** Which mail of the policy it is (`E10`), for whoever reads the inbox. */
export const EMAIL_HEADER = "x-after-sales-email";

/** @param folder outlives the process. */
export const openMailbox = (folder: string): Mailbox => {
  mkdirSync(folder, { recursive: true });
  const envelopes: Envelope[] = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Envelope);
  let count = Number(envelopes.at(-1)?.id.split("-")[0] ?? 0);
  const path = (id: string, ending: string): string => join(folder, `${id}.${ending}`);
  const find = (id: string): Envelope | undefined => envelopes.find((one) => one.id === id);

  const raw = (id: string): Buffer => {
    if (!find(id) || !existsSync(path(id, "eml"))) throw new Error(`there is no mail ${id}`);
    return readFileSync(path(id, "eml"));
  };
  return {
    keep: (given, message) => {
      count += 1;
      const id = `${String(count).padStart(6, "0")}-${given.messageId.slice(-12)}`;
      const envelope: Envelope = { id, ...given };
      writeFileSync(path(id, "eml"), message);
      // The note comes last and whole: a mail without one was never taken.
      writeFileSync(path(id, "json.new"), JSON.stringify(envelope));
      renameSync(path(id, "json.new"), path(id, "json"));
      envelopes.push(envelope);
      return envelope;
    },
    list: (to) => {
      const wanted = to?.trim().toLowerCase();
      return wanted === undefined
        ? envelopes
        : envelopes.filter((one) => one.destinations.some((address) => address.toLowerCase() === wanted));
    },
    find,
    raw,
    parse: (id) => simpleParser(raw(id)),
    told: (id) => writeFileSync(path(id, "told"), ""),
    untold: () => envelopes.filter(({ id }) => !existsSync(path(id, "told"))),
  };
};
