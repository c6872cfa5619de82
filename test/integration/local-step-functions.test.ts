/** Step Functions on one machine: task tokens, names, retries, and what is refused. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud-types.ts";
import { loadDefinition } from "../../local/step-functions/definition.ts";
import { recorder, startFixture, temporaryFolder } from "./local-fixture.ts";

const RETRY = [{ ErrorEquals: ["TransientError"], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }];
const machine = {
  StartAt: "Begin",
  States: {
    Begin: {
      Type: "Choice",
      Choices: [
        { Variable: "$.kind", StringEquals: "wait", Next: "Await answer" },
        { Variable: "$.note", IsPresent: false, Next: "Work" },
      ],
      Default: "Unexpected",
    },
    Work: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: {
        FunctionName: "${WorkArn}",
        Payload: { "kind.$": "$.kind", "at.$": "$$.State.EnteredTime", "state.$": "$$.State.Name" },
      },
      ResultSelector: { "outcome.$": "$.Payload.outcome" },
      ResultPath: "$.step",
      Retry: RETRY,
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Caught" }],
      End: true,
    },
    Caught: { Type: "Pass", End: true },
    "Await answer": {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      TimeoutSeconds: 30_000_000,
      Parameters: {
        FunctionName: "${AskArn}",
        Payload: {
          "token.$": "$$.Task.Token",
          "at.$": "$$.State.EnteredTime",
          "execution.$": "$$.Execution.Name",
        },
      },
      ResultPath: "$.wait",
      Catch: [{ ErrorEquals: ["Refused"], ResultPath: "$.error", Next: "Caught" }],
      Next: "More?",
    },
    "More?": {
      Type: "Choice",
      Choices: [{ Variable: "$.wait.outcome", StringEquals: "again", Next: "Await answer" }],
      Default: "Done",
    },
    Done: { Type: "Succeed" },
    Unexpected: { Type: "Fail", Error: "Unexpected", Cause: "never" },
  },
};

interface Asked {
  readonly token: string;
  readonly at: string;
  readonly execution: string;
}

describe("Step Functions", () => {
  const folder = temporaryFolder();
  const asked = join(folder, "asked.jsonl");
  const worked = join(folder, "worked.jsonl");
  let cloud: Cloud;
  let client: SFNClient;
  let stateMachineArn: string;

  beforeAll(async () => {
    cloud = await startFixture(folder, {
      functions: {
        ask: recorder(asked),
        work: `const { appendFileSync, readFileSync } = require("node:fs");
class TransientError extends Error { name = "TransientError"; }
exports.handler = async (event) => {
  appendFileSync(${JSON.stringify(worked)}, JSON.stringify(event) + "\\n");
  const tries = readFileSync(${JSON.stringify(worked)}, "utf8").split("\\n").filter((line) => line.includes('"' + event.kind + '"')).length;
  if (event.kind === "transient" && tries < 3) throw new TransientError("not yet");
  if (event.kind === "broken") throw new RangeError("for good");
  return { outcome: "done" };
};`,
        // Only tells the test where the service answers.
        where: "exports.handler = async () => process.env;",
      },
      machines: { process: machine },
    });
    stateMachineArn = cloud.plan.machines[0]?.arn ?? "";
    const env = (await cloud.invoke("fixture-where", {})) as Record<string, string>;
    client = new SFNClient({
      endpoint: env["AWS_ENDPOINT_URL_SFN"] ?? "",
      region: "us-east-1",
      credentials: { accessKeyId: "local-test", secretAccessKey: "x" },
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    await cloud.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (name: string, input: object): Promise<string> => {
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
    );
    await cloud.quiescent();
    return executionArn ?? "";
  };
  const describeIt = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const asks = (execution: string): Asked[] =>
    readFileSync(asked, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Asked)
      .filter((one) => one.execution === execution);
  const answer = async (taskToken: string, output: object): Promise<void> => {
    await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
    await cloud.quiescent();
  };

  it("waits for a token, a fresh one at each entry, and goes on with the answer", async () => {
    const arn = await start("wait-1", { kind: "wait" });
    const [first] = asks("wait-1");
    expect((await describeIt(arn)).status).toBe("RUNNING");
    await answer(first?.token ?? "", { outcome: "again" });
    const [, second] = asks("wait-1");
    expect(second?.token).not.toBe(first?.token);
    expect(Date.parse(second?.at ?? "")).toBeGreaterThanOrEqual(Date.parse(first?.at ?? ""));
    await answer(second?.token ?? "", { outcome: "enough" });
    const done = await describeIt(arn);
    expect(done.status).toBe("SUCCEEDED");
    expect(JSON.parse(done.output ?? "")).toEqual({ kind: "wait", wait: { outcome: "enough" } });
    const execution = cloud.executions().find(({ name }) => name === "wait-1");
    expect(execution?.states).toEqual(["Begin", "Await answer", "More?", "Await answer", "More?", "Done"]);
  });

  it("takes a token once: used it has timed out, invented it does not exist", async () => {
    await start("wait-2", { kind: "wait" });
    const token = asks("wait-2")[0]?.token ?? "";
    await expect(
      client.send(new SendTaskSuccessCommand({ taskToken: token, output: "no json" })),
    ).rejects.toMatchObject({ name: "InvalidOutput" });
    await answer(token, { outcome: "enough" });
    await expect(answer(token, { outcome: "enough" })).rejects.toMatchObject({ name: "TaskTimedOut" });
    await expect(answer("invented", {})).rejects.toMatchObject({ name: "TaskDoesNotExist" });
  });

  it("routes a failed task by its error's name", async () => {
    const arn = await start("wait-3", { kind: "wait" });
    const taskToken = asks("wait-3")[0]?.token ?? "";
    await client.send(new SendTaskFailureCommand({ taskToken, error: "Refused", cause: "because" }));
    await cloud.quiescent();
    const { status, output } = await describeIt(arn);
    expect(status).toBe("SUCCEEDED");
    expect(JSON.parse(output ?? "").error).toEqual({ Error: "Refused", Cause: "because" });
  });

  it("starts one execution a name: the same again is the same, another input is refused", async () => {
    const arn = await start("named", { kind: "wait" });
    expect(await start("named", { kind: "wait" })).toBe(arn);
    await expect(start("named", { kind: "other" })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    await client.send(new StopExecutionCommand({ executionArn: arn }));
    await expect(start("named", { kind: "wait" })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    expect((await describeIt(arn)).status).toBe("ABORTED");
    await expect(answer(asks("named")[0]?.token ?? "", {})).rejects.toMatchObject({ name: "TaskTimedOut" });
    const { executions } = await client.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: "ABORTED" }),
    );
    expect(executions?.map(({ name }) => name)).toEqual(["named"]);
  });

  it("retries by the error's name, with the time the state was entered", async () => {
    const arn = await start("retry", { kind: "transient" });
    expect(JSON.parse((await describeIt(arn)).output ?? "").step).toEqual({ outcome: "done" });
    const tries = readFileSync(worked, "utf8")
      .split("\n")
      .filter((line) => line.includes('"transient"'))
      .map((line) => JSON.parse(line) as { at: string; state: string });
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ at }) => at)).size).toBe(1);
    expect(tries[0]?.state).toBe("Work");
  });

  it("catches what a function throws, with its report as the cause", async () => {
    const arn = await start("broken", { kind: "broken" });
    const { error } = JSON.parse((await describeIt(arn)).output ?? "") as {
      error: { Error: string; Cause: string };
    };
    expect(error.Error).toBe("RangeError");
    expect(JSON.parse(error.Cause)).toMatchObject({ errorType: "RangeError", errorMessage: "for good" });
  });

  it("knows no execution or machine it was not told of", async () => {
    await expect(describeIt("arn:aws:states:us-east-1:0:execution:process:none")).rejects.toMatchObject({
      name: "ExecutionDoesNotExist",
    });
    await expect(
      client.send(
        new StartExecutionCommand({ stateMachineArn: "arn:aws:states:us-east-1:0:stateMachine:none" }),
      ),
    ).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });
});

describe("a definition", () => {
  const load = (state: object) =>
    loadDefinition("m", { StartAt: "S", States: { S: { End: true, ...state } } }).States["S"];
  const task = {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: "f", Payload: {} },
  };

  it.each([
    ["JSONata", { ...task, QueryLanguage: "JSONata" }, /JSONata/],
    ["Assign", { ...task, Assign: {} }, /Assign/],
    ["a heartbeat", { ...task, HeartbeatSeconds: 5 }, /Heartbeat/],
    ["a Map", { Type: "Map" }, /Map/],
    ["another service", { ...task, Resource: "arn:aws:states:::sqs:sendMessage" }, /sqs/],
    [
      "a wait whose payload lacks the token",
      { ...task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken" },
      /token/,
    ],
    ["a JSONata condition", { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "S" }] }, /JSONata/],
  ])("with %s is refused when it is loaded", (_what, state, why) => {
    expect(() => load(state)).toThrow(why);
  });

  it("never has a time-out that a timer cannot hold", () => {
    expect(load(task)).toMatchObject({ TimeoutSeconds: 2_147_483 });
    expect(load({ ...task, TimeoutSeconds: 30_000_000 })).toMatchObject({ TimeoutSeconds: 2_147_483 });
    expect(load({ ...task, TimeoutSeconds: 5 })).toMatchObject({ TimeoutSeconds: 5 });
  });
});
