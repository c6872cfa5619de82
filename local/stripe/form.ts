/** Parameters as Stripe takes them: `metadata[key]=…`, `expand[]=…`, `lines[0][amount]=…`, in a body or a query. */
import { createHash } from "node:crypto";

export type Parameter = string | readonly Parameter[] | { readonly [name: string]: Parameter };
type Tree = Map<string, Tree | string>;

const partsOf = (name: string): string[] => {
  const [, first = name, rest = ""] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, part = ""]) => part)];
};

const put = (tree: Tree, [first = "", ...rest]: readonly string[], value: string): void => {
  const key = first === "" ? String(tree.size) : first;
  if (rest.length === 0) {
    tree.set(key, value);
    return;
  }
  const held = tree.get(key);
  const below: Tree = held instanceof Map ? held : new Map();
  tree.set(key, below);
  put(below, rest, value);
};

const plain = (tree: Tree | string): Parameter => {
  if (typeof tree === "string") return tree;
  const entries = [...tree].map(([name, below]): [string, Parameter] => [name, plain(below)]);
  const isList = entries.every(([name]) => /^\d+$/.test(name));
  return isList && entries.length > 0 ? entries.map(([, value]) => value) : Object.fromEntries(entries);
};

/** The parameters as nested values; all leaves are text. */
export const parseForm = (text: string): { readonly [name: string]: Parameter } => {
  const tree: Tree = new Map();
  for (const [name, value] of new URLSearchParams(text)) put(tree, partsOf(name), value);
  return Object.fromEntries([...tree].map(([name, below]) => [name, plain(below)]));
};

/** The same for the same request, whatever the order of its parameters. */
export const fingerprintOf = (method: string, path: string, text: string): string => {
  const pairs = [...new URLSearchParams(text)].map((pair) => JSON.stringify(pair)).sort();
  return createHash("sha256")
    .update([method, path, ...pairs].join("\n"))
    .digest("hex");
};
