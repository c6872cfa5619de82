/** Makes every link mailed so far worthless; the next mail carries a fresh one. */
import * as z from "zod";
import { Stage } from "../domain/case.ts";
import { type Action, actorText } from "./action.ts";

const Input = z.strictObject({});

export const linkRevocation: Action<z.infer<typeof Input>> = {
  name: "link-revocation",
  customer: false,
  staff: ["representative"],
  input: Input,
  // The body says nothing; links mailed since are revoked by the next call.
  judgesRepeats: true,
  stages: Stage.options,
  apply(file, _input, { now, actor }) {
    const { linksRevokedAt = "" } = file.case;
    const live = file.links.filter((link) => link.createdAt > linksRevokedAt);
    if (live.length === 0) return undefined;
    return {
      // One moment for all of them: there may be more links than a transaction holds items.
      case: { linksRevokedAt: now },
      events: [{ type: "LinksRevoked", by: actorText(actor), shown: false, data: { count: live.length } }],
    };
  },
};
