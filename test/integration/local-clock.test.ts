/** Business time: moved from due to due in order, kept over a kill. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud-types.ts";
import { imported, route, rule, startFixture, temporaryFolder, V1 } from "./local-fixture.ts";

const folder = temporaryFolder();
const ticks = join(folder, "ticks.jsonl");
/** Clears what is due, and makes something due two days later of what asks for it. `stuck` is never cleared. */
const clock = `const { appendFileSync } = require("node:fs");
const call = async (operation, body) => (await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, { method: "POST", headers: {
  "x-amz-target": "DynamoDB_20120810." + operation, "content-type": "application/x-amz-json-1.0", "x-amz-date": "20260101T000000Z",
  authorization: "AWS4-HMAC-SHA256 Credential=local-clock/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0" },
  body: JSON.stringify({ TableName: process.env.TABLE_NAME, ...body }) })).json();
exports.handler = async ({ time, sweep }) => {
  const until = new Date(time).toISOString();
  const { Items } = await call("Query", { IndexName: "due", KeyConditionExpression: "dueList = :l AND dueAt <= :u",
    ExpressionAttributeValues: { ":l": { S: "due" }, ":u": { S: until } } });
  appendFileSync(${JSON.stringify(ticks)}, JSON.stringify({ time, sweep, due: Items.map(({ sk }) => sk.S) }) + "\\n");
  for (const item of Items) {
    if (item.sk.S === "stuck") continue;
    const again = item.sk.S === "chain" && { dueList: { S: "due" }, dueAt: { S: new Date(Date.parse(time) + 2 * 864e5).toISOString() } };
    await call("PutItem", { Item: { pk: item.pk, sk: { S: item.sk.S === "chain" ? "chained" : item.sk.S }, ...again } });
    if (item.sk.S === "chain") await call("DeleteItem", { Key: { pk: item.pk, sk: item.sk } });
  }
};`;
const tracking = `const { appendFileSync } = require("node:fs");
exports.handler = async ({ time }) => appendFileSync(${JSON.stringify(ticks)}, JSON.stringify({ time, due: ["tracking"] }) + "\\n");`;
const fixture = {
  functions: {
    clock,
    "track-shipments": tracking,
    echo: "exports.handler = async ({ requestContext }) => ({ statusCode: 200, body: String(requestContext.requestTimeEpoch) });",
  },
  resources: {
    ...V1,
    ...route("Echo", "echo", "GET", "echo"),
    EveryMinute: rule("clock", { ScheduleExpression: "rate(1 minute)" }),
    EveryHalfHour: rule("track-shipments", { ScheduleExpression: "rate(30 minutes)" }),
    Unused: { Type: "AWS::SQS::Queue", Properties: { Tag: imported("TableName") } },
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

interface Tick {
  readonly time: string;
  readonly sweep?: boolean;
  readonly due: readonly string[];
}
const readTicks = (): Tick[] =>
  readFileSync(ticks, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Tick);
const makeDue = (sk: string, at: Date) =>
  cloud.dynamodb.send(
    new PutItemCommand({
      TableName: "fixture",
      Item: { pk: { S: "p" }, sk: { S: sk }, dueList: { S: "due" }, dueAt: { S: at.toISOString() } },
    }),
  );
const move = (body: unknown) =>
  fetch(`${cloud.url}/local/clock`, { method: "POST", body: JSON.stringify(body) });
const DAY = 86_400_000;

describe("POST /local/clock", () => {
  it("runs what falls due at its own hour and in order, also what comes to be on the way, then polls the carrier", async () => {
    const start = cloud.now().getTime();
    await makeDue("second", new Date(start + 3 * DAY));
    await makeDue("chain", new Date(start + 2 * DAY));
    await makeDue("stuck", new Date(start + 1 * DAY));
    await makeDue("later", new Date(start + 20 * DAY));
    const answer = await move({ advance: "P14D" });
    expect(answer.status).toBe(200);
    const { now } = (await answer.json()) as { now: string };
    expect(Date.parse(now) - start).toBeGreaterThanOrEqual(14 * DAY);
    expect(Date.parse(now) - start).toBeLessThan(14 * DAY + 20_000);
    const seen = readTicks();
    expect(seen.map(({ due }) => due.filter((sk) => sk !== "stuck"))).toEqual([
      [],
      ["chain"],
      ["second"],
      ["chained"],
      [],
      ["tracking"],
    ]);
    const hours = seen.map(({ time }) => Math.round((Date.parse(time) - start) / DAY));
    expect(hours).toEqual([1, 2, 3, 4, 14, 14]);
  });

  it("is the time of requests", async () => {
    const epoch = Number(await (await fetch(`${cloud.url}/v1/echo`)).text());
    expect(Math.abs(epoch - cloud.now().getTime())).toBeLessThan(5000);
    expect(epoch - Date.now()).toBeGreaterThan(13 * DAY);
  });

  it.each([[{ advance: "fourteen days" }], [{ advance: "-P1D" }], [{}], [{ advance: 14 }], ["no"]])(
    "refuses %j",
    async (body) => {
      const answer = await move(body);
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(await answer.json()).toMatchObject({ code: "invalid-request" });
    },
  );

  it("is moved by nobody's page but ours", async () => {
    const from = (origin: string) =>
      fetch(`${cloud.url}/local/clock`, { method: "POST", body: '{"advance":"PT1S"}', headers: { origin } });
    expect((await from("https://elsewhere.example")).status).toBe(403);
    expect((await from(cloud.url)).status).toBe(200);
  });

  it("moves once for each of two calls at a time", async () => {
    const before = cloud.now().getTime();
    const answers = await Promise.all([move({ advance: "PT1H" }), move({ advance: "PT1H" })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(cloud.now().getTime() - before).toBeGreaterThanOrEqual(2 * 3_600_000);
  });

  it("is kept over a kill, and the next start sweeps", async () => {
    const before = cloud.now().getTime();
    await cloud.kill();
    cloud = await startFixture(folder, fixture);
    await cloud.quiescent();
    const { now } = (await (await fetch(`${cloud.url}/local/clock`)).json()) as { now: string };
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(now) - before).toBeLessThan(60_000);
    expect(readTicks().at(-1)).toMatchObject({ sweep: true });
  });
});
