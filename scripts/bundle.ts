/**
 * Bundles every function to `dist/functions/<name>/index.js`: what deploys and what runs locally, byte for byte.
 * CommonJS and `module,main` because they start fastest (design, Bundles). Run with `--report` for the sizes.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { loadBrand } from "../lambdas/contracts/brand.ts";
import { ENVIRONMENTS, type FunctionName } from "../lambdas/contracts/env.ts";
import { leavingOut } from "./leaving-out.ts";
import { pdfkitBundling } from "./pdfkit-bundling.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(ROOT, "dist", "functions");
const RECORD = join(OUT, "bundle.json");
/** Raised when this file changes what it makes from the same inputs. */
const FORMAT = 3;
/** Kilobytes an API function may have (design, Numbers to reach). */
const API_LIMIT_KB = 400;

export const FUNCTION_NAMES = Object.keys(ENVIRONMENTS) as FunctionName[];

/** `step-ask` → `lambdas/handlers/steps/ask/index.ts`. */
export const entryOf = (name: FunctionName): string => {
  const [prefix = "", ...rest] = name.split("-");
  const folder =
    prefix === "api"
      ? `api/${rest.join("-")}`
      : prefix === "step"
        ? `steps/${rest.join("-")}`
        : `events/${name}`;
  return join("lambdas", "handlers", folder, "index.ts");
};

/** The folder that becomes the function's code. */
export const bundleFolder = (name: FunctionName): string => join(OUT, name);

/** What is in it, from the root of the repository. */
const filesOf = (name: FunctionName): string[] =>
  ["index.js", "package.json"].map((file) => join("dist", "functions", name, file));

/** The brand's configuration: `BRAND_CONFIG`, or the committed example. */
export const brandPath = (): string =>
  resolve(ROOT, process.env["BRAND_CONFIG"] ?? "config/brand.example.json");

const sha = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const fileHash = (path: string): string =>
  existsSync(path) && statSync(path).isFile() ? sha(readFileSync(path)) : "";

/**
 * What a bundle depends on besides the sources: installed packages by the record npm keeps of them
 * (hashing a thousand of their files would cost more than bundling), the brand and this format.
 */
const surroundings = (brand: string): string =>
  sha(
    JSON.stringify([
      FORMAT,
      process.version,
      fileHash(join(ROOT, "node_modules", ".package-lock.json")),
      fileHash(fileURLToPath(import.meta.url)),
      ...["leaving-out.ts", "pdfkit-bundling.ts"].map((file) => fileHash(join(ROOT, "scripts", file))),
      brand,
      fileHash(brand),
    ]),
  );

interface BundleRecord {
  readonly surroundings: string;
  /** Own sources that went in, by path, and the hash of each. */
  readonly sources: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const isCurrent = (now: string): boolean => {
  if (!existsSync(RECORD)) return false;
  const record = JSON.parse(readFileSync(RECORD, "utf8")) as BundleRecord;
  const matches = (files: BundleRecord["sources"]) =>
    Object.entries(files).every(([path, hash]) => fileHash(join(ROOT, path)) === hash);
  const complete = FUNCTION_NAMES.flatMap(filesOf).every((file) => file in record.outputs);
  return record.surroundings === now && complete && matches(record.sources) && matches(record.outputs);
};

/** `#brand` is the file this bundle is made for, wherever it lies: checked here, since no function does it again. */
const brandFrom = (path: string): Plugin => ({
  name: "brand",
  setup(bundling) {
    bundling.onResolve({ filter: /^#brand$/ }, () => ({ path, namespace: "brand" }));
    bundling.onLoad({ filter: /./, namespace: "brand" }, () => ({
      contents: JSON.stringify(loadBrand(path)),
      loader: "json",
    }));
  },
});

/** Whole or not at all: another process may be reading, or bundling the same. */
const replace = (path: string, contents: Uint8Array | string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  writeFileSync(half, contents);
  renameSync(half, path);
};

/**
 * Makes all bundles unless they are already those of the present inputs.
 * @returns whether anything was built. @throws when a function does not bundle.
 */
export const bundleAll = async (): Promise<boolean> => {
  const brand = brandPath();
  const now = surroundings(brand);
  if (isCurrent(now)) return false;
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: FUNCTION_NAMES.map((name) => ({ in: entryOf(name), out: `${name}/index` })),
    outdir: OUT,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    charset: "utf8",
    metafile: true,
    write: false,
    logLevel: "error",
    inject: [join("lambdas", "platform", "without-jit.ts")],
    plugins: [brandFrom(brand), leavingOut(ROOT), pdfkitBundling()],
  });
  const sources = Object.keys(result.metafile.inputs)
    .map((path) => relative(ROOT, resolve(ROOT, path)))
    .filter((path) => !path.includes("node_modules") && existsSync(join(ROOT, path)))
    .sort();
  for (const file of result.outputFiles) replace(file.path, file.contents);
  // Wherever the folder is put, and whatever the package around it says, this is CommonJS.
  for (const name of FUNCTION_NAMES)
    replace(join(bundleFolder(name), "package.json"), '{"type":"commonjs"}\n');
  const outputs = FUNCTION_NAMES.flatMap(filesOf);
  const hashes = (paths: readonly string[]) =>
    Object.fromEntries(paths.map((path) => [path, fileHash(join(ROOT, path))]));
  const record: BundleRecord = { surroundings: now, sources: hashes(sources), outputs: hashes(outputs) };
  replace(RECORD, `${JSON.stringify(record, null, 1)}\n`);
  return true;
};

/** Sizes of what was bundled, in kilobytes of 1,000 bytes. */
export const bundleSizes = (): {
  readonly name: FunctionName;
  readonly kb: number;
  readonly gzipKb: number;
}[] =>
  FUNCTION_NAMES.map((name) => {
    const code = readFileSync(join(bundleFolder(name), "index.js"));
    return { name, kb: Math.ceil(code.length / 1000), gzipKb: Math.ceil(gzipSync(code).length / 1000) };
  });

const report = (): boolean => {
  let withinLimits = true;
  for (const { name, kb, gzipKb } of bundleSizes()) {
    // `files` carries the signer, which is why it is a function of its own.
    const tooLarge = name.startsWith("api-") && name !== "api-files" && kb > API_LIMIT_KB;
    if (tooLarge) withinLimits = false;
    console.log(
      `${name.padEnd(24)}${String(kb).padStart(6)} KB${String(gzipKb).padStart(6)} KB gzip${tooLarge ? `  above ${API_LIMIT_KB} KB` : ""}`,
    );
  }
  return withinLimits;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const started = performance.now();
  const built = await bundleAll();
  console.log(`${built ? "bundled" : "unchanged"} in ${Math.round(performance.now() - started)} ms`);
  if (process.argv.includes("--report") && !report()) process.exitCode = 1;
}
