/** The CDK app: two stacks, three rule packs, no look-ups; synthesizes without an account and without a network. */
import { App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from "cdk-nag";
import { loadBrand } from "../lambdas/contracts/brand.ts";
import { DataStack } from "./data-stack.ts";
import { ServiceStack } from "./service-stack.ts";

/**
 * Behaviours of the CDK that newer apps have by default. Here and not in `cdk.json`, because the app also runs
 * by plain `node`, which does not read that file.
 */
const FEATURE_FLAGS = {
  "@aws-cdk/core:enablePartitionLiterals": true,
  "@aws-cdk/core:target-partitions": ["aws"],
  "@aws-cdk/core:checkSecretUsage": true,
  "@aws-cdk/core:annotationsInValidationReport": true,
  // What the service stack uses of the data stack cannot be taken from under it.
  "@aws-cdk/core:defaultCrossStackReferences": "strong",
  "@aws-cdk/aws-iam:minimizePolicies": true,
  "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": true,
  "@aws-cdk/aws-s3:createDefaultLoggingPolicy": true,
  "@aws-cdk/aws-s3:publicAccessBlockedByDefault": true,
  "@aws-cdk/aws-apigateway:disableCloudWatchRole": true,
  "@aws-cdk/aws-apigateway:requestValidatorUniqueId": true,
  "@aws-cdk/aws-apigateway:authorizerChangeDeploymentLogicalId": true,
  "@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard": true,
  "@aws-cdk/aws-events:eventsTargetQueueSameAccount": true,
  "@aws-cdk/aws-lambda:useCdkManagedLogGroup": true,
} as const;

/** Production addresses of others; the local cloud overrides them where it loads the functions. */
const PRODUCTION = {
  FEDEX_BASE_URL: "https://apis.fedex.com",
  STRIPE_BASE_URL: "https://api.stripe.com",
} as const;

export interface AfterSalesProps {
  /** The brand's configuration file. */
  readonly brandPath: string;
  /** Where the assembly is written. */
  readonly outdir: string;
  /** The carrier's address; default: context `FEDEX_BASE_URL`, the environment, production. */
  readonly fedexBaseUrl?: string;
  /** The payment provider's; default: context `STRIPE_BASE_URL`, the environment, production. */
  readonly stripeBaseUrl?: string;
  /** Whether the rule packs look at it; only tests of something else go without, for speed. */
  readonly audited?: boolean;
}

export interface AfterSales {
  readonly app: App;
  readonly data: DataStack;
  readonly service: ServiceStack;
}

/** @throws Error naming the key when the brand's configuration lacks one. */
export const buildApp = ({
  brandPath,
  outdir,
  fedexBaseUrl,
  stripeBaseUrl,
  audited = true,
}: AfterSalesProps): AfterSales => {
  const brand = loadBrand(brandPath);
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, context: FEATURE_FLAGS });
  const addressOf = (name: keyof typeof PRODUCTION): string =>
    (app.node.tryGetContext(name) as string | undefined) ?? process.env[name] ?? PRODUCTION[name];
  const data = new DataStack(app, "AfterSalesData", {
    brand,
    description: "After-sales service: cases, files, staff",
  });
  const service = new ServiceStack(app, "AfterSalesService", {
    brand,
    data,
    fedexBaseUrl: fedexBaseUrl ?? addressOf("FEDEX_BASE_URL"),
    stripeBaseUrl: stripeBaseUrl ?? addressOf("STRIPE_BASE_URL"),
    description: "After-sales service: API, processes, mail, monitoring",
  });
  Tags.of(app).add("service", "after-sales");
  if (audited) audit(app);
  return { app, data, service };
};

/** A finding that nobody has answered stops the synthesis. */
const audit = (app: App): void =>
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app, { verbose: true }),
    new ServerlessChecks(app, { verbose: true }),
    new NIST80053R5Checks(app, { verbose: true }),
  );
