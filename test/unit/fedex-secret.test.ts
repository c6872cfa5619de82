import { describe, expect, it } from "vitest";
import { FedexCredentials } from "../../lambdas/adapters/fedex/connection.ts";
import { secretJson } from "../../lambdas/adapters/secrets-manager/secret-json.ts";
import { PermanentError } from "../../lambdas/domain/faults.ts";

const KEYS = { shipKey: "a", shipSecret: "b", trackKey: "c", trackSecret: "d" };
const read = (secret: string | undefined) =>
  secretJson(
    {
      send: async (command: { input: { SecretId?: string } }) => {
        if (command.input.SecretId !== "fedex") throw new Error("another secret was asked for");
        return { SecretString: secret };
      },
    } as never,
    "fedex",
    FedexCredentials,
  )();

describe("the secret with FedEx's keys", () => {
  it("is read as both pairs", async () => {
    expect(await read(JSON.stringify(KEYS))).toStrictEqual(KEYS);
  });

  it.each([
    ["no JSON", "hush"],
    ["absent", undefined],
    ["half", JSON.stringify({ shipKey: "hush" })],
  ])("%s: a person must look, and the content is not told", async (_, secret) => {
    const error = await read(secret).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).not.toContain("hush");
  });
});
