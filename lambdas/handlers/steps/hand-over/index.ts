import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { forOneRun } from "../one-run.ts";
import { createHandOverHandler } from "./hand-over.ts";

const env = environment("step-hand-over");
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });

export const handler = (event: unknown) => createHandOverHandler({ store: forOneRun(store) })(event);
