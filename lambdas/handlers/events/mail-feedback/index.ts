import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { taggedMail } from "../../../adapters/ses/message-tags.ts";
import { environment } from "../../../contracts/env.ts";
import { logger } from "../../../platform/logger.ts";
import { createMailFeedbackHandler } from "./mail-feedback.ts";

const env = environment("mail-feedback");

export const handler = createMailFeedbackHandler({
  store: createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
  taggedMail,
  undelivered: ({ owner, mailId }, why) => logger.warn("mail undelivered", { owner, mailId, why }),
});
