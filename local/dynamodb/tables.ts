/** Makes the tables of the template where they are not there yet. */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type { TablePlan } from "../plan/plan-types.ts";

type Input = CreateTableCommandInput;

/** The stream's ARN, or undefined for a table without one. */
const describe = async (
  client: DynamoDBClient,
  name: string,
): Promise<{ stream: string | undefined } | undefined> => {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return { stream: Table?.LatestStreamArn };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

export interface EnsuredTable {
  readonly name: string;
  readonly isNew: boolean;
  /** The ARN of its stream, if the template gives it one. */
  readonly stream: string | undefined;
}

export const ensureTable = async (client: DynamoDBClient, plan: TablePlan): Promise<EnsuredTable> => {
  const existing = await describe(client, plan.name);
  if (existing) return { name: plan.name, isNew: false, stream: existing.stream };
  const { properties } = plan;
  const stream = properties["StreamSpecification"] as { StreamViewType?: string } | undefined;
  await client.send(
    new CreateTableCommand({
      TableName: plan.name,
      AttributeDefinitions: properties["AttributeDefinitions"] as Input["AttributeDefinitions"],
      KeySchema: properties["KeySchema"] as Input["KeySchema"],
      BillingMode: "PAY_PER_REQUEST",
      GlobalSecondaryIndexes: properties["GlobalSecondaryIndexes"] as Input["GlobalSecondaryIndexes"],
      ...(stream
        ? {
            StreamSpecification: {
              StreamEnabled: true,
              StreamViewType: stream.StreamViewType as "NEW_IMAGE",
            },
          }
        : {}),
    }),
  );
  if (plan.ttlAttribute) {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: plan.name,
        TimeToLiveSpecification: { Enabled: true, AttributeName: plan.ttlAttribute },
      }),
    );
  }
  return { name: plan.name, isNew: true, stream: (await describe(client, plan.name))?.stream };
};
