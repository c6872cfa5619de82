import { S3Client } from "@aws-sdk/client-s3";
import { createDocumentPrinter } from "../../../adapters/documents/printer.ts";
import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { createDocumentStore } from "../../../adapters/s3/documents.ts";
import { environment } from "../../../contracts/env.ts";
import { brand } from "../../../platform/brand.ts";
import { composeCarrier } from "../../fedex.ts";
import { forOneRun } from "../one-run.ts";
import { createPrepareShipmentHandler } from "./prepare-shipment.ts";

const env = environment("step-prepare-shipment");
const { carrier, setNow } = composeCarrier(env);
const store = createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME });
const deps = {
  carrier,
  printer: createDocumentPrinter({ brandName: brand.name }),
  documents: createDocumentStore({ client: new S3Client({ maxAttempts: 4 }), bucket: env.BUCKET_NAME }),
  brand,
};

export const handler = (event: { at: string }) => {
  setNow(event.at);
  return createPrepareShipmentHandler({ ...deps, store: forOneRun(store) })(event);
};
