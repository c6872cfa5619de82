import { randomBytes } from "node:crypto";
import { S3Client } from "@aws-sdk/client-s3";
import { createCaseStore } from "../../../adapters/dynamodb/case-store.ts";
import { createDynamoClient } from "../../../adapters/dynamodb/client.ts";
import { createMediaSigner } from "../../../adapters/s3/media-signer.ts";
import { environment } from "../../../contracts/env.ts";
import { createApi } from "../../../platform/api.ts";
import { brand } from "../../../platform/brand.ts";
import { logger } from "../../../platform/logger.ts";
import { filesOperations } from "./files.ts";

const env = environment("api-files");

export const handler = createApi({
  function: "files",
  operations: filesOperations({
    store: createCaseStore({ client: createDynamoClient(), tableName: env.TABLE_NAME }),
    signer: createMediaSigner({ client: new S3Client({}), bucket: env.BUCKET_NAME }),
    randomBytes,
  }),
  site: brand.site,
  log: logger,
});
