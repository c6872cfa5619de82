/** The one address of the local cloud. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Front, startFront } from "../../local/front.ts";
import { send } from "../../local/http.ts";
import { createStaticFiles } from "../../local/pages/static-files.ts";
import { temporaryFolder } from "./local-fixture.ts";

const folder = temporaryFolder();
let front: Front;
const logged: string[] = [];
beforeAll(async () => {
  mkdirSync(join(folder, "web", "assets"), { recursive: true });
  writeFileSync(join(folder, "web", "case.html"), "case");
  writeFileSync(join(folder, "web", "assets", "app.js"), "app");
  writeFileSync(join(folder, "web", "source.ts"), "source");
  writeFileSync(join(folder, "web", ".secret"), "secret");
  writeFileSync(join(folder, "outside.txt"), "outside");
  front = await startFront(0, "127.0.0.1", (line) => logged.push(line));
});
afterAll(async () => {
  await front.close();
  rmSync(folder, { recursive: true, force: true });
});
const get = (path: string, init?: RequestInit) => fetch(`http://localhost:${front.port}${path}`, init);
const says = (text: string) => (_request: unknown, response: Parameters<typeof send>[0]) =>
  Promise.resolve(send(response, 200, {}, text));

describe("the one address", () => {
  it("answers 503 until everything is up, but S3 as soon as S3 is", async () => {
    for (const path of ["/", "/v1/brand", "/local/clock", "/local/s3/bucket"]) {
      const answer = await get(path, { method: "POST", body: "x" });
      expect(answer.status).toBe(503);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.headers.get("retry-after")).toBe("1");
      expect(await answer.json()).toMatchObject({ code: "unavailable", status: 503 });
    }
    front.openS3(says("s3"));
    expect(await (await get("/local/s3/bucket/key")).text()).toBe("s3");
    expect((await get("/v1/brand")).status).toBe(503);
  });

  it("serves API, local endpoints and pages; pages without their ending", async () => {
    front.open({
      api: says("api"),
      local: says("local"),
      pages: createStaticFiles([join(folder, "web")]),
      openApi: undefined,
    });
    const texts = await Promise.all(
      ["/v1/brand", "/local/clock", "/", "/case", "/case.html", "/assets/app.js"].map(async (path) =>
        (await get(path)).text(),
      ),
    );
    expect(texts).toEqual(["api", "local", "local", "case", "case", "app"]);
    expect((await get("/case")).headers.get("content-type")).toMatch(/^text\/html/);
  });

  it.each([
    "/nothing",
    "/source.ts",
    "/.secret",
    "/..%2foutside.txt",
    "/assets/%2e%2e/%2e%2e/outside.txt",
    "/%ff",
    "/docs/openapi.json",
  ])("serves nothing under %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it("answers a fault of its own with a problem, and logs it", async () => {
    front.open({
      api: () => Promise.reject(new Error("broken")),
      local: says("local"),
      pages: createStaticFiles([]),
      openApi: undefined,
    });
    const answer = await get("/v1/brand");
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("broken");
    expect(logged.join()).toContain("broken");
  });
});
