import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { createApi } from "../../../platform/api.ts";
import { brand } from "../../../platform/brand.ts";
import { logger } from "../../../platform/logger.ts";
import { publicOperations } from "./public.ts";

const env = environment("api-public");
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });

export const handler = createApi({
  function: "public",
  operations: publicOperations({ store, brand }),
  site: brand.site,
  log: logger,
});
