/** DynamoDB as the functions see it: the engine (or one of your own), the proxy before it, the tables of the templates. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { REGION } from "../plan/intrinsics.ts";
import type { TablePlan } from "../plan/plan-types.ts";
import { type Engine, startEngine } from "./engine.ts";
import { startHoldingProxy } from "./holding-proxy.ts";
import type { StreamCall } from "./stream.ts";
import { type EnsuredTable, ensureTable } from "./tables.ts";

export interface Database {
  /** Where the SDKs find it. */
  readonly url: string;
  readonly client: DynamoDBClient;
  readonly tables: readonly EnsuredTable[];
  readonly streams: StreamCall;
  /** Ends the engine as a crash would; it is started again at once. For tests of faults. */
  readonly crash: () => void;
  readonly restarts: () => number;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly plans: readonly TablePlan[];
  readonly folder: string;
  readonly log: (line: string) => void;
  readonly onWrite: () => void;
  readonly onCall: (caller: string, operation: string, body: Buffer, status: number) => void;
}

const CREDENTIALS = { accessKeyId: "local-cloud", secretAccessKey: "local" };
/** Signed in form only: neither engine checks signatures. */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=local-cloud/20260101/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

/** @throws when there is no engine for this system and none is named. */
export const startDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const own = process.env["AWS_ENDPOINT_URL_DYNAMODB"];
  const engine: Engine | undefined = own ? undefined : await startEngine(options.folder, options.log);
  const address = engine ? () => engine.address() : () => Promise.resolve(own ?? "");
  const proxy = await startHoldingProxy({ address, onWrite: options.onWrite, onCall: options.onCall });
  const url = `http://127.0.0.1:${proxy.port}`;
  const client = new DynamoDBClient({
    endpoint: url,
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 5,
  });
  const tables: EnsuredTable[] = [];
  for (const plan of options.plans) tables.push(await ensureTable(client, plan));

  const streams: StreamCall = async (operation, input) => {
    const response = await fetch(await address(), {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDBStreams_20120810.${operation}`,
        authorization: AUTHORIZATION,
        "x-amz-date": "20260101T000000Z",
      },
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok)
      throw new Error(`${operation}: ${String(answer["__type"])} ${String(answer["message"])}`);
    return answer;
  };

  return {
    url,
    client,
    tables,
    streams,
    crash: () => engine?.crash(),
    restarts: () => engine?.restarts() ?? 0,
    close: async () => {
      client.destroy();
      await engine?.close();
      await proxy.close();
    },
  };
};
