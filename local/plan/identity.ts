/** The names and ARNs of resources on this machine: what `Ref` and `Fn::GetAtt` answer, type by type. */
import { ACCOUNT, type Identity, REGION, type Resource, type Stack } from "./intrinsics.ts";

const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** Properties in which a template may give a physical name. */
const NAME_PROPERTY: Readonly<Record<string, string>> = {
  "AWS::DynamoDB::Table": "TableName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::StepFunctions::StateMachine": "StateMachineName",
  "AWS::SecretsManager::Secret": "Name",
  "AWS::SES::ConfigurationSet": "Name",
  "AWS::SES::EmailIdentity": "EmailIdentity",
  "AWS::SQS::Queue": "QueueName",
  "AWS::SNS::Topic": "TopicName",
  "AWS::Events::Rule": "Name",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::IAM::Role": "RoleName",
};

/** The physical name: the template's where it gives a plain one, else stack and logical id, as CloudFormation does. */
export const physicalName = (stack: Stack, logicalId: string, resource: Resource): string => {
  const property = NAME_PROPERTY[resource.Type];
  const given = property ? resource.Properties?.[property] : undefined;
  if (typeof given === "string") return given;
  const name = `${stack.name}-${logicalId}`;
  // Bucket names are lower case and at most 63 characters.
  return resource.Type === "AWS::S3::Bucket" ? name.toLowerCase().slice(0, 63) : name;
};

export const functionArn = (name: string): string => arn("lambda", `function:${name}`);
const tableArn = (name: string): string => arn("dynamodb", `table/${name}`);
const machineArn = (name: string): string => arn("states", `stateMachine:${name}`);
export const ruleArn = (name: string): string => arn("events", `rule/${name}`);

/** The ARN of a resource; types without a form of their own get a plain one, which nothing here reads. */
const arnOf = (type: string, name: string): string => {
  switch (type) {
    case "AWS::DynamoDB::Table":
      return tableArn(name);
    case "AWS::S3::Bucket":
      return `arn:aws:s3:::${name}`;
    case "AWS::Lambda::Function":
      return functionArn(name);
    case "AWS::StepFunctions::StateMachine":
      return machineArn(name);
    case "AWS::SecretsManager::Secret":
      return arn("secretsmanager", `secret:${name}`);
    case "AWS::Cognito::UserPool":
      return arn("cognito-idp", `userpool/${name}`);
    case "AWS::Events::Rule":
      return ruleArn(name);
    case "AWS::SQS::Queue":
      return arn("sqs", name);
    case "AWS::SNS::Topic":
      return arn("sns", name);
    case "AWS::KMS::Key":
      return arn("kms", `key/${name}`);
    case "AWS::Logs::LogGroup":
      return `${arn("logs", `log-group:${name}`)}:*`;
    case "AWS::IAM::Role":
      return `arn:aws:iam::${ACCOUNT}:role/${name}`;
    case "AWS::SES::ConfigurationSet":
      return arn("ses", `configuration-set/${name}`);
    default:
      return arn(type.split("::").slice(1).join("-").toLowerCase(), name);
  }
};

/** Types whose `Ref` is their ARN. */
const REF_IS_ARN = new Set([
  "AWS::StepFunctions::StateMachine",
  "AWS::SecretsManager::Secret",
  "AWS::SNS::Topic",
]);

export const identity: Identity = {
  ref: (stack, logicalId, resource) => {
    const name = physicalName(stack, logicalId, resource);
    if (REF_IS_ARN.has(resource.Type)) return arnOf(resource.Type, name);
    if (resource.Type === "AWS::SQS::Queue") return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
    return name;
  },
  attribute: (stack, logicalId, resource, attribute) => {
    const name = physicalName(stack, logicalId, resource);
    switch (attribute) {
      case "Arn":
      case "TopicArn":
        return arnOf(resource.Type, name);
      case "StreamArn":
        return `${arnOf(resource.Type, name)}/stream/local`;
      case "Name":
      case "QueueName":
        return name;
      case "DomainName":
      case "RegionalDomainName":
        return `${name}.s3.${REGION}.amazonaws.com`;
      default:
        // Root resources, key ids and the like are only compared and joined, never called.
        return `${name}.${attribute}`;
    }
  },
};
