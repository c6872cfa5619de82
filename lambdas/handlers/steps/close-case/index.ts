import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { composeCarrier } from "../../fedex.ts";
import { forOneRun } from "../one-run.ts";
import { createCloseCaseHandler } from "./close-case.ts";

const env = environment("step-close-case");
const { carrier, setNow } = composeCarrier(env);
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });

export const handler = (event: { at: string }) => {
  setNow(event.at);
  return createCloseCaseHandler({ store: forOneRun(store), carrier, brand })(event);
};
