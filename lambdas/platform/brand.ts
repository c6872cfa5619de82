/**
 * The brand configuration the bundle was built with (`#brand`: `config/brand.example.json`, or the file named by
 * BRAND_CONFIG). Checked when it is bundled: nothing of it can have changed since.
 */
import json from "#brand" with { type: "json" };
import type { Brand } from "../domain/brand.ts";

export const brand = json as unknown as Brand;
