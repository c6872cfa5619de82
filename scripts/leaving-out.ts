/**
 * What the functions' dependencies bring along and no function ever reaches: a quarter of every bundle, parsed at every
 * cold start. Each is replaced by the same names, which fail loudly should they be used after all.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";

interface LeftOut {
  /** How it is imported. */
  readonly imported: RegExp;
  readonly why: string;
  /** What stands in for the file it would have been. */
  readonly instead: (file: string) => string;
}

const failing = (what: string): string =>
  `const unused = () => { throw new Error("${what} is left out of this bundle (scripts/leaving-out.ts)"); };`;

/** Every name the module exports, each failing when called. Some packages import without the ending. */
const namesOf = (what: string) => (file: string) => {
  const source = readFileSync(file.endsWith(".js") ? file : `${file}.js`, "utf8");
  const declared = [...source.matchAll(/^export (?:async )?(?:const|let|class|function) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const renamed = [...source.matchAll(/^export \{ \w+ as (\w+) \}/gm)].map(([, name]) => name);
  return [failing(what), ...[...declared, ...renamed].map((name) => `export { unused as ${name} };`)].join(
    "\n",
  );
};

const LEFT_OUT: readonly LeftOut[] = [
  {
    imported: /^@aws-sdk\/credential-provider-node$/,
    why: "Lambda hands credentials over in the environment and in no other way: no profiles, sign-on, metadata",
    instead: () => `import { fromEnv } from "@aws-sdk/credential-provider-env";
      export const defaultProvider = (options) => fromEnv(options);`,
  },
  {
    imported: /^@smithy\/core\/event-streams$/,
    why: "no call of ours answers with an event stream",
    instead: () => `${failing("event streams")}
      export { unused as EventStreamSerde, unused as eventStreamSerdeProvider };
      export const resolveEventStreamSerdeConfig = (config) => config;`,
  },
  {
    imported: /^@aws-sdk\/endpoint-cache$/,
    why: "endpoint discovery is off for DynamoDB outside of local experiments of AWS's own",
    instead: () => `${failing("endpoint discovery")}
      export class EndpointCache { get() { unused(); } set() { unused(); } has() { return false; } }`,
  },
  {
    imported: /^\.{1,2}\/(core\/)?(json-schema-processors|to-json-schema)\.js$/,
    why: "OpenAPI is generated when documents are built, never in a function",
    instead: namesOf("JSON Schema"),
  },
  {
    imported: /^\.{1,2}\/(util-retry\/|\.\.\/util-retry\/)?DefaultRateLimiter$/,
    why: "only the retry mode `adaptive` limits its own rate; ours is the standard one",
    instead: namesOf("adaptive retry"),
  },
  {
    imported: /^\.\/Sha256Js$/,
    why: "Node has its own",
    instead: namesOf("SHA-256 in JavaScript"),
  },
  {
    imported: /^\.\.\/package\.json$/,
    why: "a client reads nothing of its package but the version",
    instead: (file) =>
      `export default { version: ${JSON.stringify(JSON.parse(readFileSync(file, "utf8")).version)} };`,
  },
];

/** @param root the repository, whose packages are meant */
export const leavingOut = (root: string): Plugin => ({
  name: "leaving-out",
  setup(build) {
    for (const [index, { imported, instead }] of LEFT_OUT.entries()) {
      const namespace = `left-out-${index}`;
      build.onResolve({ filter: imported }, ({ path, resolveDir }) => ({
        path: path.startsWith(".") ? join(resolveDir, path) : path,
        namespace,
      }));
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: instead(path),
        resolveDir: join(root, "node_modules", "@aws-sdk", "credential-provider-node"),
      }));
    }
  },
});
