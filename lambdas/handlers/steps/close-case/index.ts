import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { composeCarrier } from "../../fedex.ts";
import { createCloseCaseHandler } from "./close-case.ts";

const env = environment("step-close-case");
const { carrier, setNow } = composeCarrier(env);
const closeCase = createCloseCaseHandler({
  store: createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
  carrier,
  brand,
});

export const handler = (event: { at: string }) => {
  setNow(event.at);
  return closeCase(event);
};
