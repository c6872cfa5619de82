import { describe, expect, it } from "vitest";
import { loadBrand } from "../../lambdas/contracts/brand.ts";
import { brandFile } from "./assembly.ts";

describe("the brand's configuration", () => {
  it("is read whole", () => {
    expect(loadBrand(brandFile()).name).toBe("CIWAKA");
  });

  it("names the key that is missing", () => {
    expect(() => loadBrand(brandFile({ operationsEmail: undefined }))).toThrow("operationsEmail: missing");
    expect(() => loadBrand(brandFile({ sender: { name: "CIWAKA", email: "a@b.example" } }))).toThrow(
      "sender.replyTo: missing",
    );
  });

  it("names every fault at once", () => {
    const path = brandFile({ site: "nowhere", workshop: undefined, days: "x", colour: "blue" });
    expect(() => loadBrand(path)).toThrow(
      /site: (?!missing).*\n.*workshop: missing\n.*days: (?!missing).*\n.*colour: unknown key/,
    );
  });

  it("says so when there is none", () => {
    expect(() => loadBrand("/nowhere/brand.json")).toThrow("/nowhere/brand.json cannot be read");
  });
});
