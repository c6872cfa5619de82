/** The web pages: files of `web/dist`, or of `web` while there is no build. */
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { send } from "../http.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

export interface StaticFiles {
  /** The file behind a path: itself, with `.html`, or the index of a folder. */
  readonly find: (path: string) => string | undefined;
  readonly serve: (response: ServerResponse, file: string) => Promise<void>;
}

/** @param folders tried in order. */
export const createStaticFiles = (folders: readonly string[]): StaticFiles => ({
  find: (path) => {
    let wanted: string;
    try {
      wanted = normalize(decodeURIComponent(path));
    } catch {
      return undefined;
    }
    // Sources of the pages are not pages.
    if (wanted.split("/").some((part) => part === ".." || part.startsWith(".")) || /\.tsx?$/.test(wanted))
      return undefined;
    for (const folder of folders) {
      const base = join(folder, wanted);
      const found = [base, `${base.replace(/\/$/, "")}.html`, join(base, "index.html")].find(isFile);
      if (found) return found;
    }
    return undefined;
  },
  serve: async (response, file) =>
    send(
      response,
      200,
      {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
      },
      await readFile(file),
    ),
});
