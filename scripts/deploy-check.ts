/**
 * Says what is still to be done by hand around `cdk deploy --all`, and how: `npm run deploy-check`, before and after.
 * It only reads. Account and region come from the environment, as for the AWS command line.
 */
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  CognitoIdentityProviderClient,
  ListUsersInGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { ListSubscriptionsByTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { loadBrand } from "../lambdas/contracts/brand.ts";
import { brandPath } from "./bundle.ts";
import { type Account, checkDeployment, reportOf } from "./deployment.ts";

const cloudFormation = new CloudFormationClient();
const ses = new SESv2Client();
const secrets = new SecretsManagerClient();
const cognito = new CognitoIdentityProviderClient();
const sns = new SNSClient();

/** What AWS says of something that is not there; everything else is a failure to ask. */
const unlessAbsent = async <T>(call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call;
  } catch (error) {
    const { name, message } = error as Error;
    const absent = /NotFound/.test(name) || (name === "ValidationError" && /does not exist/.test(message));
    if (absent) return undefined;
    throw error;
  }
};

const account: Account = {
  async stack(name) {
    const answer = await unlessAbsent(cloudFormation.send(new DescribeStacksCommand({ StackName: name })));
    const stack = answer?.Stacks?.[0];
    if (!stack) return undefined;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [
      OutputKey,
      OutputValue,
    ]);
    return { status: stack.StackStatus ?? "", outputs: Object.fromEntries(outputs) };
  },
  async identityVerified(identity) {
    const answer = await unlessAbsent(ses.send(new GetEmailIdentityCommand({ EmailIdentity: identity })));
    return answer && answer.VerifiedForSendingStatus === true;
  },
  async productionAccess() {
    return (await ses.send(new GetAccountCommand({}))).ProductionAccessEnabled === true;
  },
  async secret(id) {
    return (await unlessAbsent(secrets.send(new GetSecretValueCommand({ SecretId: id }))))?.SecretString;
  },
  async peopleIn(userPoolId, group) {
    const answer = await cognito.send(
      new ListUsersInGroupCommand({ UserPoolId: userPoolId, GroupName: group, Limit: 1 }),
    );
    return answer.Users?.length ?? 0;
  },
  async confirmedSubscribers(topicArn) {
    const { Subscriptions = [] } = await sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }),
    );
    return Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith("arn:")).length;
  },
};

try {
  const findings = await checkDeployment(account, loadBrand(brandPath()));
  console.log(reportOf(findings));
  if (findings.some(({ done }) => !done)) process.exitCode = 1;
} catch (error) {
  console.error(`AWS could not be asked: ${(error as Error).name}: ${(error as Error).message}`);
  console.error("Account and region come from the environment: AWS_PROFILE (or keys) and AWS_REGION.");
  process.exitCode = 2;
}
