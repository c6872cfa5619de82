import { SFNClient } from "@aws-sdk/client-sfn";
import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { createProcesses } from "../../../adapters/step-functions/processes.ts";
import { environment, machineArns } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { described, logger } from "../../../platform/logger.ts";
import { attentionNeeded } from "../../attention-needed.ts";
import { createClockHandler } from "./clock.ts";

const env = environment("clock");

export const handler = createClockHandler({
  brand,
  store: createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
  processes: createProcesses({
    client: new SFNClient({ maxAttempts: 4 }),
    machineArns: machineArns(env),
  }),
  failed: (owner, error) => logger.error("due row failed", { owner, ...described(error) }),
  attention: attentionNeeded,
  mailLost: (owner, mailId) => logger.error("mail unconfirmed", { owner, mailId }),
});
