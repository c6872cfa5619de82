/** What is refused before it reaches the API. */
import { ArnFormat, Stack } from "aws-cdk-lib";
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { problemBody } from "../gateway-problems.ts";
import type { Operations } from "./operations.ts";

/** Requests of one address in five minutes: a whole office behind one address stays far below. */
const REQUESTS = 2000;
/** The same for what opens cases and mails links: nobody does that often, and each sends a mail. */
const FILINGS = 100;

/** Where the payment provider's messages arrive. */
const WEBHOOK = "/v1/webhooks/payments";

export interface FirewallProps {
  readonly stageArn: string;
  readonly site: string;
  readonly operations: Operations;
}

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples would show headers and queries in the console.
  sampledRequestsEnabled: false,
});

const managed = (
  priority: number,
  name: string,
  counted: readonly string[] = [],
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  // Blocks as it is: API Gateway answers a blocked request with its response WAF_FILTERED, a problem.
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name,
      ...(counted.length > 0
        ? { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }
        : {}),
    },
  },
  visibilityConfig: visibility(name),
});

const endsWith = (text: string): CfnWebACL.StatementProperty => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "ENDS_WITH",
    searchString: text,
    textTransformations: [{ priority: 0, type: "NORMALIZE_PATH" }],
  },
});
const isPost: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: "EXACTLY",
    searchString: "POST",
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
};

const isWebhook: CfnWebACL.StatementProperty = {
  andStatement: { statements: [isPost, endsWith(WEBHOOK)] },
};

export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stageArn, site, operations }: FirewallProps) {
    super(scope, id);
    const origin = new URL(site).origin;
    const limited = (
      priority: number,
      name: string,
      limit: number,
      scopeDownStatement?: CfnWebACL.StatementProperty,
    ): CfnWebACL.RuleProperty => ({
      name,
      priority,
      statement: {
        rateBasedStatement: {
          limit,
          aggregateKeyType: "IP",
          evaluationWindowSec: 300,
          ...(scopeDownStatement ? { scopeDownStatement } : {}),
        },
      },
      action: {
        block: {
          // WAF allows no content type of one's own: JSON is as near as it comes to problem+json.
          customResponse: {
            responseCode: 429,
            customResponseBodyKey: "too-many-requests",
            responseHeaders: [
              { name: "Retry-After", value: "300" },
              { name: "Access-Control-Allow-Origin", value: origin },
            ],
          },
        },
      },
      visibilityConfig: visibility(name),
    });

    const acl = new CfnWebACL(this, "Acl", {
      name: "after-sales",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility("after-sales"),
      customResponseBodies: {
        "too-many-requests": {
          contentType: "APPLICATION_JSON",
          content: problemBody("too-many-requests", "Too many requests; please try again in some minutes"),
        },
      },
      rules: [
        limited(0, "requests-per-address", REQUESTS),
        limited(1, "filings-per-address", FILINGS, {
          andStatement: {
            statements: [isPost, { orStatement: { statements: ["/v1/cases", "/links"].map(endsWith) } }],
          },
        }),
        // A message holds addresses and words of others, some of which look like an attack to the rules below. It is
        // believed for its signature alone, and one that is blocked would be a payment that nobody hears of.
        {
          name: "signed-messages",
          priority: 2,
          statement: isWebhook,
          action: { allow: {} },
          visibilityConfig: visibility("signed-messages"),
        },
        managed(3, "AWSManagedRulesAmazonIpReputationList"),
        managed(4, "AWSManagedRulesKnownBadInputsRuleSet"),
        // It blocks bodies over 8 KB; ours may have 64, and the functions answer 413 beyond.
        managed(5, "AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY"]),
      ],
    });
    new CfnWebACLAssociation(this, "Association", { resourceArn: stageArn, webAclArn: acl.attrArn });

    // WAF insists on the prefix. Only what was blocked, without tokens and without queries, which hold e-mails.
    const logs = operations.logGroup(this, "Logs", "aws-waf-logs-after-sales");
    new CfnLoggingConfiguration(this, "Logging", {
      resourceArn: acl.attrArn,
      // Without the `:*` that the log group's own ARN ends with.
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: "logs",
          resource: "log-group",
          resourceName: logs.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: [{ singleHeader: { Name: "authorization" } }, { queryString: {} }],
      loggingFilter: {
        DefaultBehavior: "DROP",
        Filters: [
          {
            Behavior: "KEEP",
            Requirement: "MEETS_ANY",
            Conditions: [{ ActionCondition: { Action: "BLOCK" } }],
          },
        ],
      },
    });
  }
}
