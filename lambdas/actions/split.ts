/**
 * A held shipment is split (R47): the items named go on in a case of their own, with the same contact date and another
 * ship day; what stays is checked again. Both cases are written in one transaction.
 */
import type { CaseItem } from "../domain/case.ts";
import type { CaseFile, Change, NewCase } from "../domain/case-file.ts";
import { applyChange } from "../domain/change.ts";
import type { Media } from "../domain/media.ts";
import { openWait } from "../domain/open-wait.ts";
import { type Fault, outOfTurn, ruleBroken } from "../domain/problem.ts";
import { shipDateQuestion } from "../domain/reopening.ts";
import { isCertificateSlot, shotOf, slotOf } from "../domain/shots.ts";
import { waitRow } from "../domain/wait-table.ts";
import { type ActionContext, actorText, liveItems } from "./action.ts";
import { judge, judgeCase, type Reference } from "./judge.ts";
import { moveRings, serialLookups } from "./rings.ts";

/** A transaction holds 100 items: beside as many photos there is room for both cases, their rings and lookups. */
const MOST_MEDIA = 60;

/** @throws Problem rule-broken (R47) unless some of the items, and not all, are named */
function leaving(file: CaseFile, named: readonly number[] | undefined): readonly CaseItem[] {
  const refuse = (message: string, path = "items"): Fault => ({ path, message, rule: "R47" });
  if (!named) throw ruleBroken(refuse("which items go into a shipment of their own?"));
  const live = liveItems(file);
  const unknown = named.flatMap((item, index) =>
    live.some((one) => one.item === item) ? [] : [refuse(`this case has no item ${item}`, `items[${index}]`)],
  );
  if (unknown.length > 0) throw ruleBroken(...unknown);
  const items = live.filter((one) => named.includes(one.item));
  if (items.length === live.length)
    throw ruleBroken(refuse("at least one item stays; a whole shipment is sent on another day instead"));
  return items;
}

/** What was photographed of the items, under their new numbers: the latest of each shot, certificates first. */
function photosOf(file: CaseFile, items: readonly CaseItem[]): Media[] {
  const latest = new Map<string, Media>();
  for (const media of file.media) {
    const { item, shot } = shotOf(media.slot);
    const index = items.findIndex((one) => one.item === item);
    if (media.status !== "accepted" || index < 0) continue;
    const slot = slotOf(index + 1, shot);
    latest.set(slot, { ...media, slot });
  }
  const [certificates, others] = [true, false].map((wanted) =>
    [...latest.values()].filter((media) => isCertificateSlot(media.slot) === wanted),
  );
  return [...(certificates ?? []), ...(others ?? [])].slice(0, MOST_MEDIA);
}

/** The case of the items that leave, as it would stand had it come alone: approved, and asked for its ship date. */
function newCase(
  file: CaseFile,
  left: readonly CaseItem[],
  reference: Reference,
  { now, actor, brand, newCaseId: caseId }: ActionContext,
): NewCase {
  const { process, contactAt, customer, order, review, overrides, schedule, assignee, shipping, stage } =
    file.case;
  const by = actorText(actor);
  const items = left.map((one, index) => ({ ...one, item: index + 1 }));
  const { locale, timeZone } = customer;
  const judged = { process, contactAt, caseId, locale, timeZone, items };
  // What is held has a ship date, by which it was summed.
  if (!shipping?.shipDate) throw outOfTurn(stage);
  const { shipDate, ...known } = shipping;
  const first: CaseFile = {
    case: {
      caseId,
      schemaVersion: 1,
      version: 0,
      process,
      stage,
      since: now,
      contactAt,
      customer,
      order,
      items,
      assessment: judge(judged, reference, brand, now),
      ...(overrides ? { overrides } : {}),
      machine: process,
      attempt: 1,
      eventNo: 0,
      waitNo: 0,
      answers: {},
      shots: [],
      shipping: known,
      tracking: {},
      ...(review ? { review } : {}),
      ...(schedule ? { schedule } : {}),
      ...(assignee === undefined ? {} : { assignee }),
      splitFrom: { caseId: file.case.caseId, shipDate },
    },
    // Its wait 0, as of every case; answered, since it was filed with the case it comes from.
    waits: [
      {
        no: 0,
        asks: "filing",
        machine: process,
        attempt: 1,
        openedAt: now,
        answer: { outcome: "filed", at: now, by },
      },
    ],
    events: [],
    media: [],
    mails: [],
    shipments: [],
    links: [],
    notes: [],
    messages: [],
    invoices: [],
    payments: [],
  };
  const asks = shipDateQuestion(process);
  const opened = openWait(first, { asks, machine: process, attempt: 1 }, now, brand);
  const split = { type: "CaseSplitOff", by, shown: true, data: { from: file.case.caseId } };
  const begun: Change = { ...opened, events: [split, ...opened.events], media: photosOf(file, left) };
  return {
    file: applyChange(first, begun, now).file,
    lookups: [
      { kind: "email", value: customer.email },
      ...serialLookups(items),
      ...(order.number === undefined ? [] : [{ kind: "order" as const, value: order.number }]),
    ],
    start: { machine: process, resumeAt: waitRow(asks).state, waitNo: 0 },
  };
}

/** @throws Problem rule-broken (R47) */
export function split(file: CaseFile, named: readonly number[] | undefined, context: ActionContext): Change {
  const left = leaving(file, named);
  const { actor, brand, designs, newCaseId, now } = context;
  const rings = moveRings(context.rings, file.case.caseId, newCaseId, left);
  const moved = new Map([
    ...context.rings,
    ...rings.map(({ after }) => [after.serialNumber, after] as const),
  ]);
  const reference = { rings: moved, designs };
  const items = file.case.items.map((item) =>
    left.includes(item) ? { ...item, dropped: true, movedTo: newCaseId } : item,
  );
  const by = actorText(actor);
  const numbers = left.map((item) => item.item).join(", ");
  return {
    case: { items, assessment: judgeCase(file.case, items, reference, brand, now) },
    rings,
    opens: newCase(file, left, reference, context),
    events: [{ type: "ItemsSplitOff", by, shown: true, data: { items: numbers, to: newCaseId } }],
    answer: { outcome: "split", by },
  };
}
