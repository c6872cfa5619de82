import { SFNClient } from "@aws-sdk/client-sfn";
import { createProcesses } from "../../../adapters/step-functions/processes.ts";
import { environment, machineArns } from "../../../contracts/env.ts";
import { described, logger } from "../../../platform/logger.ts";
import { createCaseChangedHandler } from "./case-changed.ts";

const env = environment("case-changed");

export const handler = createCaseChangedHandler({
  processes: createProcesses({
    client: new SFNClient({ maxAttempts: 4 }),
    machineArns: machineArns(env),
  }),
  failed: (sequenceNumber, error) =>
    logger.error("stream record failed", { sequenceNumber, ...described(error) }),
});
