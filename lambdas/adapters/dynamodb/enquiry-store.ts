/** `EnquiryStore` on the table of the cases: `ENQUIRY#<number>`, listed by the index of the stages' lists. */
import { randomBytes } from "node:crypto";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Enquiry, type EnquiryStatus, statusOf } from "../../domain/enquiry.ts";
import type { EnquiryStore } from "../../ports/enquiry-store.ts";
import { calling } from "./client.ts";
import { listPage } from "./indexes.ts";
import * as items from "./items.ts";
import * as keys from "./keys.ts";
import { partition } from "./read.ts";
import { transact } from "./transact.ts";
import { ABSENT, type Condition, put, type Target } from "./writes.ts";

const listOf = (status: EnquiryStatus): string => `enquiries-${status}`;
const enquiryItem = (one: Enquiry): items.Item =>
  items.item(
    keys.enquiryKey(one.enquiryId),
    one,
    keys.queuePlace(listOf(statusOf(one)), one.answer?.at ?? one.receivedAt, one.enquiryId),
  );
const UNANSWERED: Condition = {
  text: "attribute_exists(pk) AND attribute_not_exists(#answer)",
  names: { "#answer": "answer" },
};

export function createEnquiryStore({
  client,
  tableName,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): EnquiryStore {
  const target = (): Target => ({ tableName, writeId: randomBytes(16).toString("base64url") });
  return {
    async receive(enquiry) {
      try {
        await calling(() => client.send(new PutItemCommand(put(target(), enquiryItem(enquiry), ABSENT))));
      } catch (error) {
        // There already: sent twice, or the answer to the first try was lost.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async load(enquiryId) {
      const found = await partition(client, tableName, keys.enquiryKey(enquiryId).pk);
      const [enquiry] = found.filter((one) => one.sk === "ENQUIRY");
      return (
        enquiry && {
          enquiry: items.enquiryFrom(enquiry),
          mails: found.filter((one) => String(one.sk).startsWith("MAIL#")).map(items.mailFrom),
        }
      );
    },

    async answer(enquiry, mail) {
      const to = target();
      await transact(
        client,
        [
          { what: "exists", write: { Put: put(to, enquiryItem(enquiry), UNANSWERED) } },
          { what: "exists", write: { Put: put(to, items.mailItem(enquiry.enquiryId, mail), ABSENT) } },
        ],
        to.writeId,
      );
    },

    async list(status, cursor, limit) {
      const page = listPage(client, tableName, keys.enquiryKey);
      const { items: found, ...more } = await page(listOf(status), cursor, limit);
      return { enquiries: found.map(items.enquiryFrom), ...more };
    },
  };
}
