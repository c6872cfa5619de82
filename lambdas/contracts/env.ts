/**
 * The environment of every function: the CDK construct must pass exactly this, the handler parses exactly this.
 * Names only; values come from the stack. Secrets are never here, only where to fetch them.
 */
import * as z from "zod";

const name = z.string().min(1);
const table = { TABLE_NAME: name };
const bucket = { BUCKET_NAME: name };
const machines = {
  COMPLIMENTARY_RESIZING_ARN: name,
  REPAIR_AND_MAINTENANCE_ARN: name,
  SERVICE_ORDER_ARN: name,
  SETTLEMENT_ARN: name,
};
const carrier = {
  FEDEX_BASE_URL: z.url(),
  /** JSON in Secrets Manager: `{shipKey, shipSecret, trackKey, trackSecret}`. */
  FEDEX_SECRET_ID: name,
};
/** JSON in Secrets Manager: `{apiKey, webhookSecret}`. */
const payments = { STRIPE_SECRET_ID: name };

export const ENVIRONMENTS = {
  "api-public": z.object({ ...table }),
  "api-customer": z.object({ ...table }),
  "api-staff": z.object({ ...table }),
  "api-service-order": z.object({ ...table }),
  "api-finance": z.object({ ...table }),
  "api-webhooks": z.object({ ...table, ...payments }),
  "api-files": z.object({ ...table, ...bucket }),
  "step-ask": z.object({ ...table }),
  "step-check-export": z.object({ ...table }),
  "step-prepare-shipment": z.object({ ...table, ...bucket, ...carrier }),
  "step-hand-over": z.object({ ...table }),
  "step-settle-accounts": z.object({ ...table, ...bucket, ...payments, STRIPE_BASE_URL: z.url() }),
  "step-close-case": z.object({ ...table, ...carrier }),
  "case-changed": z.object({ ...machines }),
  "send-mail": z.object({ ...table, ...bucket, CONFIGURATION_SET: name }),
  "mail-feedback": z.object({ ...table }),
  "media-uploaded": z.object({ ...table, ...bucket }),
  clock: z.object({ ...table, ...machines }),
  "track-shipments": z.object({ ...table, ...carrier }),
} as const;
export type FunctionName = keyof typeof ENVIRONMENTS;
export type Environment<N extends FunctionName> = z.infer<(typeof ENVIRONMENTS)[N]>;

/** Parses `process.env`; fails at start-up with the missing name. */
export const environment = <N extends FunctionName>(fn: N): Environment<N> =>
  ENVIRONMENTS[fn].parse(process.env) as Environment<N>;

/** The machines by their names. */
export const machineArns = (env: z.infer<z.ZodObject<typeof machines>>) => ({
  "complimentary-resizing": env.COMPLIMENTARY_RESIZING_ARN,
  "repair-and-maintenance": env.REPAIR_AND_MAINTENANCE_ARN,
  "service-order": env.SERVICE_ORDER_ARN,
  settlement: env.SETTLEMENT_ARN,
});
