import { Match } from "aws-cdk-lib/assertions";
import { ResponseType } from "aws-cdk-lib/aws-apigateway";
import { describe, expect, it } from "vitest";
import { ROUTES } from "../../lambdas/contracts/routes.ts";
import { Problem, type ProblemCode } from "../../lambdas/domain/problem.ts";
import { problemBody } from "../../lambdas/platform/http.ts";
import { pascalCase } from "../../lib/constructs/service-function.ts";
import { ofType, type Resource, type Resources, SITE, templates } from "./assembly.ts";

const { service } = await templates();
const resources = service.toJSON().Resources as Resources;
const text = (value: unknown): string => JSON.stringify(value);

const pathOf = (id: unknown): string => {
  const { Ref: ref } = id as { Ref?: string };
  const resource = ref ? resources[ref] : undefined;
  return resource
    ? `${pathOf(resource.Properties["ParentId"])}/${String(resource.Properties["PathPart"])}`
    : "";
};
const methods = ofType(resources, "AWS::ApiGateway::Method")
  .map(([, resource]) => resource)
  .filter(({ Properties: of }) => of["HttpMethod"] !== "OPTIONS");
const methodOf = (method: string, path: string): Resource | undefined =>
  methods.find(({ Properties: of }) => of["HttpMethod"] === method && pathOf(of["ResourceId"]) === path);

