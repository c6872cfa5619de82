import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { attentionNeeded } from "../../attention-needed.ts";
import { createAskHandler } from "./ask.ts";

const env = environment("step-ask");
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });

export const handler = createAskHandler({ store, brand, attention: attentionNeeded });
