/** `docs/openapi.json` says what the routes and schemas say. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROUTES } from "../../lambdas/contracts/routes.ts";
import { PROBLEM_STATUS } from "../../lambdas/domain/problem.ts";
import { openapi, written } from "../../scripts/openapi.ts";

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Record<string, { readonly example: unknown }> };
  readonly responses: Record<string, { readonly content: Record<string, unknown> }>;
}
const document = openapi() as {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Record<string, Record<string, unknown>>;
};
const operations = ROUTES.map((route) => {
  const operation = document.paths[route.path]?.[route.method.toLowerCase()];
  if (!operation) throw new Error(`${route.path} is missing`);
  return { route, operation };
});

describe("docs/openapi.json", () => {
  it("is what the schemas say today (node scripts/openapi.ts)", () => {
    expect(readFileSync("docs/openapi.json", "utf8")).toBe(written());
  });

  it("describes every route once, as OpenAPI 3.1", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(Object.values(document.paths).flatMap((path) => Object.keys(path))).toHaveLength(ROUTES.length);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says who may call, and what is refused to others", () => {
    for (const { route, operation } of operations) {
      expect(operation.security).toEqual(route.auth === "none" ? [] : [{ [route.auth]: [] }]);
      // A message of the payment provider is known by its signature.
      expect("401" in operation.responses).toBe(route.auth !== "none" || route.function === "webhooks");
      expect("403" in operation.responses).toBe(route.auth === "staff");
      for (const [status, response] of Object.entries(operation.responses))
        expect(Object.keys(response.content)).toEqual([
          Number(status) < 400 ? "application/json" : "application/problem+json",
        ]);
    }
  });

  it("names every parameter of a path, filter and required header", () => {
    for (const { route, operation } of operations) {
      const named = (operation.parameters ?? []).map((one) => one.name);
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const name of [...inPath, ...(route.query ?? []), ...(route.requiredHeaders ?? [])])
        expect(named).toContain(name);
    }
  });

  it("gives an example of every body that is sent", () => {
    const withExample = operations.filter(
      ({ operation }) => "example" in (operation.requestBody?.content["application/json"] ?? {}),
    );
    expect(withExample).toEqual(operations.filter(({ route }) => route.method !== "GET"));
  });

  it("points at nothing that is not there, and shows every problem", () => {
    const references = [...written().matchAll(/"\$ref": "#\/components\/(\w+)\/([\w-]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    for (const [, kind = "", name = ""] of references)
      expect(document.components[kind]).toHaveProperty([name]);
    expect(Object.keys(document.components.examples ?? {})).toEqual(Object.keys(PROBLEM_STATUS));
  });

  it("quotes no tokens, hashes or storage keys", () => {
    for (const secret of ["senderHashes", "uploadKey", "labelKey", '"token"', '"hash"'])
      expect(written()).not.toContain(secret);
  });
});
