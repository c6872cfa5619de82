/** What the holder of a link can see and do: her case and the actions on it. */
import type { CaseFile } from "../../../domain/case-file.ts";
import type { Operation } from "../../../platform/api.ts";
import { asCustomer } from "../../../platform/callers.ts";
import { etag, ifMatch, ok } from "../../../platform/http.ts";
import { type Deps, perform } from "../../../platform/perform.ts";
import { customerActions } from "./actions.ts";
import { customerMessages, customerView } from "./view.ts";

export function customerOperations(deps: Deps): Record<string, Operation> {
  const withLink = asCustomer(deps.store);
  const shown = (file: CaseFile) => ok(customerView(file, deps.brand), etag(file.case.version));
  const actions = Object.entries(customerActions).map(([name, action]) => {
    const operation = withLink(async (call, file) =>
      shown(
        await perform(deps, action, {
          caseId: file.case.caseId,
          file,
          actor: { kind: "customer" },
          body: call.body(),
          now: call.now,
          version: ifMatch(call),
        }),
      ),
    );
    return [name, operation] as const;
  });
  return {
    getCase: withLink(async (_call, file) => shown(file)),
    getMessages: withLink(async (_call, file) => ok(customerMessages(file), etag(file.case.version))),
    ...Object.fromEntries(actions),
  };
}
