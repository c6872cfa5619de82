/** Who staff are, locally: issues the tokens Cognito would, and checks them as API Gateway's authorizer does. */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { errors, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from "jose";
import { REGION } from "./plan/intrinsics.ts";

/** What the authorizer made of a token. */
export type TokenCheck =
  | { readonly outcome: "accepted"; readonly claims: Readonly<Record<string, string>> }
  | { readonly outcome: "expired" }
  | { readonly outcome: "refused" };

export interface StaffTokens {
  /** An identity token, good for 24 hours of real time. */
  readonly issue: (name: string, groups: readonly string[]) => Promise<string>;
  readonly check: (token: string, userPoolIds: readonly string[]) => Promise<TokenCheck>;
}

export interface UserPool {
  readonly id: string;
  readonly clientIds: readonly string[];
}

const LIFETIME = "24h";
const issuerOf = (poolId: string): string => `https://cognito-idp.${REGION}.amazonaws.com/${poolId}`;

const loadKey = async (file: string): Promise<JWK> => {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as JWK;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: "RS256" };
  writeFileSync(`${file}.new`, JSON.stringify(jwk), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return jwk;
};

/** REST hands claims over as strings; a list becomes one with commas. */
const asText = (value: unknown): string => (Array.isArray(value) ? value.join(",") : String(value));

/** @param keyFile the signing key; kept, so that tokens outlive a restart. */
export const createStaffTokens = async (
  keyFile: string,
  pools: readonly UserPool[],
): Promise<StaffTokens> => {
  const jwk = await loadKey(keyFile);
  const privateKey = await importJWK(jwk, "RS256");
  const { n, e, kty } = jwk;
  const publicKey = await importJWK({ n, e, kty } as JWK, "RS256");
  const [pool] = pools;
  return {
    issue: (name, groups) => {
      if (!pool) throw new Error("the templates have no user pool");
      const sub = randomUUID();
      return new SignJWT({
        "cognito:groups": [...groups],
        "cognito:username": name,
        name,
        token_use: "id",
        auth_time: Math.floor(Date.now() / 1000),
      })
        .setProtectedHeader({ alg: "RS256", kid: jwk.kid ?? "local" })
        .setIssuer(issuerOf(pool.id))
        .setAudience(pool.clientIds[0] ?? pool.id)
        .setSubject(sub)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(privateKey);
    },
    check: async (token, userPoolIds) => {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: ["RS256"],
          issuer: userPoolIds.map(issuerOf),
        });
        if (payload["token_use"] !== "id") return { outcome: "refused" };
        return {
          outcome: "accepted",
          claims: Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)])),
        };
      } catch (error) {
        return { outcome: error instanceof errors.JWTExpired ? "expired" : "refused" };
      }
    },
  };
};
