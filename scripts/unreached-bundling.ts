/**
 * What every function would carry and none ever reaches: `plugins: [unreachedBundling()]`.
 * The SDK's protocols bring event streams along, its DynamoDB client a cache for endpoint discovery (a setting nobody
 * turns on), and each zod schema a way to print itself as JSON Schema (used by `scripts/openapi.ts`, not by
 * handlers): 42 of 440 KB of an API function. Each fails loudly should it be reached after all.
 */

import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Sources left out, whoever imports them. */
const UNREACHED = [
  /@aws-sdk[/\\]endpoint-cache[/\\]dist-es[/\\]EndpointCache\.js$/,
  /zod[/\\]v4[/\\]core[/\\](to-json-schema|json-schema-processors)\.js$/,
];
/** Left out where it is only imported when an event stream arrives; the S3 client sets its own up at once. */
const EVENT_STREAMS = "@smithy/core/event-streams";

/** Names a module exports; its form is the one these libraries are published in. */
const exportsOf = (source: string): string[] => {
  const declared = [...source.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)];
  const listed = [...source.matchAll(/^export \{ ([^}]+) \}/gm)].flatMap(([, names = ""]) =>
    names.split(",").map(
      (name) =>
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
    ),
  );
  return [...declared.map(([, name = ""]) => name), ...listed].filter((name) => name !== "");
};

/** What is made when a module or a schema is set up, and used later or never. */
const MADE_EARLY = /^(create\w+|EndpointCache)$/;

const stubs = (names: readonly string[], module: string): string => `
  function unreached() { throw new Error(${JSON.stringify(`${module} is left out of this bundle`)}); }
  function made() { return unreached; }
  export { ${names.map((name) => `${MADE_EARLY.test(name) ? "made" : "unreached"} as ${name}`).join(", ")} };`;

export const unreachedBundling = (): Plugin => ({
  name: "unreached",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: new RegExp(`^${EVENT_STREAMS}$`) }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, namespace: "unreached" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "unreached" }, () => ({
      contents: stubs(["EventStreamSerde", "eventStreamSerdeProvider"], EVENT_STREAMS),
    }));
    for (const filter of UNREACHED)
      onLoad({ filter }, async ({ path }) => {
        const module = path.replace(/.*node_modules[/\\]/, "");
        return { contents: stubs(exportsOf(await readFile(path, "utf8")), module), loader: "js" };
      });
  },
});
