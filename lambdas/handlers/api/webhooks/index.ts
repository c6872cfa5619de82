import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { StripeCredentials } from "../../../adapters/payments/stripe-connection.ts";
import { createStripeWebhook } from "../../../adapters/payments/stripe-webhook.ts";
import { secretJson } from "../../../adapters/secrets-manager/secret-json.ts";
import { environment } from "../../../contracts/env.ts";
import { createApi } from "../../../platform/api.ts";
import { brand } from "../../../platform/brand.ts";
import { logger } from "../../../platform/logger.ts";
import { webhookOperations } from "./webhooks.ts";

const env = environment("api-webhooks");

export const handler = createApi({
  function: "webhooks",
  operations: webhookOperations({
    store: createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
    webhook: createStripeWebhook({
      credentials: secretJson(
        new SecretsManagerClient({ maxAttempts: 4 }),
        env.STRIPE_SECRET_ID,
        StripeCredentials,
      ),
    }),
    realNow: () => new Date().toISOString(),
    unknown: (eventId, kind) => logger.error("payment message of no case", { eventId, kind }),
    unreadable: (paths) => logger.error("payment message unreadable", { paths }),
  }),
  site: brand.site,
  log: logger,
});
