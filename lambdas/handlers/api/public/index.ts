import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { createEnquiryStore } from "../../../adapters/dynamodb/enquiry-store.ts";
import { environment } from "../../../contracts/env.ts";
import { createApi } from "../../../platform/api.ts";
import { brand } from "../../../platform/brand.ts";
import { logger } from "../../../platform/logger.ts";
import { publicOperations } from "./public.ts";

const env = environment("api-public");
const table = { client: createDynamoClient(), tableName: env.TABLE_NAME };
const store = createCaseStore(table);
const enquiries = createEnquiryStore(table);

export const handler = createApi({
  function: "public",
  operations: publicOperations({ store, enquiries, brand }),
  site: brand.site,
  log: logger,
});
