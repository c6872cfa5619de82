import { readFileSync } from "node:fs";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it, vi } from "vitest";
import { ENVIRONMENTS, type FunctionName } from "../../lambdas/contracts/env.ts";
import { buildApp } from "../../lib/app.ts";
import { FUNCTIONS } from "../../lib/functions.ts";
import { ARTICLES } from "../../lib/monitoring/board.ts";
import { LOGGED } from "../../lib/monitoring/logged.ts";
import { brandFile, folder, listed, ofType, type Resource, SITE, templates } from "./assembly.ts";

const { all, data, service } = await templates();
const functions = ofType(all, "AWS::Lambda::Function");
const names = Object.keys(ENVIRONMENTS) as FunctionName[];
const named = (value: unknown): string => {
  const { Ref: ref, "Fn::GetAtt": attribute } = value as { Ref?: string; "Fn::GetAtt"?: string[] };
  return ref ?? attribute?.[0] ?? "";
};
const idOf = (name: FunctionName): string =>
  functions.find(([, { Properties: of }]) => of["FunctionName"] === `after-sales-${name}`)?.[0] ?? "";

describe.each(names)("%s", (name) => {
  const fn = all[idOf(name)] as Resource;

  it("runs on Node 24, traced, with a size and a time of its own", () => {
    expect(fn.Properties).toMatchObject({
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
      MemorySize: FUNCTIONS[name].memory,
      Timeout: FUNCTIONS[name].timeout,
    });
    expect(fn.Properties["ReservedConcurrentExecutions"]).toBeUndefined();
  });

  it("gets exactly the environment it parses", () => {
    const { Variables: variables } = fn.Properties["Environment"] as { Variables: Record<string, unknown> };
    expect(Object.keys(variables).sort()).toEqual(Object.keys(ENVIRONMENTS[name].shape).sort());
  });

  it("logs into a group of its own that ends after half a year and is encrypted", () => {
    const { LogGroup: group } = fn.Properties["LoggingConfig"] as { LogGroup: unknown };
    expect(all[named(group)]?.Properties).toMatchObject({
      LogGroupName: `/after-sales/${name}`,
      RetentionInDays: 180,
      KmsKeyId: expect.anything(),
    });
  });

  it("has alarms that say what the customer suffers", () => {
    const alarms = ofType(all, "AWS::CloudWatch::Alarm").map(([, { Properties: of }]) => of);
    for (const kind of ["errors", "throttles"]) {
      const alarm = alarms.find((one) => one["AlarmName"] === `after-sales-${name}-${kind}`);
      expect(alarm?.["AlarmDescription"]).toContain(FUNCTIONS[name].suffering);
      expect(alarm?.["AlarmActions"]).toHaveLength(1);
    }
  });
});

