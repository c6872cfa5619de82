import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { createEnquiryStore } from "../../../adapters/dynamodb/enquiry-store.ts";
import { environment } from "../../../contracts/env.ts";
import { createApi } from "../../../platform/api.ts";
import { brand } from "../../../platform/brand.ts";
import { described, logger } from "../../../platform/logger.ts";
import { staffOperations } from "./staff.ts";

const env = environment("api-staff");
const table = { client: createDynamoClient(), tableName: env.TABLE_NAME };
const store = createCaseStore({
  ...table,
  unreadable: (caseId, error) => logger.error("row unreadable", { caseId, ...described(error) }),
});
const enquiries = createEnquiryStore(table);

export const handler = createApi({
  function: "staff",
  operations: staffOperations({ store, enquiries, brand }),
  site: brand.site,
  log: logger,
});
