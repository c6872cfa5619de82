import { S3Client } from "@aws-sdk/client-s3";
import { SESClient } from "@aws-sdk/client-ses";
import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { createEnquiryStore } from "../../../adapters/dynamodb/enquiry-store.ts";
import { createDocumentStore } from "../../../adapters/s3/documents.ts";
import { createSesMailer } from "../../../adapters/ses/mailer.ts";
import { environment } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { newLinkToken } from "../../../platform/link-token.ts";
import { described, logger } from "../../../platform/logger.ts";
import { createSendMailHandler } from "./send-mail.ts";

const env = environment("send-mail");

const table = { client: createDynamoClient(), tableName: env.TABLE_NAME };

export const handler = createSendMailHandler({
  store: createCaseStore(table),
  enquiries: createEnquiryStore(table),
  documents: createDocumentStore({ client: new S3Client(), bucket: env.BUCKET_NAME }),
  mailer: createSesMailer({
    // SES has no idempotency: a try the SDK repeats after a time-out could send twice. And a connection kept open over
    // a freeze of the function breaks just when it is used again, which looks the same.
    client: new SESClient({
      maxAttempts: 1,
      requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
    }),
    configurationSet: env.CONFIGURATION_SET,
    sender: brand.sender,
  }),
  brand,
  newToken: newLinkToken,
  failed: ({ owner, mailId }, error, outcome) => {
    const fields = { owner, mailId, outcome, ...described(error) };
    if (outcome === "given-up") logger.error("mail given up", fields);
    else logger.warn("mail not sent", fields);
  },
});
