/** Where enquiries are kept; their mails are orders like those of a case, and sent by the same consumer. */
import type { Enquiry, EnquiryStatus } from "../domain/enquiry.ts";
import type { Mail } from "../domain/mail.ts";

interface EnquiryFile {
  readonly enquiry: Enquiry;
  readonly mails: readonly Mail[];
}

export interface EnquiryStore {
  /** Writes it unless it is there already: sent twice, it is one enquiry. */
  receive(enquiry: Enquiry): Promise<void>;
  load(enquiryId: string): Promise<EnquiryFile | undefined>;
  /** The answered enquiry and the order for its mail, in one transaction. @throws Conflict when somebody answered first */
  answer(enquiry: Enquiry, mail: Mail): Promise<void>;
  /** A page of those of one status, oldest first. @throws Problem for a foreign cursor */
  list(
    status: EnquiryStatus,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly enquiries: readonly Enquiry[]; readonly cursor?: string }>;
}
