/** A cloud assembly as `cdk synth` leaves it: its stacks, and where the files behind their assets lie. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack, Template } from "./intrinsics.ts";

export interface Assembly {
  readonly stacks: readonly Stack[];
  /** The file or folder an asset was made from, by the key it would have in the asset bucket. */
  readonly assetPath: (objectKey: string) => string;
}

interface Artifact {
  readonly type: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly file?: string;
  };
}
interface AssetManifest {
  readonly files?: Record<
    string,
    {
      readonly source: { readonly path?: string };
      readonly destinations: Record<string, { objectKey: string }>;
    }
  >;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

/** @throws when the folder holds no assembly, or an asset is asked for that it does not list. */
export const readAssembly = (folder: string): Assembly => {
  const manifestPath = join(folder, "manifest.json");
  if (!existsSync(manifestPath)) throw new Error(`no cloud assembly in ${folder}`);
  const artifacts = Object.entries(
    (readJson(manifestPath) as { artifacts: Record<string, Artifact> }).artifacts,
  );
  const stacks = artifacts.flatMap(([id, { type, properties }]): Stack[] =>
    type === "aws:cloudformation:stack" && properties?.templateFile
      ? [
          {
            name: properties.stackName ?? id,
            template: readJson(join(folder, properties.templateFile)) as Template,
          },
        ]
      : [],
  );
  const assets = new Map<string, string>();
  for (const [, { type, properties }] of artifacts) {
    if (type !== "cdk:asset-manifest" || !properties?.file) continue;
    const manifest = readJson(join(folder, properties.file)) as AssetManifest;
    for (const { source, destinations } of Object.values(manifest.files ?? {})) {
      if (source.path === undefined) continue;
      for (const { objectKey } of Object.values(destinations))
        assets.set(objectKey, join(folder, source.path));
    }
  }
  return {
    stacks,
    assetPath: (objectKey) => {
      const path = assets.get(objectKey);
      if (!path) throw new Error(`the assembly in ${folder} has no asset ${objectKey}`);
      return path;
    },
  };
};
