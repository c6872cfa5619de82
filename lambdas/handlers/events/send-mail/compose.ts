/** How a mail that is wanted is written: from its case, or from its enquiry, as they then are. */
import type { Brand } from "../../../domain/brand.ts";
import { type CaseFile, type Link, presentShipment } from "../../../domain/case-file.ts";
import { PermanentError } from "../../../domain/faults.ts";
import type { Instant } from "../../../domain/identifiers.ts";
import type { Mail } from "../../../domain/mail.ts";
import { fileNameOf, invoiceNamed } from "../../../emails/books.ts";
import { answerData, localeOf, mailData } from "../../../emails/data.ts";
import { isWritten, type Rendered, render, renderAnswer } from "../../../emails/render.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import type { DocumentStore } from "../../../ports/documents.ts";
import type { EnquiryStore } from "../../../ports/enquiry-store.ts";
import type { Attachment, OutgoingMail } from "../../../ports/mailer.ts";

export interface ComposerDeps {
  readonly store: Pick<CaseStore, "load">;
  readonly enquiries: Pick<EnquiryStore, "load">;
  readonly documents: Pick<DocumentStore, "get">;
  readonly brand: Brand;
  /** A fresh token `<caseId>.<secret>` and the link that keeps its hash. */
  readonly newToken: (caseId: string, now: Instant) => { readonly token: string; readonly link: Link };
}

/** A mail as it stands, and how it is written; a letter about a case brings the link it carries. */
export interface Sendable {
  readonly mail: Mail;
  /** Everything that can fail before anything is written or sent. @throws PermanentError when it never can be */
  readonly compose: (now: Instant) => Promise<{ readonly outgoing: OutgoingMail; readonly link?: Link }>;
}

/** @throws PermanentError whatever goes wrong: the same words come out the same the next time. */
function written({ email }: Mail, write: () => Rendered): Rendered {
  try {
    return write();
  } catch (cause) {
    if (cause instanceof PermanentError) throw cause;
    throw new PermanentError(`${email} could not be written`, { cause });
  }
}

export function createComposer(deps: ComposerDeps) {
  const { store, brand } = deps;

  /** E7, and E15 of a surcharge, carry the invoice they ask to be paid, or are not sent at all (R35, R40). */
  async function invoiceFor({ email, params }: Mail, file: CaseFile): Promise<readonly Attachment[]> {
    const invoice = invoiceNamed(file, params.invoiceId);
    if (invoice.documentKey === undefined) throw new PermanentError(`${email} without its invoice's PDF`);
    return [{ fileName: fileNameOf(invoice), pdf: await deps.documents.get(invoice.documentKey) }];
  }

  /** E10 carries both papers of the present inbound label, or is not sent at all (R43). */
  async function attachmentsOf(mail: Mail, file: CaseFile): Promise<readonly Attachment[]> {
    if (mail.email === "E7" || mail.params.variant === "surcharge") return invoiceFor(mail, file);
    if (mail.email !== "E10") return [];
    const shipment = presentShipment(file, "inbound");
    if (!shipment?.labelKey || !shipment.invoiceKey) throw new PermanentError("E10 without both papers");
    const [label, invoice] = await Promise.all([
      deps.documents.get(shipment.labelKey),
      deps.documents.get(shipment.invoiceKey),
    ]);
    return [
      { fileName: "label.pdf", pdf: label },
      { fileName: "commercial-invoice.pdf", pdf: invoice },
    ];
  }

  async function composed(mail: Mail, file: CaseFile, token: string): Promise<OutgoingMail> {
    const { email } = mail;
    if (!isWritten(email)) throw new PermanentError(`${email} is not written yet`);
    const { caseId, customer } = file.case;
    const linkUrl = `${brand.site}/case#token=${token}`;
    return {
      owner: caseId,
      mailId: mail.mailId,
      email,
      to: { name: customer.name, address: customer.email },
      ...written(mail, () => render(email, localeOf(file), mailData(email, file, mail, brand, linkUrl))),
      attachments: await attachmentsOf(mail, file),
    };
  }

  async function ofCase(caseId: string, mailId: string): Promise<Sendable | undefined> {
    const file = await store.load(caseId);
    const mail = file?.mails.find((one) => one.mailId === mailId);
    return (
      file &&
      mail && {
        mail,
        compose: async (now) => {
          const { token, link } = deps.newToken(caseId, now);
          return { outgoing: await composed(mail, file, token), link };
        },
      }
    );
  }

  async function ofEnquiry(enquiryId: string, mailId: string): Promise<Sendable | undefined> {
    const file = await deps.enquiries.load(enquiryId);
    const mail = file?.mails.find((one) => one.mailId === mailId);
    if (!file || !mail) return undefined;
    const { customer } = file.enquiry;
    const { email } = mail;
    const compose = async (): Promise<{ outgoing: OutgoingMail }> => ({
      outgoing: {
        owner: enquiryId,
        mailId,
        email,
        to: { name: customer.name, address: customer.email },
        ...written(mail, () => renderAnswer(customer.locale, answerData(file.enquiry, brand))),
        attachments: [],
      },
    });
    return { mail, compose };
  }

  return { ofCase, ofEnquiry };
}
