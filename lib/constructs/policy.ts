/** Turns the data of `permissions.ts` into one role a function, with one policy of its own. */
import { Aws } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { type IRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { acknowledge } from "../acknowledge.ts";
import {
  BUCKET_NAME,
  COMPLIMENTARY_RESIZING,
  DOCUMENTS,
  DUE_INDEX,
  MEDIA,
  QUEUE_INDEX,
  REPAIR_AND_MAINTENANCE,
  SERVICE_ORDER,
  SETTLEMENT,
  UPLOADS,
} from "../names.ts";
import { IMPLIED, type Permissions, type Target } from "../permissions.ts";

/** What the targets of a permission stand for. */
export interface Resources {
  readonly table: Table;
  readonly dataKey: IKey;
  readonly operationsKey: IKey;
  readonly fedexSecretArn: string;
  readonly stripeSecretArn: string;
  /** ARNs of the sender's identity and of the configuration set. */
  readonly mailIdentityArns: readonly string[];
}

const states = (resource: string) =>
  `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
/** By name, not by reference: who starts a machine must not wait for it to be made. */
export const machineArn = (name: string): string => states(`stateMachine:${name}`);
/** By name, so that the finding it answers stays readable. */
const BUCKET_ARN = `arn:${Aws.PARTITION}:s3:::${BUCKET_NAME}`;
const objects = (prefix: string) => `${BUCKET_ARN}/${prefix}*`;
/** Those that move cases. */
const MACHINES = [COMPLIMENTARY_RESIZING, REPAIR_AND_MAINTENANCE, SERVICE_ORDER];

const arnsOf = (target: Target, of: Resources): string[] => {
  switch (target) {
    case "table":
      return [of.table.tableArn];
    case "index:queue":
      return [`${of.table.tableArn}/index/${QUEUE_INDEX}`];
    case "index:due":
      return [`${of.table.tableArn}/index/${DUE_INDEX}`];
    case "uploads":
      return [objects(UPLOADS)];
    case "media":
      return [objects(MEDIA)];
    case "documents":
      return [objects(DOCUMENTS)];
    case "machines":
      return MACHINES.map(machineArn);
    case "settlement-machine":
      return [machineArn(SETTLEMENT)];
    case "executions":
      return MACHINES.map((name) => states(`execution:${name}:*`));
    case "fedex-secret":
      return [of.fedexSecretArn];
    case "stripe-secret":
      return [of.stripeSecretArn];
    case "mail-identity":
      return [...of.mailIdentityArns];
  }
};

const via = (service: string) => ({
  StringEquals: { "kms:ViaService": `${service}.${Aws.REGION}.amazonaws.com` },
});

/** What AWS does with keys in the caller's name, given what it may call. */
const keyStatements = (permissions: Permissions, streams: boolean, of: Resources): PolicyStatement[] => {
  const files = (["uploads", "media", "documents"] as const).flatMap((target) => permissions[target] ?? []);
  const statements: PolicyStatement[] = [];
  const add = (sid: string, service: string, key: IKey, actions: readonly string[]) =>
    statements.push(
      new PolicyStatement({ sid, actions: [...actions], resources: [key.keyArn], conditions: via(service) }),
    );
  if (permissions.table || streams)
    add("TableKey", "dynamodb", of.dataKey, permissions.table ? IMPLIED.tableKey : IMPLIED.readKey);
  if (files.includes("s3:PutObject")) add("FilesKey", "s3", of.dataKey, IMPLIED.writeKey);
  else if (files.length > 0) add("FilesKey", "s3", of.dataKey, IMPLIED.readKey);
  if (permissions["fedex-secret"] || permissions["stripe-secret"])
    add("SecretKey", "secretsmanager", of.operationsKey, IMPLIED.readKey);
  return statements;
};

/** Resources that cannot be named one by one, by how they end, and why. */
const WILDCARDS: Readonly<Record<string, string>> = {
  "*": "X-Ray, the list of streams and Step Functions' log delivery know no resource-level permissions.",
  [`/${UPLOADS}*`]: "Each case has files of its own under this prefix.",
  [`/${MEDIA}*`]: "Each case has files of its own under this prefix.",
  [`/${DOCUMENTS}*`]: "Each case has files of its own under this prefix.",
  ...Object.fromEntries(
    MACHINES.map((name) => [`:${name}:*`, "Each case has executions of its own on this machine."]),
  ),
  ":log-group:*": "API Gateway tries its role on log groups of its own choosing before it accepts it.",
};

/** How cdk-nag writes an ARN in the id of a finding. */
const findingOf = (arn: string): string =>
  arn
    .replaceAll(Aws.PARTITION, "<AWS::Partition>")
    .replaceAll(Aws.REGION, "<AWS::Region>")
    .replaceAll(Aws.ACCOUNT_ID, "<AWS::AccountId>");

/**
 * A role with one policy of its own, made before the role, so that whatever assumes it may at once do what it must.
 * CDK is kept from adding to it: what it may do stands in `permissions.ts` alone.
 */
export const roleOf = (
  scope: Construct,
  id: string,
  service: string,
  statements: readonly PolicyStatement[],
): IRole => {
  const policy = new ManagedPolicy(scope, `${id}Policy`, { statements: [...statements] });
  for (const resource of statements.flatMap((statement) => statement.resources))
    for (const [ending, reason] of Object.entries(WILDCARDS))
      if (resource === ending || (ending !== "*" && resource.endsWith(ending)))
        acknowledge(policy, reason, `AwsSolutions-IAM5[Resource::${findingOf(resource)}]`);
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal(service),
    managedPolicies: [policy],
  });
  return role.withoutPolicyUpdates();
};

export interface FunctionRoleProps {
  readonly permissions: Permissions;
  readonly resources: Resources;
  readonly logGroupArn: string;
  /** Reads the table's stream. */
  readonly streams: boolean;
  /** Where its failed events go. */
  readonly failuresArn: string | undefined;
}

/** The role of one function: what it calls, and what AWS does in its name. */
export const functionRole = (scope: Construct, id: string, props: FunctionRoleProps): IRole => {
  const { permissions, resources, streams, failuresArn } = props;
  const statements = [
    ...(Object.keys(permissions) as Target[]).map(
      (target) =>
        new PolicyStatement({
          actions: [...(permissions[target] ?? [])],
          resources: arnsOf(target, resources),
        }),
    ),
    ...keyStatements(permissions, streams, resources),
    // Only who removes a file comes upon one that is gone.
    ...(permissions.uploads?.includes("s3:DeleteObject")
      ? [new PolicyStatement({ sid: "Absence", actions: [...IMPLIED.absence], resources: [BUCKET_ARN] })]
      : []),
    new PolicyStatement({ sid: "Logs", actions: [...IMPLIED.logs], resources: [props.logGroupArn] }),
    new PolicyStatement({ sid: "Tracing", actions: [...IMPLIED.tracing], resources: ["*"] }),
    ...(streams
      ? [
          new PolicyStatement({
            sid: "Stream",
            actions: [...IMPLIED.stream],
            resources: [resources.table.tableStreamArn ?? ""],
          }),
          new PolicyStatement({ sid: "Streams", actions: [...IMPLIED.streams], resources: ["*"] }),
        ]
      : []),
    ...(failuresArn
      ? [new PolicyStatement({ sid: "Failures", actions: [...IMPLIED.failures], resources: [failuresArn] })]
      : []),
  ];
  return roleOf(scope, id, "lambda.amazonaws.com", statements);
};
