/** Cases by the dozen for the store, each with a number of its own; and a link whose secret the test knows. */
import { createHash } from "node:crypto";
import type { Case } from "../../lambdas/domain/case.ts";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { aCaseFile, aWait } from "./case-file.ts";

export const NOW = "2026-03-10T09:00:00.000Z";
export const SECRET = "s".repeat(43);
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** `aCaseId(7)` → `CW-0000000007`. */
export const aCaseId = (n = 1): CaseId => CaseId.parse(`CW-${String(n).padStart(10, "0")}`);

/** As first written: version 1, one event; wait 1 for photos has a task token. */
export function aStoredCase(fields: Partial<Case> = {}, parts: Partial<CaseFile> = {}): CaseFile {
  const { waits, ...rest } = aCaseFile(parts);
  const [filing] = waits;
  if (!filing) throw new Error("a case begins with its filing");
  return {
    ...rest,
    events: [{ no: 1, at: NOW, type: "RequestReceived", by: "customer", shown: true }],
    waits: [filing, aWait({ token: "first-task-token" })],
    links: [{ hash: hashOf(SECRET), createdAt: NOW }],
    ...parts,
    case: {
      ...rest.case,
      caseId: aCaseId(),
      version: 1,
      eventNo: 1,
      since: NOW,
      contactAt: NOW,
      ...fields,
    },
  };
}
