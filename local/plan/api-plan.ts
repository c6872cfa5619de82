/** The REST API as the template states it: routes, their function or mock, authorizers, required parameters, gateway responses. */
import type { Properties } from "./intrinsics.ts";
import type { Found } from "./plan.ts";
import { object, text } from "./values.ts";

export interface RoutePlan {
  readonly method: string;
  /** `/v1/cases/{caseId}`. */
  readonly path: string;
  /** Undefined for a mock. */
  readonly functionName: string | undefined;
  /** The integration's time-out in milliseconds; API Gateway's own limit is 29 seconds. */
  readonly timeoutMs: number;
  readonly authorizer: AuthorizerPlan | undefined;
  /** Scopes of an access token; empty: the identity token is wanted. */
  readonly requiredHeaders: readonly string[];
  readonly requiredQuery: readonly string[];
  /** What a mock (the CORS preflight) answers. */
  readonly mock: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;
}
interface AuthorizerPlan {
  readonly userPoolIds: readonly string[];
  /** Header that carries the token. */
  readonly header: string;
}
export interface GatewayResponsePlan {
  readonly type: string;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Template of the JSON body. */
  readonly body: string | undefined;
}
export interface ApiPlan {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly routes: readonly RoutePlan[];
  readonly responses: readonly GatewayResponsePlan[];
}

/** `'application/problem+json'` → `application/problem+json`: header mappings quote their literals. */
const literal = (value: unknown): string => text(value).replace(/^'(.*)'$/s, "$1");

/** `…:lambda:path/2015-03-31/functions/arn:aws:lambda:…:function:NAME/invocations` → NAME. */
const functionOfUri = (uri: unknown): string | undefined => /:function:([^/:]+)/.exec(text(uri))?.[1];

const required = (parameters: unknown, place: string): string[] =>
  Object.entries(object(parameters))
    .filter(([name, wanted]) => wanted === true && name.startsWith(`method.request.${place}.`))
    .map(([name]) => name.slice(`method.request.${place}.`.length));

const mockOf = (integration: Properties): RoutePlan["mock"] => {
  const [first] = (integration["IntegrationResponses"] ?? []) as Properties[];
  const headers = Object.entries(object(first?.["ResponseParameters"]))
    .filter(([name]) => name.startsWith("method.response.header."))
    .map(([name, value]) => [name.slice("method.response.header.".length), literal(value)]);
  return { status: Number(first?.["StatusCode"] ?? 200), headers: Object.fromEntries(headers) };
};

/** @throws when a method is integrated in a way that cannot be run here. */
export const readApi = (all: (type: string) => Found[]): ApiPlan[] => {
  const resources = all("AWS::ApiGateway::Resource");
  const methods = all("AWS::ApiGateway::Method");
  const authorizers = all("AWS::ApiGateway::Authorizer");
  const validators = all("AWS::ApiGateway::RequestValidator");

  const pathOf = (resourceId: unknown): string => {
    const resource = resources.find(({ name }) => name === resourceId);
    return resource
      ? `${pathOf(resource.properties["ParentId"])}/${text(resource.properties["PathPart"])}`
      : "";
  };

  const authorizerOf = (properties: Properties): AuthorizerPlan | undefined => {
    const type = text(properties["AuthorizationType"] ?? "NONE");
    if (type === "NONE") return undefined;
    const authorizer = authorizers.find(({ name }) => name === properties["AuthorizerId"]);
    if (type !== "COGNITO_USER_POOLS" || !authorizer)
      throw new Error(`authorization ${type} is not run locally`);
    return {
      userPoolIds: ((authorizer.properties["ProviderARNs"] ?? []) as unknown[]).map(
        (arn) => text(arn).split("/").at(-1) ?? "",
      ),
      header: text(authorizer.properties["IdentitySource"] ?? "method.request.header.Authorization")
        .split(".")
        .at(-1) as string,
    };
  };

  const routeOf = ({ name, properties }: Found): RoutePlan => {
    const integration = object(properties["Integration"]);
    const type = text(integration["Type"]);
    if (type !== "AWS_PROXY" && type !== "MOCK")
      throw new Error(`${name}: integration ${type} is not run locally`);
    const validator = validators.find((one) => one.name === properties["RequestValidatorId"]);
    const checks = validator?.properties["ValidateRequestParameters"] === true;
    return {
      method: text(properties["HttpMethod"]),
      path: pathOf(properties["ResourceId"]) || "/",
      functionName: type === "AWS_PROXY" ? functionOfUri(integration["Uri"]) : undefined,
      timeoutMs: Number(integration["TimeoutInMillis"] ?? 29_000),
      authorizer: authorizerOf(properties),
      requiredHeaders: checks ? required(properties["RequestParameters"], "header") : [],
      requiredQuery: checks ? required(properties["RequestParameters"], "querystring") : [],
      mock: type === "MOCK" ? mockOf(integration) : undefined,
    };
  };

  const responses = all("AWS::ApiGateway::GatewayResponse").map(
    ({ properties }): GatewayResponsePlan & { api: string } => ({
      api: text(properties["RestApiId"]),
      type: text(properties["ResponseType"]),
      status: properties["StatusCode"] === undefined ? undefined : Number(properties["StatusCode"]),
      headers: Object.fromEntries(
        Object.entries(object(properties["ResponseParameters"]))
          .filter(([key]) => key.startsWith("gatewayresponse.header."))
          .map(([key, value]) => [key.slice("gatewayresponse.header.".length), literal(value)]),
      ),
      body: Object.values(object(properties["ResponseTemplates"])).map(text)[0],
    }),
  );

  const stages = all("AWS::ApiGateway::Stage");
  return all("AWS::ApiGateway::RestApi").map(({ name }) => ({
    id: name,
    name,
    stage: text(
      stages.find(({ properties }) => properties["RestApiId"] === name)?.properties["StageName"] ?? "v1",
    ),
    routes: methods.filter(({ properties }) => properties["RestApiId"] === name).map(routeOf),
    responses: responses.filter(({ api }) => api === name),
  }));
};
