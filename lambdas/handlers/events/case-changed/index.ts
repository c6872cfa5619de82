import { SFNClient } from "@aws-sdk/client-sfn";
import { createProcesses } from "../../../adapters/step-functions/processes.ts";
import { environment } from "../../../contracts/env.ts";
import { described, logger } from "../../../platform/logger.ts";
import { createCaseChangedHandler } from "./case-changed.ts";

const env = environment("case-changed");

export const handler = createCaseChangedHandler({
  processes: createProcesses({
    client: new SFNClient({ maxAttempts: 4 }),
    machineArns: {
      "complimentary-resizing": env.COMPLIMENTARY_RESIZING_ARN,
      "service-order": env.SERVICE_ORDER_ARN,
    },
  }),
  failed: (sequenceNumber, error) =>
    logger.error("stream record failed", { sequenceNumber, ...described(error) }),
});
