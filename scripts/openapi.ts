/**
 * Makes `docs/openapi.json` (OpenAPI 3.1) from the routes and the schemas: `node scripts/openapi.ts`.
 * With `--check` it writes nothing and fails when the file is not what would be written.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as z from "zod";
import { ProblemBody } from "../lambdas/contracts/api.ts";
import { CaseQuery, EnquiryQuery, IdempotencyKey } from "../lambdas/contracts/requests.ts";
import { ROUTES, type Route, STAFF_ACTIONS } from "../lambdas/contracts/routes.ts";
import { EnquiryId } from "../lambdas/domain/enquiry.ts";
import { CaseId, DesignNumber, SerialNumber } from "../lambdas/domain/identifiers.ts";
import { InvoiceId } from "../lambdas/domain/invoice.ts";
import { PROBLEM_STATUS, Problem, type ProblemCode } from "../lambdas/domain/problem.ts";
import { problemBody } from "../lambdas/platform/http.ts";
import { COMPONENTS, type Described, OPERATIONS } from "./openapi/operations.ts";

type Json = Record<string, unknown>;
const FILE = fileURLToPath(new URL("../docs/openapi.json", import.meta.url));

/** `example` is OpenAPI 3.0; 3.1 has JSON Schema's `examples`. */
const inExamples = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (!("example" in jsonSchema)) return;
  jsonSchema.examples = [jsonSchema.example];
  delete jsonSchema.example;
};

/** As it may be sent, before defaults and transformations. */
const sent = (schema: z.ZodType): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", override: inExamples });
  return json;
};

/** Answers that several operations share, and what they are made of, by name. */
const named = z.registry<{ readonly id: string }>();
for (const [id, schema] of Object.entries(COMPONENTS)) named.add(schema, { id });
const address = (id: string): string => `#/components/schemas/${id}`;

const components = (): Json =>
  Object.fromEntries(
    Object.entries(z.toJSONSchema(named, { io: "output", uri: address, override: inExamples }).schemas).map(
      ([id, { $schema: _schema, $id: _id, ...json }]) => [id, json],
    ),
  );

const answered = (schema: z.ZodType): Json => {
  const id = named.get(schema)?.id;
  if (id === undefined) throw new Error("an answer without a name (scripts/openapi/operations.ts)");
  return { $ref: address(id) };
};

const PATH_PARAMETERS: Readonly<Record<string, z.ZodType>> = {
  caseId: CaseId,
  enquiryId: EnquiryId,
  invoiceId: InvoiceId,
  designNumber: DesignNumber,
  serialNumber: SerialNumber,
  name: z
    .string()
    .max(100)
    .meta({ title: "Name of a document", examples: ["label.pdf"] }),
};
const HEADERS: Readonly<Record<string, z.ZodType>> = { "Idempotency-Key": IdempotencyKey };

const parameter = (
  where: "path" | "query" | "header",
  name: string,
  required: boolean,
  schema: z.ZodType,
) => ({
  name,
  in: where,
  required,
  schema: sent(schema),
});

/** What they change has no version of its own. */
const UNVERSIONED: readonly string[] = ["putDesign", "answerEnquiry"];

function parametersOf(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const changesCase = route.auth !== "none" && route.method !== "GET" && route.function !== "files";
  const query: Readonly<Record<string, z.ZodType>> = { ...EnquiryQuery.shape, ...CaseQuery.shape };
  const known = (from: Readonly<Record<string, z.ZodType>>, name: string): z.ZodType => {
    const schema = from[name];
    if (!schema) throw new Error(`${route.path}: nothing is known of ${name}`);
    return schema;
  };
  return [
    ...inPath.map((name) => parameter("path", name, true, known(PATH_PARAMETERS, name))),
    ...(route.query ?? []).map((name) => parameter("query", name, false, known(query, name))),
    ...(route.requiredHeaders ?? []).map((name) => parameter("header", name, true, known(HEADERS, name))),
    ...(changesCase && !UNVERSIONED.includes(route.operation)
      ? [
          {
            ...parameter(
              "header",
              "If-Match",
              false,
              z
                .string()
                .max(20)
                .meta({ examples: ['"3"'] }),
            ),
            description:
              "The version the caller has seen; the action is stopped (409) when it has changed since.",
          },
        ]
      : []),
  ];
}

