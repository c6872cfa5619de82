/** What is to be run, read from the synthesized templates: the only list of tables, functions, routes and the like. */
import { readFileSync } from "node:fs";
import { ENVIRONMENTS } from "../../lambdas/contracts/env.ts";
import { checkPattern } from "../event-pattern.ts";
import { readApi } from "./api-plan.ts";
import type { Assembly } from "./assembly.ts";
import { identity, physicalName } from "./identity.ts";
import { createResolver, type Properties, type Stack } from "./intrinsics.ts";
import type {
  BucketPlan,
  ConfigurationSetPlan,
  FunctionPlan,
  MachinePlan,
  MappingPlan,
  Plan,
  RulePlan,
  TablePlan,
} from "./plan-types.ts";
import { object, objects, text, texts } from "./values.ts";

const lastPart = (arn: unknown): string => text(arn).split(/[:/]/).at(-1) ?? "";
/** `arn:aws:dynamodb:…:table/NAME/stream/…` → NAME. */
const tableOfStream = (arn: unknown): string => /table\/([^/]+)/.exec(text(arn))?.[1] ?? "";

/** `after-sales-step-ask` → `step-ask`. */
const labelOf = (name: string): string =>
  Object.keys(ENVIRONMENTS).find((known) => name === known || name.endsWith(`-${known}`)) ?? name;

interface Found {
  readonly stack: Stack;
  readonly id: string;
  readonly name: string;
  readonly properties: Properties;
}

/**
 * @param localise applied to every string of the templates: where the brand's site becomes the local address.
 * @throws when a template uses what cannot be run here.
 */
export const readPlan = (
  assembly: Assembly,
  localise: (value: string) => string = (value) => value,
): Plan => {
  const stacks = assembly.stacks.map(
    (stack): Stack => ({
      name: stack.name,
      template: JSON.parse(JSON.stringify(stack.template), (_key, value: unknown) =>
        typeof value === "string" ? localise(value) : value,
      ) as Stack["template"],
    }),
  );
  const resolver = createResolver(stacks, identity);
  const all = (type: string): Found[] =>
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => ({
          stack,
          id,
          name: physicalName(stack, id, resource),
          properties: resolver.properties(stack, id),
        })),
    );

  const tables = all("AWS::DynamoDB::Table").map(({ name, properties }): TablePlan => {
    const ttl = object(properties["TimeToLiveSpecification"]);
    return { name, properties, ttlAttribute: ttl["Enabled"] ? text(ttl["AttributeName"]) : undefined };
  });

  const buckets = all("AWS::S3::Bucket").map(
    ({ name, properties }): BucketPlan => ({
      name,
      cors: objects(object(properties["CorsConfiguration"])["CorsRules"]).map((rule) => ({
        origins: texts(rule["AllowedOrigins"]),
        methods: texts(rule["AllowedMethods"]),
        headers: texts(rule["AllowedHeaders"]),
        exposed: texts(rule["ExposedHeaders"]),
        maxAgeSeconds: rule["MaxAge"] === undefined ? undefined : Number(rule["MaxAge"]),
      })),
      events: Boolean(object(properties["NotificationConfiguration"])["EventBridgeConfiguration"]),
    }),
  );

  const functions = all("AWS::Lambda::Function").map(({ name, properties }): FunctionPlan => {
    const code = object(properties["Code"]);
    return {
      name,
      label: labelOf(name),
      folder: code["S3Key"] === undefined ? undefined : assembly.assetPath(text(code["S3Key"])),
      handler: text(properties["Handler"] ?? "index.handler"),
      timeoutSeconds: Number(properties["Timeout"] ?? 3),
      memoryMb: Number(properties["MemorySize"] ?? 128),
      environment: Object.fromEntries(
        Object.entries(object(object(properties["Environment"])["Variables"])).map(([key, value]) => [
          key,
          text(value),
        ]),
      ),
    };
  });

  const mappings = all("AWS::Lambda::EventSourceMapping").map(
    ({ properties }): MappingPlan => ({
      functionName: lastPart(properties["FunctionName"]),
      tableName: tableOfStream(properties["EventSourceArn"]),
      batchSize: Number(properties["BatchSize"] ?? 100),
      retries: Number(properties["MaximumRetryAttempts"] ?? -1),
      bisect: properties["BisectBatchOnFunctionError"] === true,
      reportsItems: texts(properties["FunctionResponseTypes"]).includes("ReportBatchItemFailures"),
      filters: objects(object(properties["FilterCriteria"])["Filters"]).map(
        (filter) => JSON.parse(text(filter["Pattern"])) as Properties,
      ),
    }),
  );

  const rules = all("AWS::Events::Rule")
    .filter(({ properties }) => properties["State"] !== "DISABLED")
    .map(({ name, properties }): RulePlan => {
      const targets = objects(properties["Targets"]);
      const strange = targets.find((target) => target["InputTransformer"] || target["InputPath"]);
      if (strange) throw new Error(`rule ${name}: only a plain Input is run locally`);
      return {
        name,
        schedule:
          properties["ScheduleExpression"] === undefined ? undefined : text(properties["ScheduleExpression"]),
        pattern: properties["EventPattern"] as Properties | undefined,
        targets: targets
          .filter((target) => text(target["Arn"]).includes(":function:"))
          .map((target) => ({
            functionName: lastPart(target["Arn"]),
            input: target["Input"] === undefined ? undefined : text(target["Input"]),
          })),
      };
    });

  const machines = all("AWS::StepFunctions::StateMachine").map(
    ({ stack, id, name, properties }): MachinePlan => {
      const location = object(properties["DefinitionS3Location"]);
      const source =
        location["Key"] === undefined
          ? text(properties["DefinitionString"])
          : readFileSync(assembly.assetPath(text(location["Key"])), "utf8");
      const substitutions = object(properties["DefinitionSubstitutions"]);
      const definition = source.replace(/\$\{([A-Za-z0-9_-]+)\}/g, (_whole, key: string) => {
        if (!(key in substitutions)) throw new Error(`state machine ${name}: no substitution for ${key}`);
        return text(substitutions[key]);
      });
      const arn = identity.attribute(stack, id, stack.template.Resources[id] ?? { Type: "" }, "Arn");
      return { name, arn: text(arn), definition: JSON.parse(definition) };
    },
  );

  const destinations = all("AWS::SES::ConfigurationSetEventDestination");
  const configurationSets = all("AWS::SES::ConfigurationSet").map(
    ({ name }): ConfigurationSetPlan => ({
      name,
      eventTypes: destinations
        .filter(({ properties }) => properties["ConfigurationSetName"] === name)
        .map(({ properties }) => object(properties["EventDestination"]))
        .filter((destination) => destination["EventBridgeDestination"] && destination["Enabled"] !== false)
        .flatMap((destination) => texts(destination["MatchingEventTypes"]).map((type) => type.toUpperCase())),
    }),
  );

  for (const { filters } of mappings) for (const filter of filters) checkPattern(filter);
  for (const { pattern } of rules) if (pattern) checkPattern(pattern);

  const clients = all("AWS::Cognito::UserPoolClient");
  return {
    tables,
    buckets,
    functions,
    mappings,
    rules,
    machines,
    configurationSets,
    secrets: all("AWS::SecretsManager::Secret").map(({ name }) => name),
    userPools: all("AWS::Cognito::UserPool").map(({ name }) => ({
      id: name,
      clientIds: clients
        .filter(({ properties }) => properties["UserPoolId"] === name)
        .map((client) => client.name),
    })),
    apis: readApi(all),
  };
};

export type { Found };
