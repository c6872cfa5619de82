/** The other process was offered and not taken: the case goes on where it stood (R1). */
import type { Case } from "../domain/case.ts";
import type { CaseFile, Change } from "../domain/case-file.ts";
import type { ActionContext } from "./action.ts";
import { goOnAt } from "./go-on.ts";

export function offerDeclined(
  file: CaseFile,
  { from }: NonNullable<Case["conversionOffer"]>,
  by: string,
  context: Pick<ActionContext, "now" | "brand">,
): Change {
  const { conversionOffer: _, ...rest } = file.case;
  const gone = goOnAt({ ...file, case: rest }, from, file.case.process, context);
  return {
    ...gone,
    case: { ...gone.case, conversionOffer: undefined },
    events: [{ type: "ConversionRefused", by, shown: true }, ...gone.events],
    answer: { outcome: "kept", by },
  };
}
