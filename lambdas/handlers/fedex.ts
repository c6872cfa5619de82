/** The carrier as every function that ships or tracks has it: its keys from the secret, its clock from the event. */
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createFedexCarrier } from "../adapters/fedex/carrier.ts";
import { FedexCredentials } from "../adapters/fedex/connection.ts";
import { secretJson } from "../adapters/secrets-manager/secret-json.ts";
import { brand } from "../platform/brand.ts";
import { logger } from "../platform/logger.ts";
import type { Carrier } from "../ports/carrier.ts";

export interface CarrierEnvironment {
  readonly FEDEX_BASE_URL: string;
  readonly FEDEX_SECRET_ID: string;
}

export interface ComposedCarrier {
  readonly carrier: Carrier;
  /** Business time is the event's: called at the start of every invocation, of which a function has one at a time. */
  readonly setNow: (instant: string) => void;
}

export function composeCarrier(env: CarrierEnvironment): ComposedCarrier {
  let now = new Date(0);
  const carrier = createFedexCarrier({
    baseUrl: env.FEDEX_BASE_URL,
    credentials: secretJson(
      new SecretsManagerClient({ maxAttempts: 4 }),
      env.FEDEX_SECRET_ID,
      FedexCredentials,
    ),
    brand,
    now: () => now,
    log: (message, facts) => logger.warn(message, { ...facts }),
  });
  return {
    carrier,
    setNow: (instant) => {
      now = new Date(instant);
    },
  };
}
