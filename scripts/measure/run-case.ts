/** One whole case of either process on a local cloud of its own, with everything counted that AWS would charge for. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "../../lambdas/actions/action.ts";
import type { FunctionName } from "../../lambdas/contracts/env.ts";
import { ROUTES, type Route } from "../../lambdas/contracts/routes.ts";
import { type AwsCall, type Cloud, startCloud } from "../../local/cloud.ts";
import { type Client, createClient } from "../../local/demo/client.ts";
import { type JourneyOptions, journey } from "../../local/demo/journey.ts";
import { createTableLedger, type IndexPlan } from "./table-ledger.ts";

/** A call as it is charged: DynamoDB's with its units. */
export interface CountedCall {
  readonly step: string;
  readonly caller: string;
  readonly service: AwsCall["service"];
  readonly operation: string;
  readonly resource: string;
  readonly writes: number;
  readonly reads: number;
}
export interface Invocation {
  readonly step: string;
  readonly name: FunctionName;
  /** Milliseconds on this machine, with its local services: no measure of the cloud's. */
  readonly ms: number;
}
export interface ApiRequest {
  readonly step: string;
  /** `openCase`. */
  readonly operation: string;
  readonly function: Route["function"];
  readonly status: number;
  readonly bytes: number;
  /** AWS calls of its function between question and answer. */
  readonly calls: readonly string[];
}
export interface MachineRun {
  readonly machine: string;
  /** States entered, in order, with those entered again by a retry. */
  readonly states: readonly string[];
  /** Names of the waiting states among them. */
  readonly definition: Readonly<Record<string, { readonly Type: string; readonly Resource?: string }>>;
}
export interface CaseRun {
  readonly calls: readonly CountedCall[];
  readonly invocations: readonly Invocation[];
  readonly requests: readonly ApiRequest[];
  readonly machines: readonly MachineRun[];
  /** Each mail, with the bytes of what is attached to it, as it is sent (base64). */
  readonly mails: readonly { readonly email: string; readonly attached: number }[];
  /** Bytes at the end: the case's snapshot, its row in the index of stages, and everything under its key. */
  readonly sizes: { readonly snapshot: number; readonly row: number; readonly partition: number };
}

/** The step of what is counted and not priced. */
export const ASIDE = "aside";

const matching = (method: string, path: string): Route | undefined =>
  ROUTES.filter((route) => route.method === method)
    .toSorted((a, b) => a.path.split("{").length - b.path.split("{").length)
    .find((route) => new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path));

interface Schema {
  readonly AttributeName: string;
  readonly KeyType: "HASH" | "RANGE";
}
interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly Schema[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}
const indexesOf = (cloud: Pick<Cloud, "plan">): IndexPlan[] =>
  cloud.plan.tables.flatMap(({ properties }) =>
    ((properties["GlobalSecondaryIndexes"] ?? []) as Index[]).map((index) => {
      const key = (type: string) => index.KeySchema.find((one) => one.KeyType === type)?.AttributeName ?? "";
      return {
        name: index.IndexName,
        hash: key("HASH"),
        range: key("RANGE"),
        holds:
          index.Projection.ProjectionType === "ALL" ? undefined : (index.Projection.NonKeyAttributes ?? []),
      };
    }),
  );

export type Kind = "complimentary" | "paid";
const OPTIONS: Record<Kind, JourneyOptions> = {
  complimentary: {},
  paid: {
    paid: {
      services: ["polishing", "engraving"],
      description: "A scratch on the side, and our wedding day inside the band",
      engraving: "A & M 11/23/2026",
    },
  },
};

