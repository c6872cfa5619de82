/** Runs at the end of `npm install`: bundles and templates are made once here, so that the first start only reads them. */
import { ensureSynth } from "../local/plan/synth.ts";

const { made } = await ensureSynth();
console.log(made ? "bundles and templates made" : "bundles and templates are current");