describe("asynchronous edges", () => {
  it("every stream consumer filters, halves, reports single failures, gives up in bounds, and keeps what failed", () => {
    const mappings = ofType(all, "AWS::Lambda::EventSourceMapping");
    expect(mappings).toHaveLength(2);
    for (const [id, { Properties: of }] of mappings) {
      expect(of, id).toMatchObject({
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 10,
        MaximumRecordAgeInSeconds: 21_600,
        StartingPosition: "TRIM_HORIZON",
        FilterCriteria: { Filters: expect.anything() },
      });
      const { OnFailure: failure } = of["DestinationConfig"] as { OnFailure: { Destination: unknown } };
      expect(all[named(failure.Destination)]?.Type).toBe("AWS::SQS::Queue");
    }
  });

  it("the stream wakes a function only for its own items", () => {
    const patterns = ofType(all, "AWS::Lambda::EventSourceMapping").map(([, { Properties: of }]) =>
      (of["FilterCriteria"] as { Filters: { Pattern: string }[] }).Filters.map(
        ({ Pattern: pattern }) => JSON.parse(pattern) as unknown,
      ),
    );
    expect(patterns).toEqual([
      [
        { eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: [{ prefix: "EXECUTION#" }] } } } },
        {
          dynamodb: {
            Keys: { sk: { S: [{ prefix: "WAIT#" }] } },
            NewImage: {
              token: { S: [{ exists: true }] },
              answer: { M: { outcome: { S: [{ exists: true }] } } },
              dueAt: { S: [{ exists: true }] },
            },
          },
        },
        {
          dynamodb: {
            Keys: { sk: { S: [{ prefix: "SETTLEMENT#" }] } },
            NewImage: { dueAt: { S: [{ exists: true }] } },
          },
        },
      ],
      [
        {
          dynamodb: {
            Keys: { sk: { S: [{ prefix: "MAIL#" }] } },
            NewImage: { status: { S: ["wanted"] } },
          },
        },
      ],
    ]);
  });

  it("every rule of EventBridge tries again in bounds and keeps what it could not deliver", () => {
    const rules = ofType(all, "AWS::Events::Rule");
    expect(rules).toHaveLength(4);
    for (const [id, { Properties: of }] of rules)
      for (const target of listed(of["Targets"]) as Record<string, unknown>[]) {
        expect(target["RetryPolicy"], id).toMatchObject({
          MaximumEventAgeInSeconds: expect.any(Number),
          MaximumRetryAttempts: expect.any(Number),
        });
        const queue = (target["DeadLetterConfig"] as { Arn: unknown }).Arn;
        expect(all[named(queue)]?.Type, id).toBe("AWS::SQS::Queue");
      }
  });

  it("every function that EventBridge invokes keeps the event it failed for", () => {
    const invoked = ofType(all, "AWS::Events::Rule").flatMap(([, { Properties: of }]) =>
      (listed(of["Targets"]) as { Arn: unknown }[]).map((target) => named(target.Arn)),
    );
    const kept = ofType(all, "AWS::Lambda::EventInvokeConfig").map(([, { Properties: of }]) => {
      expect(of["DestinationConfig"]).toMatchObject({ OnFailure: { Destination: expect.anything() } });
      return named(of["FunctionName"]);
    });
    expect(kept.sort()).toEqual(invoked.sort());
  });

  it("every queue for failures is encrypted, keeps 14 days and alarms", () => {
    const queues = ofType(all, "AWS::SQS::Queue");
    for (const [id, { Properties: of }] of queues)
      expect(of, id).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    const alarms = ofType(all, "AWS::CloudWatch::Alarm").filter(([, alarm]) =>
      JSON.stringify(alarm).includes("ApproximateNumberOfMessagesVisible"),
    );
    // One queue holds alarms that could not be mailed; an alarm on it would end there as well.
    expect(alarms).toHaveLength(queues.length - 1);
  });

  it("time, files and mail arrive by these rules", () => {
    const rules = ofType(all, "AWS::Events::Rule").map(([, { Properties: of }]) => of);
    const of = (key: string) => rules.flatMap((rule) => (rule[key] ? [rule[key]] : []));
    expect(of("ScheduleExpression")).toEqual(["rate(1 minute)", "rate(30 minutes)"]);
    expect(of("EventPattern")).toMatchObject([
      {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { object: { key: [{ prefix: "uploads/" }] } },
      },
      { source: ["aws.ses"], "detail-type": expect.arrayContaining(["Email Sent", "Email Bounced"]) },
    ]);
  });
});

describe("the state machines", () => {
  it("log errors without what the states were given, and are traced", () => {
    const machines = ofType(all, "AWS::StepFunctions::StateMachine");
    expect(machines).toHaveLength(4);
    for (const [, { Properties: of }] of machines)
      expect(of).toMatchObject({
        LoggingConfiguration: { Level: "ERROR", IncludeExecutionData: false },
        TracingConfiguration: { Enabled: true },
      });
  });

  it("are given every function their files name", () => {
    for (const [, { Properties: of }] of ofType(all, "AWS::StepFunctions::StateMachine")) {
      const file = readFileSync(`statemachines/${String(of["StateMachineName"])}.asl.json`, "utf8");
      const wanted = new Set([...file.matchAll(/\$\{(\w+)\}/g)].map(([, one]) => one));
      expect(new Set(Object.keys(of["DefinitionSubstitutions"] as object))).toEqual(wanted);
    }
  });
});

