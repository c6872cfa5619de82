/** Keys and OAuth tokens of the simulated FedEx. Tokens live 3,600 seconds of real time and outlive a restart. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const Keys = z.strictObject({
  shipKey: z.string(),
  shipSecret: z.string(),
  trackKey: z.string(),
  trackSecret: z.string(),
  /** What tokens are signed with. */
  signing: z.string(),
});
/** Ship and Track are two projects; a token of one opens nothing of the other. */
export type Project = "ship" | "track";
export const TOKEN_SECONDS = 3600;

const newKeys = (): z.infer<typeof Keys> => {
  const secret = () => randomBytes(24).toString("hex");
  return {
    shipKey: `l7${secret()}`,
    shipSecret: secret(),
    trackKey: `l7${secret()}`,
    trackSecret: secret(),
    signing: secret(),
  };
};

const keysIn = (dataDir: string): z.infer<typeof Keys> => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "keys.json");
  try {
    return Keys.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const keys = newKeys();
  // Renamed into place, so that a kill leaves the whole file or none.
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return keys;
};

const same = (a: string, b: string): boolean => {
  const one = Buffer.from(a);
  const other = Buffer.from(b);
  return one.length === other.length && timingSafeEqual(one, other);
};

export const createTokens = (dataDir: string, realNow: () => number = Date.now) => {
  const { signing, ...credentials } = keysIn(dataDir);
  /** Tokens given before this are refused; a test's way to let them expire. Counted, for two may fall in one millisecond. */
  let generation = 0;
  const sign = (payload: string) => createHmac("sha256", signing).update(payload).digest("base64url");
  return {
    credentials,
    expireAll: () => {
      generation += 1;
    },
    /** A token for a pair of keys; `undefined` when they are wrong. */
    issue(clientId: string, clientSecret: string): string | undefined {
      const pairs: [Project, string, string][] = [
        ["ship", credentials.shipKey, credentials.shipSecret],
        ["track", credentials.trackKey, credentials.trackSecret],
      ];
      const project = pairs.find(([, key, secret]) => same(key, clientId) && same(secret, clientSecret))?.[0];
      if (!project) return undefined;
      const expires = realNow() + TOKEN_SECONDS * 1000;
      const payload = `${project}.${expires}.${generation}.${randomBytes(6).toString("hex")}`;
      return `${payload}.${sign(payload)}`;
    },
    /** The project a token opens; `undefined` when it is false or has expired. */
    projectOf(token: string): Project | undefined {
      const end = token.lastIndexOf(".");
      const payload = token.slice(0, end);
      const [project, expires, given] = payload.split(".");
      if (end < 0 || !same(sign(payload), token.slice(end + 1))) return undefined;
      if (Number(expires) <= realNow() || Number(given) < generation) return undefined;
      return project === "ship" || project === "track" ? project : undefined;
    },
  };
};
export type Tokens = ReturnType<typeof createTokens>;
