/** Bundles the functions and synthesizes the stacks: run by the CDK's command line, or as it is (`npm run synth`). */

import { loadBrand } from "../lambdas/contracts/brand.ts";
import { buildApp } from "../lib/app.ts";
import { brandPath, bundleAll } from "../scripts/bundle.ts";

// First of all: half a brand is told by its missing keys, not by a bundle that fails.
loadBrand(brandPath());
await bundleAll();
const { app } = buildApp({ brandPath: brandPath(), outdir: process.env["CDK_OUTDIR"] ?? "cdk.out" });
// Without this call a plain `node` writes nothing and exits 0, findings or not.
app.synth();
