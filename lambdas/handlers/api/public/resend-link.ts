/** `POST /cases/{caseId}/links`: a fresh link to the address on file. The answer tells nothing about case or address. */
import { LinkRequest } from "../../../contracts/requests.ts";
import { CaseId } from "../../../domain/identifiers.ts";
import { mailOrder } from "../../../domain/mail-params.ts";
import { type Call, parsed, type Reply } from "../../../platform/http.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";

/** One mail a case in so many minutes: its id holds the span of time it was asked for in. */
const SPAN_MS = 10 * 60_000;
const ACCEPTED: Reply = { status: 202, body: {} };
const ROUNDS = 3;

const sameAddress = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

export async function resendLink(store: Pick<CaseStore, "load" | "commit">, call: Call): Promise<Reply> {
  const { email } = parsed(LinkRequest, call.body());
  const caseId = CaseId.safeParse(call.path.caseId);
  if (!caseId.success) return ACCEPTED;
  const span = Math.floor(Date.parse(call.now) / SPAN_MS);
  const mail = mailOrder("E18", `link-${span}`, { variant: "link" });
  for (let round = 0; round < ROUNDS; round += 1) {
    const file = await store.load(caseId.data);
    if (!file || !sameAddress(file.case.customer.email, email)) return ACCEPTED;
    const { linksExpireAt } = file.case;
    if (linksExpireAt !== undefined && linksExpireAt <= call.now) return ACCEPTED;
    if (file.mails.some((one) => one.mailId === mail.mailId)) return ACCEPTED;
    const event = { type: "LinkRequested", by: "customer", shown: false };
    try {
      await store.commit(file, { events: [event], mails: [mail] }, call.now);
      return ACCEPTED;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return ACCEPTED;
}
