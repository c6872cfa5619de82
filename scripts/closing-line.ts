/** Prints the counts of a test run on a line of their own, from the JSON report named. */
import { readFileSync } from "node:fs";

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
  readFileSync(process.argv[2] ?? "", "utf8"),
) as Record<string, number>;
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
