/** The local API Gateway, on functions of its own. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cloud } from "../../local/cloud-types.ts";
import { imported, route, startFixture, temporaryFolder, V1 } from "./local-fixture.ts";

const PROBLEM = { "Content-Type": "'application/problem+json'" };
const gatewayResponse = (type: string, status: string, template: string) => ({
  Type: "AWS::ApiGateway::GatewayResponse",
  Properties: {
    RestApiId: { Ref: "Api" },
    ResponseType: type,
    StatusCode: status,
    ResponseParameters: Object.fromEntries(
      Object.entries(PROBLEM).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
    ),
    ResponseTemplates: { "application/json": template },
  },
});

const resources = {
  ...V1,
  Validator: { Type: "AWS::ApiGateway::RequestValidator", Properties: { ValidateRequestParameters: true } },
  Authorizer: {
    Type: "AWS::ApiGateway::Authorizer",
    Properties: {
      Type: "COGNITO_USER_POOLS",
      ProviderARNs: [imported("PoolArn")],
      IdentitySource: "method.request.header.Authorization",
    },
  },
  ...route("Echo", "echo", "POST", "echo"),
  ...route("Item", "{id}", "GET", "echo"),
  ...route("Named", "named", "GET", "named"),
  ...route("Throws", "throws", "GET", "throws"),
  ...route("Odd", "odd", "GET", "odd"),
  ...route("Slow", "slow", "GET", "slow", { timeoutMs: 150 }),
  ...route("Stuck", "stuck", "GET", "stuck"),
  ...route("Keyed", "keyed", "POST", "echo", {
    method: {
      RequestValidatorId: { Ref: "Validator" },
      RequestParameters: { "method.request.header.Idempotency-Key": true },
    },
  }),
  ...route("Staff", "staff", "GET", "echo", {
    method: { AuthorizationType: "COGNITO_USER_POOLS", AuthorizerId: { Ref: "Authorizer" } },
  }),
  Preflight: {
    Type: "AWS::ApiGateway::Method",
    Properties: {
      HttpMethod: "OPTIONS",
      ResourceId: { Ref: "ResourceEcho" },
      RestApiId: { Ref: "Api" },
      AuthorizationType: "NONE",
      Integration: {
        Type: "MOCK",
        IntegrationResponses: [
          {
            StatusCode: "204",
            ResponseParameters: {
              "method.response.header.Access-Control-Allow-Origin": "'http://localhost:3000'",
            },
          },
        ],
      },
    },
  },
  Unknown: gatewayResponse("MISSING_AUTHENTICATION_TOKEN", "404", '{"code":"not-found","status":404}'),
  Missing: gatewayResponse(
    "BAD_REQUEST_PARAMETERS",
    "400",
    '{"code":"invalid-request","detail":$context.error.messageString}',
  ),
  Large: gatewayResponse("REQUEST_TOO_LARGE", "413", '{"code":"too-large"}'),
  Unauthorized: gatewayResponse("UNAUTHORIZED", "401", '{"code":"unauthenticated"}'),
  Late: gatewayResponse("INTEGRATION_TIMEOUT", "504", '{"code":"unavailable"}'),
  Broken: gatewayResponse("DEFAULT_5XX", "502", '{"code":"internal-error"}'),
};

const echo = `exports.handler = async (event, context) => ({
  statusCode: 200, headers: { "X-Answer": "yes" }, multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] },
  body: JSON.stringify({ event, remaining: context.getRemainingTimeInMillis(), zone: process.env.AWS_REGION }),
});`;

describe("API Gateway", () => {
  const folder = temporaryFolder();
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startFixture(folder, {
      functions: {
        echo,
        named: 'exports.handler = async () => ({ statusCode: 200, body: "named" });',
        throws: 'exports.handler = async () => { throw new TypeError("secret"); };',
        odd: 'exports.handler = async () => ({ body: { not: "text" } });',
        slow: "exports.handler = () => new Promise((done) => setTimeout(done, 2000));",
        stuck: "exports.handler = () => { for (;;); };",
      },
      properties: { stuck: { Timeout: 1 } },
      resources,
    });
  });
  afterAll(async () => {
    await cloud.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const get = (path: string, init: RequestInit = {}) => fetch(`${cloud.url}/v1${path}`, init);

  it("hands over the request as a REST API does, with business time", async () => {
    const before = cloud.now().getTime();
    const answer = await get("/echo?a=1&a=2&b=%26", {
      method: "POST",
      body: '{"ä":1}',
      headers: { "X-One": "1" },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-answer")).toBe("yes");
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    const { event, remaining, zone } = (await answer.json()) as {
      event: Record<string, unknown>;
      remaining: number;
      zone: string;
    };
    expect(event).toMatchObject({
      resource: "/v1/echo",
      path: "/v1/echo",
      httpMethod: "POST",
      queryStringParameters: { a: "2", b: "&" },
      multiValueQueryStringParameters: { a: ["1", "2"] },
      pathParameters: null,
      body: '{"ä":1}',
      isBase64Encoded: false,
      requestContext: { resourcePath: "/v1/echo", httpMethod: "POST" },
    });
    const { requestTimeEpoch } = event["requestContext"] as { requestTimeEpoch: number };
    expect(requestTimeEpoch).toBeGreaterThanOrEqual(before);
    expect(requestTimeEpoch).toBeLessThanOrEqual(cloud.now().getTime());
    expect(remaining).toBeGreaterThan(5000);
    expect(zone).toBe("us-east-1");
  });

  it("prefers a literal path to a parameter, and decodes parameters", async () => {
    expect(await (await get("/named")).text()).toBe("named");
    const { event } = (await (await get("/a%20b")).json()) as { event: { pathParameters: unknown } };
    expect(event.pathParameters).toEqual({ id: "a b" });
  });

  it("answers what the template says for an unknown route", async () => {
    const answer = await get("/echo/deeper");
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toEqual({ code: "not-found", status: 404 });
  });

  it.each([
    ["a thrown error", "/throws"],
    ["an answer that is none", "/odd"],
  ])("answers %s with 502, never 200, and says nothing of it", async (_what, path) => {
    const answer = await get(path);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toBe('{"code":"internal-error"}');
  });

  it("answers 504 when the integration is late", async () => {
    expect((await get("/slow")).status).toBe(504);
  });

  it("ends a function that uses up its time, and runs it again afterwards", async () => {
    expect((await get("/stuck")).status).toBe(504);
    expect((await get("/named")).status).toBe(200);
  });

  it("insists on required parameters", async () => {
    const answer = await get("/keyed", { method: "POST", body: "{}" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      code: "invalid-request",
      detail: "Missing required request parameters: [Idempotency-Key]",
    });
    expect((await get("/keyed", { method: "POST", headers: { "idempotency-key": "1" } })).status).toBe(200);
  });

  it("refuses more than 10 MB", async () => {
    const answer = await get("/echo", { method: "POST", body: Buffer.alloc(10 * 1024 * 1024 + 1, 32) });
    expect(answer.status).toBe(413);
  });

  it("lets staff in with a token of theirs only", async () => {
    const token = await cloud.staffToken("Rin", ["representative", "shipping"]);
    const answer = await get("/staff", { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    const { event } = (await answer.json()) as {
      event: { requestContext: { authorizer: { claims: Record<string, string> } } };
    };
    expect(event.requestContext.authorizer.claims).toMatchObject({
      "cognito:groups": "representative,shipping",
      "cognito:username": "Rin",
      name: "Rin",
    });
    const [head, body, signature = ""] = token.split(".");
    const forged = `${head}.${body}.${signature.split("").toReversed().join("")}`;
    for (const authorization of [undefined, "", "Bearer", `Bearer ${forged}`, "Bearer none.of.it"]) {
      const refused = await get("/staff", authorization === undefined ? {} : { headers: { authorization } });
      expect(refused.status).toBe(401);
      expect(await refused.json()).toEqual({ code: "unauthenticated" });
    }
  });

  it("answers the preflight from the template", async () => {
    const answer = await get("/echo", { method: "OPTIONS" });
    expect(answer.status).toBe(204);
    // The brand's site is where the local cloud answers.
    expect(answer.headers.get("access-control-allow-origin")).toBe(cloud.url);
  });
});
