/** What deploys: every bundle loads on its own, is small, and is the same however often it is made. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { ENVIRONMENTS, type FunctionName } from "../../lambdas/contracts/env.ts";
import { bundleAll, bundleFolder, bundleSizes, entryOf, FUNCTION_NAMES } from "../../scripts/bundle.ts";

const run = promisify(execFile);
const fileOf = (name: FunctionName) => join(bundleFolder(name), "index.js");

/** Values of the right form for every variable a function parses. */
const environmentOf = (name: FunctionName): Record<string, string> =>
  Object.fromEntries(
    Object.keys(ENVIRONMENTS[name].shape).map((key) => [
      key,
      key.endsWith("_URL") ? "https://any.example" : "any",
    ]),
  );

beforeAll(async () => {
  await bundleAll();
});

describe("the bundles", () => {
  it.each(FUNCTION_NAMES)("%s loads in a process of its own and has a handler", async (name) => {
    const { stdout } = await run(
      process.execPath,
      ["-e", `process.stdout.write(typeof require(${JSON.stringify(fileOf(name))}).handler)`],
      { env: { AWS_REGION: "us-east-1", ...environmentOf(name) } },
    );
    expect(stdout).toBe("function");
  });

  it.each(FUNCTION_NAMES)(
    "%s does not start without its environment, and names what is missing",
    async (name) => {
      const failed = run(process.execPath, ["-e", `require(${JSON.stringify(fileOf(name))})`], {
        env: { AWS_REGION: "us-east-1" },
      });
      const [first = ""] = Object.keys(ENVIRONMENTS[name].shape);
      await expect(failed).rejects.toThrow(first);
    },
  );

  it("keep what customers and staff call within 400 KB", () => {
    const sizes = bundleSizes().filter(({ name }) => name.startsWith("api-") && name !== "api-files");
    expect(sizes).toHaveLength(6);
    for (const { name, kb } of sizes) expect(kb, name).toBeLessThanOrEqual(400);
  });

  it("carry the PDF library only where PDFs are made, and the image decoder only where photos arrive", () => {
    const carrying = (text: string) =>
      FUNCTION_NAMES.filter((name) => readFileSync(fileOf(name), "utf8").includes(text));
    expect(carrying("PDFDocument")).toEqual(["step-prepare-shipment", "step-settle-accounts"]);
    expect(carrying("heif_context")).toEqual(["media-uploaded"]);
  });

  it("are not made again while nothing has changed", async () => {
    expect(await bundleAll()).toBe(false);
  });

  it("are named after their folders", () => {
    expect(entryOf("api-public")).toBe("lambdas/handlers/api/public/index.ts");
    expect(entryOf("api-webhooks")).toBe("lambdas/handlers/api/webhooks/index.ts");
    expect(entryOf("step-check-export")).toBe("lambdas/handlers/steps/check-export/index.ts");
    expect(entryOf("mail-feedback")).toBe("lambdas/handlers/events/mail-feedback/index.ts");
  });
});