describe("routes", () => {
  it("are those of the contract and no others", () => {
    const deployed = methods.map(
      ({ Properties: of }) => `${String(of["HttpMethod"])} ${pathOf(of["ResourceId"])}`,
    );
    expect(deployed.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(ROUTES)("$method $path reaches its function, behind its lock", (route) => {
    const { Properties: of } = methodOf(route.method, route.path) as Resource;
    expect(text(of["Integration"])).toContain(`${pascalCase(`api-${route.function}`)}Function`);
    expect(of["AuthorizationType"]).toBe(route.auth === "staff" ? "COGNITO_USER_POOLS" : "NONE");
    expect(of["RequestValidatorId"]).toBeDefined();
    for (const header of route.requiredHeaders ?? [])
      expect(of["RequestParameters"]).toMatchObject({ [`method.request.header.${header}`]: true });
    for (const parameter of route.query ?? [])
      expect(of["RequestParameters"]).toMatchObject({ [`method.request.querystring.${parameter}`]: false });
  });

  it("answer the browser's question for the site alone", () => {
    const preflights = ofType(resources, "AWS::ApiGateway::Method").filter(
      ([, { Properties: of }]) => of["HttpMethod"] === "OPTIONS",
    );
    expect(preflights.length).toBeGreaterThan(0);
    for (const [id, preflight] of preflights) expect(text(preflight), id).toContain(`'${SITE}'`);
    expect(text(preflights)).not.toContain("'*'");
  });
});

describe("what the gateway refuses", () => {
  const responses = ofType(resources, "AWS::ApiGateway::GatewayResponse").map(([, { Properties: of }]) => of);

  it("is said for every type there is", () => {
    const types = Object.values(ResponseType).map((type: ResponseType) => type.responseType);
    expect(types.length).toBeGreaterThan(15);
    expect(responses.map((one) => String(one["ResponseType"])).sort()).toEqual(types.sort());
  });

  it("looks like every other problem", () => {
    for (const of of responses) {
      expect(of["ResponseParameters"]).toEqual({
        "gatewayresponse.header.Content-Type": "'application/problem+json'",
        "gatewayresponse.header.Access-Control-Allow-Origin": `'${SITE}'`,
      });
      const { "application/json": template = "" } = of["ResponseTemplates"] as Record<string, string>;
      const body = JSON.parse(template.replace("$context.error.messageString", '"any"')) as Record<
        string,
        unknown
      >;
      const { type, status, code } = problemBody(new Problem(body["code"] as ProblemCode));
      expect(body).toMatchObject({ type, status, code, title: expect.any(String) });
      expect(of["StatusCode"]).toBe(String(body["status"]));
    }
  });

  it.each([
    ["MISSING_AUTHENTICATION_TOKEN", 404],
    ["UNAUTHORIZED", 401],
    ["ACCESS_DENIED", 403],
    ["WAF_FILTERED", 403],
    ["THROTTLED", 429],
    ["REQUEST_TOO_LARGE", 413],
    ["BAD_REQUEST_PARAMETERS", 400],
  ])("%s is %i", (type, status) => {
    expect(responses.find((one) => one["ResponseType"] === type)?.["StatusCode"]).toBe(String(status));
  });
});

describe("the stage", () => {
  it("is throttled, traced and logged, without what was sent", () => {
    service.hasResourceProperties("AWS::ApiGateway::Stage", {
      TracingEnabled: true,
      AccessLogSetting: Match.anyValue(),
      MethodSettings: [
        Match.objectLike({
          HttpMethod: "*",
          ResourcePath: "/*",
          LoggingLevel: "ERROR",
          DataTraceEnabled: false,
          ThrottlingRateLimit: 100,
          ThrottlingBurstLimit: 200,
        }),
      ],
    });
  });

  it("logs no address, no query and no header of a person", () => {
    const [[, stage] = []] = ofType(resources, "AWS::ApiGateway::Stage");
    const setting = stage?.Properties["AccessLogSetting"] as { Format: string } | undefined;
    expect(setting?.Format).toContain("requestId");
    expect(setting?.Format).not.toMatch(/identity|\.path"|querystring|header|authorizer/);
  });
});

describe("the firewall", () => {
  const [[, acl] = []] = ofType(resources, "AWS::WAFv2::WebACL");

  it("stands before the stage", () => {
    const [[, association] = []] = ofType(resources, "AWS::WAFv2::WebACLAssociation");
    expect(text(association?.Properties["ResourceArn"])).toMatch(/restapis.*stages/);
    expect(text(association?.Properties["WebACLArn"])).toContain("FirewallAcl");
  });

  it("counts large bodies instead of blocking them: 413 beyond 64 KB is our own answer", () => {
    expect(text(acl)).toContain('{"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"}');
  });

  it("lets the payment provider's messages in, unread but not unlimited: the signature decides (R37)", () => {
    const webhooks = ROUTES.filter((route) => route.function === "webhooks");
    expect(webhooks.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /v1/webhooks/payments"]);
    const rules = acl?.Properties["Rules"] as { Name: string; Priority: number; Statement: object }[];
    const order = [...rules].sort((a, b) => a.Priority - b.Priority);
    const [allowed] = rules.filter((rule) => "Action" in rule && text(rule.Action) === '{"Allow":{}}');
    expect(text(allowed?.Statement)).toContain(
      '"PositionalConstraint":"ENDS_WITH","SearchString":"/v1/webhooks/payments"',
    );
    expect(text(allowed?.Statement)).toContain('"SearchString":"POST"');
    expect(order.map(({ Statement: statement }) => Object.keys(statement)[0])).toEqual([
      "RateBasedStatement",
      "RateBasedStatement",
      "AndStatement",
      "ManagedRuleGroupStatement",
      "ManagedRuleGroupStatement",
      "ManagedRuleGroupStatement",
    ]);
    expect(order[2]).toBe(allowed);
  });

  it("limits every address, and answers 429 as a problem", () => {
    const rules = acl?.Properties["Rules"] as { Statement: object; Action?: { Block: unknown } }[];
    const limits = rules.filter((rule) => "RateBasedStatement" in rule.Statement);
    expect(limits).toHaveLength(2);
    for (const { Action: action } of limits)
      expect(action).toMatchObject({
        Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "too-many-requests" } },
      });
    const bodies = acl?.Properties["CustomResponseBodies"] as Record<string, { Content: string }> | undefined;
    const body = bodies?.["too-many-requests"];
    expect(JSON.parse(body?.Content ?? "")).toMatchObject({ status: 429, code: "too-many-requests" });
  });

  it("leaves every other block to the gateway, whose WAF_FILTERED is a problem", () => {
    const rules = acl?.Properties["Rules"] as { OverrideAction?: object; Statement: object }[];
    const managed = rules.filter((rule) => "ManagedRuleGroupStatement" in rule.Statement);
    expect(managed.map((rule) => rule.OverrideAction)).toEqual([{ None: {} }, { None: {} }, { None: {} }]);
  });

  it("keeps of a blocked request neither token nor query", () => {
    service.hasResourceProperties("AWS::WAFv2::LoggingConfiguration", {
      RedactedFields: [{ SingleHeader: { Name: "authorization" } }, { QueryString: {} }],
    });
  });
});
