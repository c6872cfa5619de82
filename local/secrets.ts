/** Secrets Manager's GetSecretValue: the credentials of carrier and payment provider are those of their simulators. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { callerOf } from "./dynamodb/holding-proxy.ts";
import { readBody, send } from "./http.ts";
import { ACCOUNT, REGION } from "./plan/intrinsics.ts";

/** @param values by the secret's name. */
export const createSecrets =
  (
    values: ReadonlyMap<string, string>,
    onCall: (caller: string, operation: string, resource: string) => void,
  ) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = { "content-type": "application/x-amz-json-1.1" };
    const operation = String(request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
    const { SecretId = "" } = JSON.parse((await readBody(request)).toString() || "{}") as {
      SecretId?: string;
    };
    const refuse = (type: string, Message: string): void =>
      send(response, 400, headers, JSON.stringify({ __type: type, Message }));
    if (operation !== "GetSecretValue")
      return refuse("UnknownOperationException", `${operation} is not provided locally`);
    const name = SecretId.split(":secret:").at(-1) ?? "";
    const value = values.get(name);
    onCall(callerOf(request.headers), operation, name);
    if (value === undefined) {
      return refuse("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    send(
      response,
      200,
      headers,
      JSON.stringify({
        ARN: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}`,
        Name: name,
        VersionId: "00000000-0000-0000-0000-000000000001",
        VersionStages: ["AWSCURRENT"],
        SecretString: value,
        CreatedDate: 0,
      }),
    );
  };
