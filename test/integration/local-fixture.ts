/** A small assembly of its own for the local cloud: a table, a bucket, a machine and some functions of a few lines. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCloud } from "../../local/cloud.ts";
import type { Cloud, CloudOptions } from "../../local/cloud-types.ts";

type Json = Record<string, unknown>;

export interface Fixture {
  /** Name → CommonJS source of `index.js`. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Further properties of a function. */
  readonly properties?: Readonly<Record<string, Json>>;
  readonly environment?: Readonly<Record<string, Json>>;
  /** Name → definition; `${NameArn}` stands for a function's ARN. */
  readonly machines?: Readonly<Record<string, Json>>;
  /** Further resources of the service stack. */
  readonly resources?: Json;
}

const pascal = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_whole, _dash, letter: string) => letter.toUpperCase());
const arnOf = (name: string): Json => ({ "Fn::GetAtt": [`Fn${pascal(name)}`, "Arn"] });
const getAtt = (logicalId: string, attribute: string): Json => ({
  "Fn::GetAtt": [logicalId, attribute],
});

const DATA_RESOURCES: Json = {
  Table: {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      TableName: "fixture",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: ["pk", "sk", "dueList", "dueAt"].map((name) => ({
        AttributeName: name,
        AttributeType: "S",
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: "due",
          KeySchema: [
            { AttributeName: "dueList", KeyType: "HASH" },
            { AttributeName: "dueAt", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    },
  },
  Bucket: {
    Type: "AWS::S3::Bucket",
    Properties: {
      BucketName: "fixture-files",
      CorsConfiguration: {
        CorsRules: [
          { AllowedOrigins: ["http://localhost:3000"], AllowedMethods: ["POST"], AllowedHeaders: ["*"] },
        ],
      },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    },
  },
  Pool: { Type: "AWS::Cognito::UserPool", Properties: {} },
  Client: { Type: "AWS::Cognito::UserPoolClient", Properties: { UserPoolId: { Ref: "Pool" } } },
};

const exported = (logicalId: string, value: unknown): Json => ({
  Value: value,
  Export: { Name: `FixtureData:${logicalId}` },
});
export const imported = (logicalId: string): Json => ({ "Fn::ImportValue": `FixtureData:${logicalId}` });

/** Writes the assembly under a folder. @returns its path. */
export const writeAssembly = (folder: string, fixture: Fixture): string => {
  const out = join(folder, "assembly");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const files: Json = {};
  const asset = (key: string, path: string): void => {
    files[key] = { source: { path }, destinations: { here: { objectKey: key } } };
  };
  const resources: Json = { Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "fixture" } } };
  for (const [name, source] of Object.entries(fixture.functions ?? {})) {
    mkdirSync(join(out, `asset.${name}`));
    writeFileSync(join(out, `asset.${name}`, "index.js"), source);
    asset(`${name}.zip`, `asset.${name}`);
    resources[`Fn${pascal(name)}`] = {
      Type: "AWS::Lambda::Function",
      Properties: {
        FunctionName: `fixture-${name}`,
        Handler: "index.handler",
        Timeout: 10,
        Code: { S3Bucket: "assets", S3Key: `${name}.zip` },
        Environment: {
          Variables: {
            TABLE_NAME: imported("TableName"),
            BUCKET_NAME: imported("BucketName"),
            ...fixture.environment?.[name],
          },
        },
        ...fixture.properties?.[name],
      },
    };
  }
  for (const [name, definition] of Object.entries(fixture.machines ?? {})) {
    writeFileSync(join(out, `${name}.asl.json`), JSON.stringify(definition));
    asset(`${name}.json`, `${name}.asl.json`);
    resources[`Machine${pascal(name)}`] = {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: {
        StateMachineName: name,
        DefinitionS3Location: { Bucket: "assets", Key: `${name}.json` },
        DefinitionSubstitutions: Object.fromEntries(
          Object.keys(fixture.functions ?? {}).map((fn) => [`${pascal(fn)}Arn`, arnOf(fn)]),
        ),
      },
    };
  }
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(out, name), JSON.stringify(content));
  write("data.json", {
    Resources: DATA_RESOURCES,
    Outputs: {
      TableName: exported("TableName", { Ref: "Table" }),
      TableStream: exported("TableStream", getAtt("Table", "StreamArn")),
      BucketName: exported("BucketName", { Ref: "Bucket" }),
      PoolArn: exported("PoolArn", getAtt("Pool", "Arn")),
    },
  });
  write("service.json", { Resources: { ...resources, ...fixture.resources } });
  write("assets.json", { files });
  const stack = (templateFile: string) => ({
    type: "aws:cloudformation:stack",
    properties: { templateFile },
  });
  write("manifest.json", {
    artifacts: {
      FixtureData: stack("data.json"),
      FixtureService: stack("service.json"),
      assets: { type: "cdk:asset-manifest", properties: { file: "assets.json" } },
    },
  });
  return out;
};

/** Resources of one route; `path` of one part. */
export const route = (
  id: string,
  path: string,
  method: string,
  fn: string,
  more: { readonly method?: Json; readonly timeoutMs?: number } = {},
): Json => ({
  [`Resource${id}`]: {
    Type: "AWS::ApiGateway::Resource",
    Properties: {
      ParentId: { Ref: "ResourceV1" },
      PathPart: path,
      RestApiId: { Ref: "Api" },
    },
  },
  [`Method${id}`]: {
    Type: "AWS::ApiGateway::Method",
    Properties: {
      HttpMethod: method,
      ResourceId: { Ref: `Resource${id}` },
      RestApiId: { Ref: "Api" },
      AuthorizationType: "NONE",
      Integration: {
        Type: "AWS_PROXY",
        Uri: {
          "Fn::Join": [
            "",
            ["arn:aws:apigateway:x:lambda:path/2015-03-31/functions/", arnOf(fn), "/invocations"],
          ],
        },
        ...(more.timeoutMs ? { TimeoutInMillis: more.timeoutMs } : {}),
      },
      ...more.method,
    },
  },
});
/** The parent of `route`s. */
export const V1: Json = {
  ResourceV1: {
    Type: "AWS::ApiGateway::Resource",
    Properties: { ParentId: getAtt("Api", "RootResourceId"), PathPart: "v1", RestApiId: { Ref: "Api" } },
  },
};

export const streamMapping = (fn: string, more: Json = {}): Json => ({
  Type: "AWS::Lambda::EventSourceMapping",
  Properties: {
    FunctionName: { Ref: `Fn${pascal(fn)}` },
    EventSourceArn: imported("TableStream"),
    BatchSize: 10,
    MaximumRetryAttempts: 3,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    ...more,
  },
});

export const rule = (fn: string, more: Json): Json => ({
  Type: "AWS::Events::Rule",
  Properties: { State: "ENABLED", Targets: [{ Id: "Target0", Arn: arnOf(fn) }], ...more },
});

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "local-cloud-"));

/** A cloud over a fixture, in a folder of its own. */
export const startFixture = (
  folder: string,
  fixture: Fixture,
  options: Partial<CloudOptions> = {},
): Promise<Cloud> =>
  startCloud({
    dataDir: join(folder, "data"),
    assembly: writeAssembly(folder, fixture),
    seed: false,
    ...options,
  });

/** Source of a function that keeps what it was called with in a file, one JSON a line. */
export const recorder = (file: string, answer = "undefined"): string =>
  `const { appendFileSync } = require("node:fs");
exports.handler = async (event) => { appendFileSync(${JSON.stringify(file)}, JSON.stringify(event) + "\\n"); return ${answer}; };`;