/** @throws when the case does not go its way */
export async function runCase(kind: Kind, say: (text: string) => void): Promise<CaseRun> {
  const dataDir = mkdtempSync(join(tmpdir(), "after-sales-cost-"));
  const seen: { step: string; call: AwsCall }[] = [];
  const invocations: Invocation[] = [];
  const requests: ApiRequest[] = [];
  let step = "start";
  const cloud = await startCloud({
    dataDir,
    port: 0,
    onCall: (call) => seen.push({ step, call }),
    onInvocation: (label, ms) => invocations.push({ step, name: label as FunctionName, ms }),
  });
  try {
    const counting: typeof fetch = async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const route = matching(init?.method ?? "GET", pathname);
      const from = seen.length;
      const response = await fetch(input, init);
      if (!route) return response;
      const body = await response.arrayBuffer();
      requests.push({
        step,
        operation: route.operation,
        function: route.function,
        status: response.status,
        bytes: body.byteLength,
        calls: seen
          .slice(from)
          .filter(({ call }) => call.caller === `api-${route.function}`)
          .map(({ call }) => call.operation),
      });
      return new Response(body, response);
    };
    const plain = createClient(cloud.url, counting);
    // Looks once, when all is quiet: how often a page asks again is its own affair.
    plain.eventually = async (look) => {
      await cloud.quiescent();
      return look();
    };
    /** What the journey reads for itself, to know that a step is done, is nobody's looking. */
    const aside = async <T>(look: () => Promise<T>): Promise<T> => {
      await cloud.quiescent();
      const during = step;
      step = ASIDE;
      const seen = await look();
      step = during;
      return seen;
    };
    const client: Client = {
      ...plain,
      customer(token) {
        const her = plain.customer(token);
        return { ...her, get: () => aside(her.get), reaches: (stage) => aside(() => her.reaches(stage)) };
      },
    };
    const one = journey(client, { ...OPTIONS[kind], say });
    /** Staff look at the case before they act. */
    const look = (role: Role) => client.staff(role).send("GET", `/v1/cases/${one.caseId}`);
    await cloud.quiescent();
    const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["file", () => one.file()],
      ["photos", () => one.sendPhotos()],
      ["review", async () => [await look("representative"), await one.approve()]],
      ...(kind === "paid"
        ? ([
            ["payment", () => one.pay()],
            ["ship date", () => one.giveShipDate()],
          ] as const)
        : ([["shipping details", () => one.giveShippingDetails()]] as const)),
      ["dispatch", () => one.ship()],
      ["receipt", async () => [await look("shipping"), await one.receive()]],
      ["work", async () => [await look("workshop"), await one.finishWork()]],
      ["inspection", async () => [await look("workshop"), await one.inspect()]],
      ["delivery", () => one.deliver()],
    ];
    for (const [name, run] of steps) {
      step = name;
      const mails = (await cloud.mails()).length;
      await run();
      await cloud.quiescent();
      // A mail brings her to her page; her own actions are answered with the case.
      if ((await cloud.mails()).length > mails) await plain.customer(one.customer.token).get();
    }
    // A page of the queue shows many cases: it is counted, and no part of one case's price.
    step = ASIDE;
    await client.staff("representative").send("GET", "/v1/cases?stage=closed");
    await cloud.quiescent();

    const ledger = createTableLedger(indexesOf(cloud));
    const calls = seen.map(({ step, call }): CountedCall => {
      const { caller, service, operation, resource } = call;
      const units =
        service === "dynamodb" && (caller !== "cloud" || operation === "PutItem")
          ? ledger.charge(operation, JSON.parse(call.request ?? "{}"), call.status ?? 200)
          : { writes: 0, reads: 0 };
      const { IndexName: index } = JSON.parse(call.request ?? "{}") as { IndexName?: string };
      const target = index === undefined ? resource : `index:${index}`;
      return { step, caller, service, operation, resource: target, ...units };
    });
    const definitions = new Map(cloud.plan.machines.map(({ arn, definition }) => [arn, definition]));
    return {
      calls: calls.filter(({ caller, step }) => caller !== "cloud" && step !== "start"),
      invocations: invocations.filter((one) => one.step !== "start"),
      requests,
      machines: cloud.executions().map(({ machineArn, states }) => ({
        machine: machineArn.split(":").at(-1) ?? "",
        states,
        definition: (definitions.get(machineArn) as { States: MachineRun["definition"] }).States,
      })),
      mails: await mailsOf(cloud),
      sizes: ledger.sizes(`CASE#${one.caseId}`),
    };
  } finally {
    await cloud.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Base64: four characters for three bytes, and a line end after 76 of them. */
const sent = (bytes: number): number => Math.ceil(bytes / 3) * 4 * (78 / 76);

const mailsOf = async (cloud: Cloud): Promise<CaseRun["mails"]> =>
  Promise.all(
    (await cloud.mails()).map(async ({ email, attachments }) => {
      const files = attachments.map(async ({ url }) => (await (await fetch(url)).arrayBuffer()).byteLength);
      return {
        email,
        attached: Math.round((await Promise.all(files)).reduce((sum, one) => sum + sent(one), 0)),
      };
    }),
  );
