/** Enquiries: listed, and answered once, by mail. */
import type { EnquiryList } from "../../../contracts/api.ts";
import { EnquiryAnswer, EnquiryQuery } from "../../../contracts/requests.ts";
import { wanted } from "../../../domain/change.ts";
import { type Enquiry, EnquiryId, EnquiryStatus } from "../../../domain/enquiry.ts";
import type { Mail } from "../../../domain/mail.ts";
import { Problem } from "../../../domain/problem.ts";
import type { StaffMember } from "../../../platform/callers.ts";
import { type Call, ok, parsed, type Reply } from "../../../platform/http.ts";
import { Conflict } from "../../../ports/case-store.ts";
import type { EnquiryStore } from "../../../ports/enquiry-store.ts";

const ALL = EnquiryStatus.options;
const badCursor = () =>
  new Problem("invalid-request", [{ path: "cursor", message: "not a cursor this list has given out" }]);

/** One status after the other; the cursor names the one it stopped in. */
async function all(store: Pick<EnquiryStore, "list">, cursor: string | undefined, limit: number) {
  const [at, from] = (cursor ?? `${ALL[0]}~`).split("~");
  const start = ALL.findIndex((status) => status === at);
  if (start < 0) throw badCursor();
  const found: Enquiry[] = [];
  for (const status of ALL.slice(start)) {
    const page = await store.list(status, status === at && from ? from : undefined, limit - found.length);
    found.push(...page.enquiries);
    if (page.cursor !== undefined) return { enquiries: found, cursor: `${status}~${page.cursor}` };
    const next = ALL[ALL.indexOf(status) + 1];
    if (found.length === limit) return { enquiries: found, ...(next ? { cursor: `${next}~` } : {}) };
  }
  return { enquiries: found };
}

/** @throws Problem invalid-request */
export async function listEnquiries(store: Pick<EnquiryStore, "list">, call: Call): Promise<Reply> {
  const { status, cursor, limit } = parsed(EnquiryQuery, call.query);
  const page =
    status === undefined ? await all(store, cursor, limit) : await store.list(status, cursor, limit);
  const list: EnquiryList = {
    items: [...page.enquiries],
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  };
  return ok(list);
}

/** Its text stands in the enquiry; the order needs to say nothing. */
const answerMail = (now: string): Mail =>
  wanted({ mailId: "E18#answer", email: "E18", params: { variant: "answer" } }, now);

/** @throws Problem not-found, invalid-request, already-answered by other words */
export async function answerEnquiry(
  store: Pick<EnquiryStore, "load" | "answer">,
  call: Call,
  member: StaffMember,
): Promise<Reply> {
  const enquiryId = EnquiryId.safeParse(call.path.enquiryId);
  if (!enquiryId.success) throw new Problem("not-found");
  const { text } = parsed(EnquiryAnswer, call.body());
  const read = async (): Promise<Enquiry> => {
    const file = await store.load(enquiryId.data);
    if (!file) throw new Problem("not-found");
    return file.enquiry;
  };
  const standing = (enquiry: Enquiry): Reply => {
    if (enquiry.answer?.text !== text) throw new Problem("already-answered");
    return ok(enquiry);
  };
  const enquiry = await read();
  if (enquiry.answer) return standing(enquiry);
  const answered = { ...enquiry, answer: { text, at: call.now, by: `staff:${member.name}` } };
  try {
    await store.answer(answered, answerMail(call.now));
    return ok(answered);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return standing(await read());
  }
}
