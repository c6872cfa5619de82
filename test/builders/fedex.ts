/** A simulated FedEx and the real adapter that speaks to it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import json from "../../config/brand.example.json" with { type: "json" };
import { createFedexCarrier, type FedexDeps } from "../../lambdas/adapters/fedex/carrier.ts";
import { Brand } from "../../lambdas/domain/brand.ts";
import type { Carrier } from "../../lambdas/ports/carrier.ts";
import { createFedexSimulator, type FedexSimulator } from "../../local/fedex/index.ts";

export const brand: Brand = Brand.parse(json);

export interface FedexPair {
  readonly fedex: FedexSimulator;
  readonly carrier: Carrier;
  /** Business time of both; a test sets `at`. */
  readonly clock: { at: string };
  /** Real time of the simulator's tokens alone. */
  readonly real: { ms: number };
  readonly log: string[];
  readonly end: () => Promise<void>;
}

/** On March 14, 2026, four days before the ship date of `aDeclaration`. The adapter waits a second at most. */
export const aFedex = async (overrides: Partial<FedexDeps> = {}): Promise<FedexPair> => {
  const dataDir = await mkdtemp(join(tmpdir(), "fedex-"));
  const clock = { at: "2026-03-14T18:00:00.000Z" };
  const real = { ms: Date.now() };
  const log: string[] = [];
  const now = () => new Date(clock.at);
  const fedex = await createFedexSimulator({ dataDir, now, realNow: () => real.ms });
  const carrier = createFedexCarrier({
    brand,
    baseUrl: fedex.url,
    credentials: async () => fedex.credentials,
    now,
    timeoutMs: 1000,
    log: (message, facts) => log.push(`${message} ${JSON.stringify(facts)}`),
    ...overrides,
  });
  const end = async () => {
    await fedex.close();
    await rm(dataDir, { recursive: true });
  };
  return { fedex, carrier, clock, real, log, end };
};

/** The simulator reached by hand, past the adapter. */
export const ask = async (
  fedex: FedexSimulator,
  project: "ship" | "track",
  method: "POST" | "PUT",
  path: string,
  body: unknown,
): Promise<{ status: number; json: Record<string, never> & { [key: string]: unknown } }> => {
  const { shipKey, shipSecret, trackKey, trackSecret } = fedex.credentials;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: project === "ship" ? shipKey : trackKey,
    client_secret: project === "ship" ? shipSecret : trackSecret,
  });
  const token = await fetch(`${fedex.url}/oauth/token`, { method: "POST", body: form });
  const { access_token } = (await token.json()) as { access_token: string };
  const response = await fetch(`${fedex.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, json: (await response.json()) as never };
};
