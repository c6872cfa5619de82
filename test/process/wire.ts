/** Calls as bytes on the wire, refusals as the contract promises them, and the table before and after. */
import { isDeepStrictEqual } from "node:util";
import { paginateScan } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Cloud } from "../../local/cloud.ts";

export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined for what is no JSON. */
  // What a stranger finds in an answer has no type before it is looked at.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}
export interface WireCall {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
}

const parsedOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export async function send(
  url: string,
  method: string,
  path: string,
  { token, headers = {}, json, raw }: WireCall = {},
): Promise<WireAnswer> {
  const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsedOr(text) };
}

/** Parts of the machinery that no answer may show. */
const MACHINERY = /\n\s+at |\.[tj]s:\d+|node_modules|dynamodb|ZodError|TypeError/i;

/** @returns the code of a refusal as RFC 9457 and the contract have it, or what is wrong with it. */
export function refusalOf({ status, headers, text, body }: WireAnswer): string {
  const isText = (value: unknown) => typeof value === "string" && value !== "";
  if (status < 400 || status >= 500) return `answered ${status}: ${text.slice(0, 200)}`;
  if (!headers.get("content-type")?.startsWith("application/problem+json"))
    return `is ${headers.get("content-type")}`;
  if (!isText(body?.type) || !isText(body.title) || body.status !== status || !isText(body.code))
    return `is no problem: ${text.slice(0, 200)}`;
  if (MACHINERY.test(text)) return `shows the machinery: ${text.slice(0, 200)}`;
  const named = Array.isArray(body.errors)
    ? body.errors.every((one: Record<string, unknown>) => typeof one.path === "string" && isText(one.message))
    : body.errors === undefined;
  const needed = status === 422 || body.code === "invalid-request";
  return named && (!needed || body.errors?.length > 0) ? body.code : `names no faults: ${text.slice(0, 200)}`;
}

/** Every item of the table by its key. Nothing may be running. */
export async function tableOf(cloud: Cloud): Promise<ReadonlyMap<string, unknown>> {
  await cloud.quiescent();
  const TableName = cloud.plan.tables[0]?.name;
  const items = new Map<string, unknown>();
  for await (const page of paginateScan({ client: cloud.dynamodb }, { TableName })) {
    for (const one of page.Items ?? []) {
      const item = unmarshall(one);
      items.set(`${item.pk} / ${item.sk}`, item);
    }
  }
  return items;
}

/** Keys of the items that are other than before, or not there any more, or new. */
export async function changedBy(cloud: Cloud, done: () => Promise<unknown>): Promise<string[]> {
  const before = await tableOf(cloud);
  if (before.size === 0) throw new Error("an empty table shows nothing");
  await done();
  const after = await tableOf(cloud);
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !isDeepStrictEqual(before.get(key), after.get(key)),
  );
}

export interface Attempt {
  /** What is wrong with it, for who reads the report. */
  readonly what: string;
  /** Codes of problems it may be answered with. */
  readonly codes: readonly string[];
  readonly send: () => Promise<WireAnswer>;
}

/** A few at a time: the machine is small, and one after another takes long. */
const ABREAST = 6;

/** Makes every attempt; @returns those not refused as they should be, and every item that changed all the same. */
export async function notRefused(cloud: Cloud, attempts: readonly Attempt[]): Promise<string[]> {
  const wrong: string[] = [];
  const rest = [...attempts];
  const worker = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) {
      const { what, codes, send: attempt } = next;
      const code = refusalOf(await attempt());
      if (!codes.includes(code)) wrong.push(`${what} → ${code}`);
    }
  };
  const changed = await changedBy(cloud, () => Promise.all(Array.from({ length: ABREAST }, worker)));
  return [...wrong, ...changed.map((key) => `changed: ${key}`)];
}
