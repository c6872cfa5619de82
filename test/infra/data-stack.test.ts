import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { ROLES } from "../../lambdas/actions/action.ts";
import { ListedCase } from "../../lambdas/domain/case.ts";
import { Enquiry } from "../../lambdas/domain/enquiry.ts";
import { QUEUE_ATTRIBUTES } from "../../lib/names.ts";
import { ofType, type Resources, SITE, templates } from "./assembly.ts";

const { data } = await templates();
const resources = data.toJSON().Resources as Resources;

describe("the table", () => {
  it("is on demand, with its own key, point-in-time recovery and protection against deletion", () => {
    data.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        TableName: "after-sales",
        BillingMode: "PAY_PER_REQUEST",
        SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: Match.anyValue() },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        DeletionProtectionEnabled: true,
        StreamSpecification: { StreamViewType: "NEW_IMAGE" },
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      },
    });
  });

  it("has the sparse indexes of the queue and of what is due", () => {
    data.hasResourceProperties("AWS::DynamoDB::Table", {
      GlobalSecondaryIndexes: [
        {
          IndexName: "queue",
          KeySchema: [
            { AttributeName: "queueStage", KeyType: "HASH" },
            { AttributeName: "queueSince", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: QUEUE_ATTRIBUTES },
        },
        {
          IndexName: "due",
          KeySchema: [
            { AttributeName: "dueList", KeyType: "HASH" },
            { AttributeName: "dueAt", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
    });
  });
});

it("the queue's index holds what a list reads of a case or an enquiry, and nothing else", () => {
  const read = [...Object.keys(ListedCase.shape), ...Object.keys(Enquiry.shape)];
  expect([...QUEUE_ATTRIBUTES].sort()).toEqual([...new Set(read)].sort());
  // DynamoDB's limit for one index.
  expect(QUEUE_ATTRIBUTES.length).toBeLessThanOrEqual(20);
});

describe("the buckets", () => {
  it.each(ofType(resources, "AWS::S3::Bucket"))("%s is closed to the public and encrypted", (_id, bucket) => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: expect.anything(),
      VersioningConfiguration: { Status: "Enabled" },
    });
  });

  it("refuse what does not come over TLS", () => {
    expect(ofType(resources, "AWS::S3::BucketPolicy")).toHaveLength(2);
    for (const [, policy] of ofType(resources, "AWS::S3::BucketPolicy"))
      expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
  });

  it("keep files with the brand's key, forget raw uploads after a week, and take posts from the site alone", () => {
    data.hasResourceProperties("AWS::S3::Bucket", {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: Match.anyValue() } },
        ],
      },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: "uploads/", ExpirationInDays: 7 })]),
      },
      CorsConfiguration: {
        CorsRules: [Match.objectLike({ AllowedMethods: ["POST"], AllowedOrigins: [SITE] })],
      },
      LoggingConfiguration: Match.anyValue(),
    });
  });

  it("speak to EventBridge without a function in between", () => {
    data.hasResourceProperties("AWS::S3::Bucket", {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    data.resourceCountIs("AWS::Lambda::Function", 0);
    data.resourceCountIs("AWS::IAM::Role", 0);
  });
});

describe("the staff directory", () => {
  it("R2: has one group a role", () => {
    const groups = ofType(resources, "AWS::Cognito::UserPoolGroup").map(
      ([, { Properties: of }]) => of["GroupName"],
    );
    expect(new Set(groups)).toEqual(new Set(ROLES));
  });

  it("wants a second factor and long passwords, and lets nobody sign up", () => {
    data.hasResource("AWS::Cognito::UserPool", {
      DeletionPolicy: "Retain",
      Properties: {
        MfaConfiguration: "ON",
        EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: "ACTIVE",
        Policies: {
          PasswordPolicy: {
            MinimumLength: 14,
            RequireLowercase: true,
            RequireNumbers: true,
            RequireSymbols: true,
            RequireUppercase: true,
          },
        },
      },
    });
  });

  it("signs in over the code flow only", () => {
    data.hasResourceProperties("AWS::Cognito::UserPoolClient", {
      AllowedOAuthFlows: ["code"],
      CallbackURLs: [`${SITE}/staff`],
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
    });
  });
});

it("the keys rotate", () => {
  data.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
});
