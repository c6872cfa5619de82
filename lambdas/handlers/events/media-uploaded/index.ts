import { S3Client } from "@aws-sdk/client-s3";
import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { inspector } from "../../../adapters/media/inspector.ts";
import { applyPatches } from "../../../adapters/media/patches.ts";
import { createMediaFiles } from "../../../adapters/s3/media.ts";
import { environment } from "../../../contracts/env.ts";
import { logger } from "../../../platform/logger.ts";
import { createMediaUploadedHandler } from "./media-uploaded.ts";

const env = environment("media-uploaded");

export const handler = createMediaUploadedHandler({
  store: createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
  files: createMediaFiles({
    client: new S3Client({ maxAttempts: 5 }),
    bucket: env.BUCKET_NAME,
    applyPatches,
  }),
  inspector,
  log: logger,
});
