import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { forOneRun } from "../one-run.ts";
import { createCheckExportHandler } from "./check-export.ts";

const env = environment("step-check-export");
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });

export const handler = (event: unknown) =>
  createCheckExportHandler({ store: forOneRun(store), brand })(event);
