import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { environment } from "../../../contracts/env.ts";
import { described, logger } from "../../../platform/logger.ts";
import { composeCarrier } from "../../fedex.ts";
import { createTrackShipmentsHandler } from "./track-shipments.ts";

const env = environment("track-shipments");
const { carrier, setNow } = composeCarrier(env);
const trackShipments = createTrackShipmentsHandler({
  store: createCaseStore({
    client: createDynamoClient(),
    tableName: env.TABLE_NAME,
    unreadable: (caseId, error) => logger.error("row unreadable", { caseId, ...described(error) }),
  }),
  carrier,
  failed: (caseId, error) => logger.error("tracking failed", { caseId, ...described(error) }),
});

export const handler = (event: { time: string }) => {
  setNow(event.time);
  return trackShipments(event);
};
