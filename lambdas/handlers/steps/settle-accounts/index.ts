import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createDocumentPrinter } from "../../../adapters/documents/printer.ts";
import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { createBankTransfer } from "../../../adapters/payments/bank-transfer.ts";
import { createStripeProvider } from "../../../adapters/payments/stripe.ts";
import { StripeCredentials } from "../../../adapters/payments/stripe-connection.ts";
import { createDocumentStore } from "../../../adapters/s3/documents.ts";
import { secretJson } from "../../../adapters/secrets-manager/secret-json.ts";
import { environment } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { logger } from "../../../platform/logger.ts";
import { forOneRun } from "../one-run.ts";
import { createSettleAccountsHandler } from "./settle-accounts.ts";

const env = environment("step-settle-accounts");
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });
const deps = {
  printer: createDocumentPrinter({ brandName: brand.name }),
  documents: createDocumentStore({ client: new S3Client({ maxAttempts: 4 }), bucket: env.BUCKET_NAME }),
  providers: {
    stripe: createStripeProvider({
      baseUrl: env.STRIPE_BASE_URL,
      credentials: secretJson(
        new SecretsManagerClient({ maxAttempts: 4 }),
        env.STRIPE_SECRET_ID,
        StripeCredentials,
      ),
      log: (message, facts) => logger.warn(message, { ...facts }),
    }),
    "bank-transfer": createBankTransfer({ site: brand.site }),
  },
  provider: brand.invoicing.provider,
};

export const handler = (event: unknown) =>
  createSettleAccountsHandler({ ...deps, store: forOneRun(store) })(event);
