/** A real DynamoDB protocol under the tests: the binary of local mode on a free port, its data in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { QUEUE_ATTRIBUTES } from "../../lib/names.ts";

export interface TestTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly endpoint: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject()));
    });
  });

const clientOf = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

/** The table as the data stack makes it: keys, the two sparse indexes, the stream. */
const tableDefinition = (tableName: string) => ({
  TableName: tableName,
  BillingMode: "PAY_PER_REQUEST" as const,
  AttributeDefinitions: ["pk", "sk", "queueStage", "queueSince", "dueList", "dueAt"].map((name) => ({
    AttributeName: name,
    AttributeType: "S" as const,
  })),
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" as const },
    { AttributeName: "sk", KeyType: "RANGE" as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "queue",
      KeySchema: [
        { AttributeName: "queueStage", KeyType: "HASH" as const },
        { AttributeName: "queueSince", KeyType: "RANGE" as const },
      ],
      Projection: { ProjectionType: "INCLUDE" as const, NonKeyAttributes: QUEUE_ATTRIBUTES },
    },
    {
      IndexName: "due",
      KeySchema: [
        { AttributeName: "dueList", KeyType: "HASH" as const },
        { AttributeName: "dueAt", KeyType: "RANGE" as const },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" as const },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" as const },
});

async function untilUp(client: DynamoDBClient): Promise<void> {
  for (let tried = 0; ; tried++) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (tried === 50) throw error;
      await pause(50);
    }
  }
}

async function serve(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (given) return { endpoint: given, stop: async () => {} };
  const binary = join(
    dirname(createRequire(import.meta.url).resolve("@dynoxide/linux-x64/package.json")),
    "dynoxide",
  );
  const folder = await mkdtemp(join(tmpdir(), "after-sales-table-"));
  const port = await freePort();
  const server: ChildProcess = spawn(
    binary,
    ["--port", String(port), "--db-path", join(folder, "table.db")],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve) => server.once("exit", resolve));
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a table of its own; `stop` it in `afterAll`. `AWS_ENDPOINT_URL_DYNAMODB` names another server where the binary does not run. */
export async function startTable(): Promise<TestTable> {
  const { endpoint, stop } = await serve();
  const client = clientOf(endpoint);
  const tableName = `cases-${process.pid}-${Date.now()}`;
  await untilUp(client);
  await client.send(new CreateTableCommand(tableDefinition(tableName)));
  return {
    client,
    tableName,
    endpoint,
    stop: async () => {
      client.destroy();
      await stop();
    },
  };
}
