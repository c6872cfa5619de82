/** What a plan says of each resource the local cloud runs. */
import type { ApiPlan } from "./api-plan.ts";
import type { Properties } from "./intrinsics.ts";

export interface TablePlan {
  readonly name: string;
  /** The properties of `AWS::DynamoDB::Table`, resolved: a superset of CreateTable's input. */
  readonly properties: Properties;
  readonly ttlAttribute: string | undefined;
}
export interface CorsRule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAgeSeconds: number | undefined;
}
export interface BucketPlan {
  readonly name: string;
  readonly cors: readonly CorsRule[];
  /** "Object Created" events reach the default bus. */
  readonly events: boolean;
}
export interface FunctionPlan {
  readonly name: string;
  /** The name it goes by in the code (`contracts/env.ts`). */
  readonly label: string;
  /** Folder with the bundle; undefined for code written in the template, which CDK's own helpers use. */
  readonly folder: string | undefined;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}
export interface MappingPlan {
  readonly functionName: string;
  readonly tableName: string;
  readonly batchSize: number;
  /** Tries after the first; -1 is for ever. */
  readonly retries: number;
  readonly bisect: boolean;
  readonly reportsItems: boolean;
  /** Event patterns; a record passes when any matches. Empty: all pass. */
  readonly filters: readonly Properties[];
}
export interface RulePlan {
  readonly name: string;
  /** `rate(1 minute)`; undefined for a rule with a pattern. */
  readonly schedule: string | undefined;
  readonly pattern: Properties | undefined;
  readonly targets: readonly { readonly functionName: string; readonly input: string | undefined }[];
}
export interface MachinePlan {
  readonly name: string;
  readonly arn: string;
  readonly definition: unknown;
}
export interface ConfigurationSetPlan {
  readonly name: string;
  /** Kinds of events sent to the default bus: `SEND`, `BOUNCE`, … */
  readonly eventTypes: readonly string[];
}
export interface Plan {
  readonly tables: readonly TablePlan[];
  readonly buckets: readonly BucketPlan[];
  readonly functions: readonly FunctionPlan[];
  readonly mappings: readonly MappingPlan[];
  readonly rules: readonly RulePlan[];
  readonly machines: readonly MachinePlan[];
  readonly configurationSets: readonly ConfigurationSetPlan[];
  /** Names of the secrets. */
  readonly secrets: readonly string[];
  /** User pools by ARN, with the client ids that may call. */
  readonly userPools: readonly { readonly id: string; readonly clientIds: readonly string[] }[];
  readonly apis: readonly ApiPlan[];
}
