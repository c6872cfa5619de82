/** The brand's configuration as the cloud and the local cloud read it: from a file, checked, or not at all. */
// oxlint-disable-next-line no-restricted-imports -- the one contract that comes as a file
import { readFileSync } from "node:fs";
import { Brand } from "../domain/brand.ts";
import { pathText } from "../domain/problem.ts";

export { Brand };

/**
 * Reads and checks the configuration file of a brand.
 * @throws Error naming every key that is missing or wrong: nothing starts or synthesizes with half a brand.
 */
export const loadBrand = (path: string): Brand => {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`brand configuration ${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const parsed = Brand.safeParse(json, { reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${pathText([...issue.path, key])}: unknown key`)
      : [`${pathText(issue.path)}: ${issue.input === undefined ? "missing" : issue.message}`],
  );
  throw new Error(`brand configuration ${path}:\n  ${faults.join("\n  ")}`);
};
