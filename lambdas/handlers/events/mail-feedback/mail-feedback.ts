/** What became of a mail, as SES tells it over EventBridge: best effort, in any order, more than once. */
import * as z from "zod";
import type { Mail } from "../../../domain/mail.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";

export interface MailFeedbackDeps {
  readonly store: Pick<CaseStore, "mail" | "putMail">;
  /** Which mail the tags of a message name; undefined for one that is none of ours. */
  readonly taggedMail: (
    tags: Readonly<Record<string, readonly string[]>>,
  ) => { readonly owner: string; readonly mailId: string } | undefined;
  /** Told of a mail that will not arrive, or whose reader complained. */
  readonly undelivered: (mail: { owner: string; mailId: string }, why: string) => void;
}

/** The part of an SES event we read. Addresses in it are left unread. */
const Feedback = z.object({
  "detail-type": z.string(),
  detail: z.object({
    mail: z.object({ messageId: z.string(), tags: z.record(z.string(), z.array(z.string())).optional() }),
    bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().optional() }).optional(),
    complaint: z.object({ complaintFeedbackType: z.string().optional() }).optional(),
    reject: z.object({ reason: z.string().optional() }).optional(),
  }),
});
type Feedback = z.infer<typeof Feedback>;

interface Finding {
  readonly status: "confirmed" | "bounced" | "failed";
  /** Why it will not arrive, or that somebody complained; without any address. */
  readonly why?: string;
}

const FINDINGS: Readonly<Record<string, (detail: Feedback["detail"]) => Finding>> = {
  "Email Sent": () => ({ status: "confirmed" }),
  "Email Delivered": () => ({ status: "confirmed" }),
  // It arrived: a complaint is for operations to see, not for the case.
  "Email Complaint Received": ({ complaint }) => ({
    status: "confirmed",
    why: `complaint ${complaint?.complaintFeedbackType ?? ""}`.trim(),
  }),
  "Email Bounced": ({ bounce }) => ({
    status: "bounced",
    why: ["bounce", bounce?.bounceType, bounce?.bounceSubType].filter(Boolean).join(" "),
  }),
  "Email Rejected": ({ reject }) => ({ status: "failed", why: `rejected ${reject?.reason ?? ""}`.trim() }),
  "Email Rendering Failed": () => ({ status: "failed", why: "rendering failed" }),
};

/** What no later event overturns: a mail that bounced was sent first, and its `Send` may come late. */
const RANK: Record<Mail["status"], number> = {
  wanted: 0,
  sending: 0,
  sent: 0,
  confirmed: 1,
  failed: 2,
  bounced: 3,
};
/** The clock's `failed` only says that nobody confirmed it; this message of SES does. */
const learns = (mail: Mail, { status }: Finding): boolean =>
  mail.status === "failed" && mail.error === undefined ? true : RANK[status] > RANK[mail.status];

/** Others write the item at the same moment: the sender its `sent`, the clock its `wanted`. */
const MAX_CONFLICTS = 5;

export const createMailFeedbackHandler =
  ({ store, taggedMail, undelivered }: MailFeedbackDeps) =>
  async (event: unknown): Promise<void> => {
    const feedback = Feedback.safeParse(event);
    if (!feedback.success) return;
    const { detail } = feedback.data;
    const finding = FINDINGS[feedback.data["detail-type"]]?.(detail);
    const named = taggedMail(detail.mail.tags ?? {});
    if (!finding || !named) return;
    const { owner, mailId } = named;

    for (let conflicts = 0; ; ) {
      const mail = await store.mail(owner, mailId);
      if (!mail || !learns(mail, finding)) break;
      const { dueAt: _, error: __, ...rest } = mail;
      try {
        await store.putMail(owner, mail.status, mail.tries, {
          ...rest,
          status: finding.status,
          messageId: detail.mail.messageId,
          ...(finding.status === "confirmed" || finding.why === undefined ? {} : { error: finding.why }),
        });
        break;
      } catch (error) {
        conflicts += 1;
        if (!(error instanceof Conflict) || conflicts === MAX_CONFLICTS) throw error;
      }
    }
    if (finding.why !== undefined) undelivered(named, finding.why);
  };
