/** The addresses functions find AWS at: one server for what is small, and the environment that names them all. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { ACCESS_KEY_PREFIX } from "./data-folder.ts";
import { type Listening, listen, sendJson } from "./http.ts";
import { REGION } from "./plan/intrinsics.ts";
import type { FunctionPlan } from "./plan/plan-types.ts";

type Service = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** One path a service; everything else is told that it is not there, rather than left waiting. */
export const startEndpoints = (
  services: ReadonlyMap<string, Service>,
  log: (line: string) => void,
): Promise<Listening> =>
  listen((request, response) => {
    const name = (request.url ?? "").split(/[/?]/)[1] ?? "";
    const service = services.get(name);
    if (!service) {
      log(`a function called an AWS service that is not provided locally: ${request.url}`);
      return sendJson(response, 501, {
        __type: "NotProvidedLocally",
        message: `no local service at ${request.url}`,
      });
    }
    service(request, response).catch((error: Error) => {
      log(`${name}: ${error.message}`);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { __type: "InternalFailure", message: error.message });
    });
  });

export interface Addresses {
  readonly dynamodb: string;
  readonly s3: string;
  /** Base of the small services. */
  readonly others: string;
  readonly fedex: string;
  readonly stripe: string;
}

/** All that a function's worker finds in `process.env`; nothing of ours leaks in. */
export const environmentOf = (
  plan: FunctionPlan,
  addresses: Addresses,
  secretOf: (accessKeyId: string) => string | undefined,
): Record<string, string> => {
  const accessKeyId = `${ACCESS_KEY_PREFIX}${plan.label}`;
  return {
    ...plan.environment,
    // The settings that are not the template's: no label is ordered from the real carrier, no money asked for.
    ...(plan.environment["FEDEX_BASE_URL"] === undefined ? {} : { FEDEX_BASE_URL: addresses.fedex }),
    ...(plan.environment["STRIPE_BASE_URL"] === undefined ? {} : { STRIPE_BASE_URL: addresses.stripe }),
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretOf(accessKeyId) ?? "",
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMb),
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    LAMBDA_TASK_ROOT: plan.folder ?? "",
    _HANDLER: plan.handler,
    TZ: ":UTC",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_REQUIRED",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "WHEN_REQUIRED",
    AWS_ENDPOINT_URL: `${addresses.others}/unknown`,
    AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
    AWS_ENDPOINT_URL_S3: addresses.s3,
    AWS_ENDPOINT_URL_SES: `${addresses.others}/ses`,
    AWS_ENDPOINT_URL_SFN: `${addresses.others}/states`,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `${addresses.others}/secrets`,
  };
};
