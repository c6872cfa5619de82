/** Bundles the functions and synthesizes the stacks: run by the CDK's command line, or as it is (`npm run synth`). */

import { buildApp } from "../lib/app.ts";
import { brandPath, bundleAll } from "../scripts/bundle.ts";

await bundleAll();
const { app } = buildApp({ brandPath: brandPath(), outdir: process.env["CDK_OUTDIR"] ?? "cdk.out" });
// Without this call a plain `node` writes nothing and exits 0, findings or not.
app.synth();