/** What any operation can answer, by who calls it. */
const COMMON: Record<Route["auth"], readonly ProblemCode[]> = {
  none: ["too-many-requests", "internal-error", "unavailable"],
  link: ["unauthenticated", "too-many-requests", "internal-error", "unavailable"],
  staff: ["unauthenticated", "forbidden", "too-many-requests", "internal-error", "unavailable"],
};
const FURTHER: Partial<Record<ProblemCode, [ConstructorParameters<typeof Problem>[1], Json]>> = {
  "invalid-request": [[{ path: "items[0].serialNumber", message: "1 to 40 letters, digits or hyphens" }], {}],
  "rule-broken": [
    [{ path: "items[0].desiredSize", message: "The desired size is the present one", rule: "R20" }],
    {},
  ],
  "out-of-turn": [[], { stage: "in-review" }],
  "already-answered": [[], { stage: "in-review" }],
  "case-changed": [[], { version: 7 }],
};

function problemResponses(codes: readonly ProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => PROBLEM_STATUS[code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, same]) => [
        String(status),
        {
          description: same.map((code) => `\`${code}\`: ${new Problem(code).message}`).join("; "),
          content: {
            "application/problem+json": {
              schema: answered(ProblemBody),
              examples: Object.fromEntries(
                same.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
              ),
            },
          },
        },
      ]),
  );
}

const problemExamples = (): Json =>
  Object.fromEntries(
    (Object.keys(PROBLEM_STATUS) as ProblemCode[]).map((code) => {
      const [errors, extensions] = FURTHER[code] ?? [];
      return [code, { value: problemBody(new Problem(code, errors, extensions)) }];
    }),
  );

/** `export-clearance` of staff → `exportClearance`; where a customer has an action of that name too, hers is `…OfCase`. */
const operationId = ({ operation, auth }: Route): string => {
  const camel = operation.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const shared = (STAFF_ACTIONS as readonly string[]).includes(operation);
  return auth === "link" && shared ? `${camel}OfCase` : camel;
};

function requestBody({ request, example }: Described, where: string): Json {
  if (!request) return {};
  const checked = request.safeParse(JSON.parse(JSON.stringify(example)));
  if (!checked.success)
    throw new Error(`${where}: the example breaks its own schema: ${checked.error.message}`);
  return {
    requestBody: {
      required: !request.safeParse({}).success,
      content: { "application/json": { schema: sent(request), example } },
    },
  };
}

function operationOf(route: Route): Json {
  const described = OPERATIONS[route.function]?.[route.operation];
  const where = `${route.method} ${route.path}`;
  if (!described) throw new Error(`${where} is not described (scripts/openapi/operations.ts)`);
  const { summary, description, status, response, problems } = described;
  const tag = { none: "Public", link: "Customer", staff: "Staff" }[route.auth];
  return {
    operationId: operationId(route),
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    security: route.auth === "none" ? [] : [{ [route.auth]: [] }],
    ...(parametersOf(route).length > 0 ? { parameters: parametersOf(route) } : {}),
    ...requestBody(described, where),
    responses: {
      [status]: {
        description: summary,
        content: { "application/json": { schema: answered(response) } },
      },
      ...problemResponses([...COMMON[route.auth], ...problems]),
    },
  };
}

/** The document. @throws Error for a route nobody has described, or an example that breaks its schema */
export function openapi(): Json {
  const byPath = Map.groupBy(ROUTES, (route) => route.path);
  const paths = Object.fromEntries(
    [...byPath].map(([path, routes]) => [
      path,
      Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
  return {
    openapi: "3.1.0",
    info: {
      title: "After-sales service",
      version: "1",
      description:
        "Complimentary resizing, repair and maintenance. Money is integer US cents, sizes are Japanese ring sizes, instants are UTC. Problems are RFC 9457 with a stable `code`. Generated by `scripts/openapi.ts`.",
    },
    servers: [{ url: "/" }],
    tags: [{ name: "Public" }, { name: "Customer" }, { name: "Staff" }],
    paths,
    components: {
      securitySchemes: {
        link: {
          type: "http",
          scheme: "bearer",
          description: "The token of a mailed link: `<caseId>.<secret>`. It names the case.",
        },
        staff: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An ID token of the staff's user pool; its groups are the roles.",
        },
      },
      examples: problemExamples(),
      schemas: components(),
    },
  };
}

export const written = (): string => `${JSON.stringify(openapi(), null, 1)}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (process.argv.includes("--check")) {
    if (readFileSync(FILE, "utf8") !== written()) {
      console.error("docs/openapi.json is stale: run node scripts/openapi.ts");
      process.exitCode = 1;
    }
  } else {
    writeFileSync(FILE, written());
  }
}
