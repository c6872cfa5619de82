/** The stacks as they would deploy for a brand whose pages live on the internet, synthesized once a test file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import { type AfterSales, buildApp } from "../../lib/app.ts";
import { bundleAll } from "../../scripts/bundle.ts";

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
export type Resources = Record<string, Resource>;

const example = JSON.parse(readFileSync("config/brand.example.json", "utf8")) as Record<string, unknown>;
export const SITE = "https://care.ciwaka.example";

const folders: string[] = [];
/** A folder for as long as the test file runs. */
export const folder = (prefix: string): string => {
  const made = mkdtempSync(join(tmpdir(), prefix));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

/** A configuration file of the example brand with some keys changed; `undefined` takes one away. */
export const brandFile = (changed: Record<string, unknown> = {}): string => {
  const path = join(folder("brand-"), "brand.json");
  writeFileSync(path, JSON.stringify({ ...example, site: SITE, ...changed }));
  return path;
};

/** @param audited whether the rule packs look at it too */
export const build = async (audited = false): Promise<AfterSales & { readonly outdir: string }> => {
  await bundleAll();
  const outdir = folder("cdk-");
  return { ...buildApp({ brandPath: brandFile(), outdir, audited }), outdir };
};

export interface Templates {
  readonly data: Template;
  readonly service: Template;
  /** Resources of both stacks, by logical id. */
  readonly all: Resources;
}

export const templates = async (): Promise<Templates> => {
  const built = await build();
  const data = Template.fromStack(built.data);
  const service = Template.fromStack(built.service);
  const resources = (template: Template) => template.toJSON().Resources as Resources;
  return { data, service, all: { ...resources(data), ...resources(service) } };
};

export const ofType = (resources: Resources, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
}
export const statements = (document: unknown): Statement[] =>
  (document as { readonly Statement: Statement[] }).Statement;
export const listed = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T];
