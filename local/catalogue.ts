/** A sample catalogue for a fresh folder of data, put where `PUT /designs/{designNumber}` would put it. */
import { readFileSync } from "node:fs";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { designItem } from "../lambdas/adapters/dynamodb/items.ts";
import { Design } from "../lambdas/domain/design.ts";

const FILE = new URL("../config/catalogue.example.json", import.meta.url);

/** @throws ZodError when the example is not a catalogue. */
const sampleCatalogue = (): Design[] => z.array(Design).parse(JSON.parse(readFileSync(FILE, "utf8")));

/** Leaves every design alone that is there already: staff may have changed it. @returns how many were added. */
export const seedCatalogue = async (client: DynamoDBClient, tableName: string): Promise<number> => {
  const added = await Promise.all(
    sampleCatalogue().map(async (design) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall(designItem(design), { removeUndefinedValues: true }),
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        );
        return 1;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 0;
        throw error;
      }
    }),
  );
  return added.reduce<number>((sum, one) => sum + one, 0);
};