describe("the templates", () => {
  it("keep every log in bounds and encrypted", () => {
    for (const [id, { Properties: of }] of ofType(all, "AWS::Logs::LogGroup")) {
      expect(of["RetentionInDays"], id).toBe(180);
      expect(of["KmsKeyId"], id).toBeDefined();
    }
  });

  it("hold no local endpoint, no credential and nothing of local mode", () => {
    const text = JSON.stringify([data.toJSON(), service.toJSON()]);
    expect(text).not.toMatch(/localhost|127\.0\.0\.1|AWS_ENDPOINT|\/local\/|SecretString/);
    expect(text).toContain('"FEDEX_BASE_URL":"https://apis.fedex.com"');
    expect(text).toContain('"STRIPE_BASE_URL":"https://api.stripe.com"');
    expect(text).toContain(SITE);
  });

  it("call carrier and payment provider elsewhere only where they are told to", () => {
    vi.stubEnv("FEDEX_BASE_URL", "https://carrier.example");
    vi.stubEnv("STRIPE_BASE_URL", "https://any.example");
    const built = buildApp({
      brandPath: brandFile(),
      outdir: folder("cdk-"),
      stripeBaseUrl: "https://payments.example",
      audited: false,
    });
    const text = JSON.stringify(Template.fromStack(built.service).toJSON());
    vi.unstubAllEnvs();
    expect(text).toContain('"FEDEX_BASE_URL":"https://carrier.example"');
    expect(text).toContain('"STRIPE_BASE_URL":"https://payments.example"');
  });

  it("keep the secrets of carrier and payment provider empty", () => {
    const secrets = ofType(all, "AWS::SecretsManager::Secret");
    expect(secrets.map(([id]) => id).sort()).toEqual(["FedexSecret", "StripeSecret"]);
    for (const [id, secret] of secrets) {
      expect(secret, id).toMatchObject({ DeletionPolicy: "Retain" });
      expect(Object.keys(secret.Properties).sort(), id).toEqual(["Description", "KmsKeyId", "Tags"]);
    }
  });

  it("call operations over an encrypted topic", () => {
    service.hasResourceProperties("AWS::SNS::Topic", { KmsMasterKeyId: {} });
    service.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
  });

  it("alarm once whenever a settlement or a process ends as none should, each with its own article", () => {
    const articleOf = (name: string) =>
      String(
        ofType(all, "AWS::CloudWatch::Alarm").find(
          ([, { Properties: of }]) => of["AlarmName"] === `after-sales-${name}`,
        )?.[1].Properties["AlarmDescription"],
      ).split("#")[1];
    for (const end of ["failed", "timed-out", "aborted"]) {
      expect(articleOf(`settlement-${end}`)).toBe("settlement-failed");
      for (const machine of ["complimentary-resizing", "repair-and-maintenance", "service-order"])
        expect(articleOf(`${machine}-${end}`)).toBe("process-ended");
    }
  });

  it("count every case that needs a person's decision, whoever asks for it", () => {
    const counted = ofType(all, "AWS::Logs::MetricFilter")
      .map(([, { Properties: of }]) => of)
      .filter((of) => JSON.stringify(of["FilterPattern"]).includes(LOGGED.attention));
    expect(
      counted.map((of) => String(all[named(of["LogGroupName"])]?.Properties["LogGroupName"])).sort(),
    ).toEqual(["/after-sales/clock", "/after-sales/step-ask"]);
    for (const of of counted)
      expect(of["MetricTransformations"]).toMatchObject([{ MetricName: "attention" }]);
  });

  it("alarm on silence by the missing of a metric", () => {
    const silent = ofType(all, "AWS::CloudWatch::Alarm").filter(([, { Properties: of }]) =>
      String(of["AlarmName"]).endsWith("-silent"),
    );
    expect(silent).toHaveLength(3);
    for (const [, { Properties: of }] of silent) expect(of["TreatMissingData"]).toBe("breaching");
  });

  it("send whoever an alarm wakes to an article of the runbook that is there", () => {
    const runbook = readFileSync("docs/runbooks/alarms.md", "utf8");
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([...ARTICLES]);
    const named = ofType(all, "AWS::CloudWatch::Alarm").map(
      ([, { Properties: of }]) =>
        /docs\/runbooks\/alarms\.md#([a-z-]+)$/.exec(String(of["AlarmDescription"]))?.[1],
    );
    expect(new Set(named)).toEqual(new Set(ARTICLES));
  });

  it.each([
    [LOGGED.unconfirmed, "events/clock/index.ts"],
    [LOGGED.notDone, "events/clock/index.ts"],
    [LOGGED.undelivered, "events/mail-feedback/index.ts"],
    [LOGGED.attention, "attention-needed.ts"],
  ])("alarm on the very words a function logs: %s", (message, file) => {
    expect(readFileSync(`lambdas/handlers/${file}`, "utf8")).toContain(`"${message}"`);
  });
});
