/**
 * What must outlive every deployment: the table, the files, the keys they are encrypted with, and who staff are.
 * Nothing here knows of the functions; the bucket speaks to EventBridge, so that no stack needs the other back.
 */
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Brand } from "../lambdas/contracts/brand.ts";
import { acknowledge } from "./acknowledge.ts";
import { CaseFiles } from "./constructs/case-files.ts";
import { StaffDirectory } from "./constructs/staff-directory.ts";
import { DUE_INDEX, QUEUE_ATTRIBUTES, QUEUE_INDEX, TABLE_NAME } from "./names.ts";

export interface DataStackProps extends StackProps {
  readonly brand: Brand;
}

export class DataStack extends Stack {
  readonly key: Key;
  readonly table: Table;
  readonly files: CaseFiles;
  readonly staff: StaffDirectory;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });

    this.key = new Key(this, "Key", {
      description: "Encrypts the cases and their files",
      alias: "after-sales/data",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });

    this.table = new Table(this, "Cases", {
      tableName: TABLE_NAME,
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: "expiresAt",
    });
    // Sparse: only cases and their marks carry `queueStage`; only waits, mails and settlements with something due `dueList`.
    this.table.addGlobalSecondaryIndex({
      indexName: QUEUE_INDEX,
      partitionKey: { name: "queueStage", type: AttributeType.STRING },
      sortKey: { name: "queueSince", type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: QUEUE_ATTRIBUTES,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: DUE_INDEX,
      partitionKey: { name: "dueList", type: AttributeType.STRING },
      sortKey: { name: "dueAt", type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    acknowledge(
      this.table,
      "Point-in-time recovery over 35 days is the backup the restore procedure uses; the table is also protected against deletion and retained.",
      "NIST.800.53.R5-DynamoDBInBackupPlan",
    );

    this.files = new CaseFiles(this, "Files", { key: this.key, site: props.brand.site });
    this.staff = new StaffDirectory(this, "Staff", { site: props.brand.site });

    new CfnOutput(this, "TableName", { value: this.table.tableName });
    new CfnOutput(this, "BucketName", { value: this.files.bucket.bucketName });
    new CfnOutput(this, "UserPoolId", { value: this.staff.pool.userPoolId });
    new CfnOutput(this, "UserPoolClientId", { value: this.staff.client.userPoolClientId });
    new CfnOutput(this, "SignInUrl", { value: this.staff.domain.baseUrl() });
  }
}
