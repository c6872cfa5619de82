import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Threads would share `process.env`, which functions and clients read.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    include: ["test/**/*.test.ts"],
  },
});
