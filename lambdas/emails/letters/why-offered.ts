import { type Block, heading, list, quote, type Rule, say, under } from "../letter.ts";
import type { MailData } from "../mail-data.ts";

/** Why the other process is offered: in the words of whoever offers it, else by the verdict (R12, R29). */
export const whyOffered = (
  title: string,
  rule: Rule,
  { words, reasons }: Pick<MailData["E6"], "words" | "reasons">,
): readonly Block[] => {
  if (words !== undefined) return [heading(title), under(rule, quote(words))];
  if (reasons.length === 0) return [];
  return [heading(title), under(rule, list(reasons.map((reason) => say`${reason}`)))];
};
