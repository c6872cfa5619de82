/** Table, stream and event source mappings: every record, in order, at least once. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud-types.ts";
import { startEngine } from "../../local/dynamodb/engine.ts";
import { startFixture, streamMapping, temporaryFolder } from "./local-fixture.ts";

const folder = temporaryFolder();
const all = join(folder, "all.jsonl");
const waits = join(folder, "waits.jsonl");
const broken = join(folder, "broken");
const writer = (file: string, fails: string) => `const fs = require("node:fs");
exports.handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { dynamodb, eventName } of Records) {
    const sk = dynamodb.Keys.sk.S;
    if (fs.existsSync(${JSON.stringify(broken)}) && ${fails}) {
      batchItemFailures.push({ itemIdentifier: dynamodb.SequenceNumber });
      break;
    }
    fs.appendFileSync(${JSON.stringify(file)}, JSON.stringify({ sk, eventName, image: dynamodb.NewImage ?? null }) + "\\n");
  }
  return { batchItemFailures };
};`;
const fixture = {
  functions: { everything: writer(all, "sk === 'POISON'"), waits: writer(waits, "true") },
  resources: {
    MapAll: streamMapping("everything"),
    MapWaits: streamMapping("waits", {
      MaximumRetryAttempts: 100,
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              dynamodb: {
                Keys: { sk: { S: [{ prefix: "WAIT#" }] } },
                NewImage: { token: { S: [{ exists: true }] } },
              },
            }),
          },
        ],
      },
    }),
  },
};

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startFixture(folder, fixture);
});
afterAll(async () => {
  await cloud.kill();
  rmSync(folder, { recursive: true, force: true });
});

const put = (pk: string, sk: string, more: Record<string, { S: string }> = {}) =>
  cloud.dynamodb.send(
    new PutItemCommand({ TableName: "fixture", Item: { pk: { S: pk }, sk: { S: sk }, ...more } }),
  );
const lines = (file: string, pk?: string): string[] =>
  existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { sk: string; image: { pk: { S: string } } | null })
        .filter(({ image }) => pk === undefined || image?.pk.S === pk)
        .map(({ sk }) => sk)
    : [];

describe("the stream", () => {
  it("brings every record in order, also those of one transaction", async () => {
    await Promise.all([put("a", "01"), put("a", "02")]);
    await cloud.dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: ["03", "04"].map((sk) => ({
          Put: { TableName: "fixture", Item: { pk: { S: "a" }, sk: { S: sk } } },
        })),
      }),
    );
    for (let n = 5; n < 60; n += 1) await put("a", String(n).padStart(2, "0"));
    await cloud.quiescent();
    const got = lines(all, "a");
    expect(got).toHaveLength(59);
    expect(got.slice(2)).toEqual(got.slice(2).toSorted());
  });

  it("passes on what a filter wants and nothing else", async () => {
    await put("b", "WAIT#0001");
    await put("b", "WAIT#0002", { token: { S: "t" } });
    await put("b", "CASE", { token: { S: "t" } });
    await cloud.quiescent();
    expect(lines(waits, "b")).toEqual(["WAIT#0002"]);
    expect(lines(all, "b")).toEqual(["WAIT#0001", "WAIT#0002", "CASE"]);
  });

  it("tries a reported record again, then gives it up and goes on", async () => {
    writeFileSync(broken, "");
    await put("c", "POISON");
    await put("c", "AFTER");
    await cloud.quiescent();
    rmSync(broken);
    expect(lines(all, "c")).toEqual(["AFTER"]);
    expect(readFileSync(join(cloud.dataDir, "cloud.log"), "utf8")).toMatch(
      /fixture-everything: stream record \d+ given up/,
    );
  });

  it("loses nothing when the database dies under load", async () => {
    const writes = Array.from({ length: 120 }, (_one, n) => n).map(async (n) => {
      await new Promise((done) => setTimeout(done, n * 3));
      await put("d", String(n).padStart(3, "0"));
    });
    setTimeout(() => cloud.crashDatabase(), 120);
    await Promise.all(writes);
    await cloud.quiescent();
    expect(new Set(lines(all, "d")).size).toBe(120);
  });

  it("survives what this engine dies of: letters beyond ASCII in an expression", async () => {
    const update = cloud.dynamodb.send(
      new UpdateItemCommand({
        TableName: "fixture",
        Key: { pk: { S: "e" }, sk: { S: "1" } },
        UpdateExpression: "SET ab = :v + 名前",
        ExpressionAttributeValues: { ":v": { N: "1" } },
      }),
    );
    await expect(update).rejects.toBeInstanceOf(Error);
    await put("e", "2");
    await cloud.quiescent();
    expect(lines(all, "e")).toContain("2");
  });

  it("brings after a kill what was written and not yet done with", async () => {
    writeFileSync(broken, "");
    await put("f", "WAIT#0001", { token: { S: "t" } });
    await new Promise((done) => setTimeout(done, 150));
    await cloud.kill();
    rmSync(broken);
    cloud = await startFixture(folder, fixture);
    await cloud.quiescent();
    expect(lines(waits, "f")).toEqual(["WAIT#0001"]);
  });
});

it("runs on a DynamoDB of one's own, when it is named", async () => {
  const own = temporaryFolder();
  const engine = await startEngine(join(own, "engine"), () => undefined);
  process.env["AWS_ENDPOINT_URL_DYNAMODB"] = await engine.address();
  const second = await startFixture(own, {
    functions: { everything: writer(join(own, "all.jsonl"), "false") },
    resources: { MapAll: streamMapping("everything") },
  });
  delete process.env["AWS_ENDPOINT_URL_DYNAMODB"];
  await second.dynamodb.send(
    new PutItemCommand({ TableName: "fixture", Item: { pk: { S: "g" }, sk: { S: "1" } } }),
  );
  await second.quiescent();
  expect(lines(join(own, "all.jsonl"), "g")).toEqual(["1"]);
  expect(existsSync(join(second.dataDir, "dynamodb", "tables.db"))).toBe(false);
  await second.close();
  await engine.close();
  rmSync(own, { recursive: true, force: true });
});
