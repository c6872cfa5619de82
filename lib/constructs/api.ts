/** The REST API: every route of the contract, and nothing else. */
import { Aws, RemovalPolicy } from "aws-cdk-lib";
import {
  AccessLogField,
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  type IRestApi,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RequestValidator,
  RestApi,
} from "aws-cdk-lib/aws-apigateway";
import type { IUserPool } from "aws-cdk-lib/aws-cognito";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { type ApiFunction, ROUTES, type Route } from "../../lambdas/contracts/routes.ts";
import { acknowledge } from "../acknowledge.ts";
import { GATEWAY_RESPONSES } from "../gateway-problems.ts";
import type { Operations } from "./operations.ts";
import { roleOf } from "./policy.ts";
import type { ServiceFunction } from "./service-function.ts";

/** Requests a second, and how many at once, over all callers: far above need, far below what would ruin. */
const RATE = 100;
const BURST = 200;
const STAGE = "live";

/** Why the gateway itself lets everybody through. */
const UNLOCKED = {
  link: "The customer's mailed link is her key; the function checks it in the same read that loads the case.",
  none: "Open to everybody by contract: a customer has no account before she has a case.",
  webhook:
    "The payment provider has no account here; the function believes a message for its signature alone, and looks at nothing before it.",
} as const;

export interface ApiProps {
  readonly functions: Readonly<Record<ApiFunction, ServiceFunction>>;
  readonly staff: IUserPool;
  readonly site: string;
  readonly operations: Operations;
}

export class Api extends Construct {
  readonly rest: RestApi;
  readonly stageArn: string;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { operations } = props;
    const origin = new URL(props.site).origin;
    const accessLogs = operations.logGroup(this, "AccessLogs", "/after-sales/api-access");
    this.rest = new RestApi(this, "Rest", {
      restApiName: "after-sales",
      description: "After-sales service",
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      defaultCorsPreflightOptions: {
        allowOrigins: [origin],
        allowMethods: ["GET", "POST", "PUT"],
        allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
      },
      deployOptions: {
        stageName: STAGE,
        throttlingRateLimit: RATE,
        throttlingBurstLimit: BURST,
        tracingEnabled: true,
        metricsEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        // Bodies and headers hold addresses and tokens.
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: accessLogFormat(),
      },
    });
    this.stageArn = this.rest.deploymentStage.stageArn;
    this.logging(operations);
    this.routes(props);
    for (const { type, statusCode, template } of GATEWAY_RESPONSES)
      this.rest.addGatewayResponse(type.responseType, {
        type,
        statusCode,
        templates: { "application/json": template },
        responseHeaders: {
          "Content-Type": "'application/problem+json'",
          "Access-Control-Allow-Origin": `'${origin}'`,
        },
      });
    this.answers();
  }

  private routes({ functions, staff }: ApiProps): void {
    const integrations = Object.fromEntries(
      Object.entries(functions).map(([name, { fn }]) => [
        name,
        // One permission a function, not one a method: its policy has a limit.
        new LambdaIntegration(fn, { scopePermissionToMethod: false }),
      ]),
    ) as Record<ApiFunction, LambdaIntegration>;
    const authorizer = new CognitoUserPoolsAuthorizer(this, "StaffAuthorizer", { cognitoUserPools: [staff] });
    // Bodies have no models here: the gateway would answer them with one string. Handlers check them.
    const requestValidator = new RequestValidator(this, "Parameters", {
      // CDK's own types do not fit each other under `exactOptionalPropertyTypes`.
      restApi: this.rest as IRestApi,
      validateRequestParameters: true,
      validateRequestBody: true,
    });
    for (const route of ROUTES) {
      const method = this.rest.root
        .resourceForPath(route.path)
        .addMethod(route.method, integrations[route.function], {
          operationName: route.operation,
          requestValidator,
          requestParameters: parameters(route),
          ...(route.auth === "staff"
            ? { authorizer, authorizationType: AuthorizationType.COGNITO }
            : { authorizationType: AuthorizationType.NONE }),
        });
      if (route.auth !== "staff")
        acknowledge(
          method,
          UNLOCKED[route.function === "webhooks" ? "webhook" : route.auth],
          "AwsSolutions-APIG4",
          "AwsSolutions-COG4",
        );
    }
  }

  /** The account's permission to log, and the group the gateway would otherwise make by itself, without an end. */
  private logging(operations: Operations): void {
    const executionLogs = operations.logGroup(
      this,
      "ExecutionLogs",
      `API-Gateway-Execution-Logs_${this.rest.restApiId}/${STAGE}`,
    );
    const role = roleOf(this, "Logging", "apigateway.amazonaws.com", [
      new PolicyStatement({
        actions: [
          "logs:CreateLogGroup",
          "logs:CreateLogStream",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
          "logs:FilterLogEvents",
          "logs:GetLogEvents",
          "logs:PutLogEvents",
        ],
        resources: [`arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`],
      }),
    ]);
    const account = new CfnAccount(this, "Account", { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.rest.deploymentStage.node.addDependency(account, executionLogs);
  }

  private answers(): void {
    const stage = this.rest.deploymentStage;
    acknowledge(
      stage,
      "Answers differ by customer and by the minute; a cache would show one customer another's case.",
      "NIST.800.53.R5-APIGWCacheEnabledAndEncrypted",
    );
    acknowledge(
      stage,
      "The only backend is Lambda, which API Gateway calls with IAM; a client certificate would be shown to nobody.",
      "NIST.800.53.R5-APIGWSSLEnabled",
    );
  }
}

const parameters = (route: Route): Record<string, boolean> =>
  Object.fromEntries([
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(
      ([, name]) => [`method.request.path.${name}`, true] as const,
    ),
    ...(route.query ?? []).map((name) => [`method.request.querystring.${name}`, false] as const),
    ...(route.requiredHeaders ?? []).map((name) => [`method.request.header.${name}`, true] as const),
  ]);

/** Who asked what and how it went; no address and no query, which may hold a customer's e-mail. */
const accessLogFormat = (): AccessLogFormat =>
  AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      traceId: AccessLogField.contextXrayTraceId(),
      time: AccessLogField.contextRequestTimeEpoch(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      latency: AccessLogField.contextResponseLatency(),
      integrationLatency: AccessLogField.contextIntegrationLatency(),
      integrationStatus: AccessLogField.contextIntegrationStatus(),
      error: AccessLogField.contextErrorResponseType(),
      waf: AccessLogField.contextWafResponseCode(),
    }),
  );
