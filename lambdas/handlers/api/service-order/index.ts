import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { createApi } from "../../../platform/api.ts";
import { brand } from "../../../platform/brand.ts";
import { logger } from "../../../platform/logger.ts";
import { staffOperationsOf } from "../staff/act.ts";
import { serviceOrderActions } from "./actions.ts";

const env = environment("api-service-order");
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });

export const handler = createApi({
  function: "service-order",
  operations: staffOperationsOf({ store, brand }, serviceOrderActions),
  site: brand.site,
  log: logger,
});
