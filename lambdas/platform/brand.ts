/** The brand configuration the bundle was built with (`#brand`: `config/brand.example.json`, or the file named by BRAND_CONFIG). */
import json from "#brand" with { type: "json" };
import { Brand } from "../domain/brand.ts";

export const brand: Brand = Brand.parse(json);
