/** The files of the cases: photos as they arrive, their cleaned copies, labels and invoices; and who looked at them. */
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { acknowledge } from "../acknowledge.ts";
import { BUCKET_NAME, UPLOAD_DAYS, UPLOADS } from "../names.ts";

export interface CaseFilesProps {
  readonly key: IKey;
  /** Where the pages live: the only origin whose browser may post a file. */
  readonly site: string;
}

const NO_REPLICA =
  "One region serves all customers; versions and retention guard against deletion, and labels and invoices can be made again from the case.";

export class CaseFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { key, site }: CaseFilesProps) {
    super(scope, id);
    const accessLogs = new Bucket(this, "AccessLogs", {
      // Server access logging cannot deliver into a bucket encrypted with a key of one's own.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      accessLogs,
      "It holds the access logs themselves; logging its own access would never end.",
      "AwsSolutions-S1",
      "NIST.800.53.R5-S3BucketLoggingEnabled",
    );
    acknowledge(accessLogs, NO_REPLICA, "NIST.800.53.R5-S3BucketReplicationEnabled");
    acknowledge(
      accessLogs,
      "S3 delivers server access logs only into buckets with SSE-S3.",
      "NIST.800.53.R5-S3DefaultEncryptionKMS",
    );

    this.bucket = new Bucket(this, "Bucket", {
      bucketName: BUCKET_NAME,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      // CDK's own types do not fit each other under `exactOptionalPropertyTypes`.
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: "files/",
      removalPolicy: RemovalPolicy.RETAIN,
      cors: [
        {
          allowedMethods: [HttpMethods.POST],
          allowedOrigins: [new URL(site).origin],
          allowedHeaders: ["*"],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        {
          id: "raw-uploads",
          prefix: UPLOADS,
          expiration: Duration.days(UPLOAD_DAYS),
          noncurrentVersionExpiration: Duration.days(1),
        },
        {
          id: "former-versions",
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    // By the L1 property: `eventBridgeEnabled` would add a function and a role that do nothing else.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    acknowledge(this.bucket, NO_REPLICA, "NIST.800.53.R5-S3BucketReplicationEnabled");
  }
}
