/**
 * Bundles the functions and writes the assembly to the folder it is given: `bin/after-sales.ts` without the audit,
 * whose three seconds belong to the build and change nothing in the templates.
 */
import { buildApp } from "../../lib/app.ts";
import { brandPath, bundleAll } from "../../scripts/bundle.ts";

const [outdir] = process.argv.slice(2);
if (!outdir) throw new Error("which folder?");
await bundleAll();
buildApp({ brandPath: brandPath(), outdir, audited: false }).app.synth();
