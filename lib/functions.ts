/** Every function: how large, how long, and what the customer suffers when it fails. */
import type { FunctionName } from "../lambdas/contracts/env.ts";

export interface FunctionSpec {
  /** Megabytes; the processor grows with it. */
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
  /**
   * Errors in five minutes from which on somebody is called. Steps fail on purpose when the carrier or the table is
   * busy, and the machine tries again; five say that trying again does not help. Default: 1.
   */
  readonly errors?: number;
  /** One sentence for whoever the alarm wakes: what the customer notices. It is the alarm's text. */
  readonly suffering: string;
}

/** Megabytes where nobody waits for the answer: such a function itself waits, for the table, for mail, for the carrier. */
const IN_BACKGROUND = 512;

export const FUNCTIONS: Readonly<Record<FunctionName, FunctionSpec>> = {
  "api-public": {
    memory: 1024,
    timeout: 10,
    suffering: "Customers cannot ask for a resizing or a repair, and day 30 may pass meanwhile (R6).",
  },
  "api-customer": {
    memory: 1024,
    timeout: 10,
    suffering:
      "Customers with a link cannot see their case, send photos or an address, or report that they shipped.",
  },
  "api-staff": {
    memory: 1024,
    timeout: 15,
    suffering: "Staff cannot work on cases: nothing is reviewed, nobody is answered, and customers wait.",
  },
  "api-service-order": {
    memory: 1024,
    timeout: 15,
    suffering:
      "Shipping and the workshop cannot record what they do: parcels arrive and rings are finished unseen.",
  },
  "api-finance": {
    memory: 1024,
    timeout: 15,
    suffering:
      "Finance cannot record payments, ask for money or send it back: customers who paid wait for the next step.",
  },
  "api-webhooks": {
    memory: IN_BACKGROUND,
    timeout: 15,
    suffering:
      "What customers pay on the payment page is not heard of, and their orders do not go on (R37); the provider tells again for days.",
  },
  "api-files": {
    memory: 1024,
    timeout: 10,
    suffering: "Customers cannot upload photos, and nobody can open a label or an invoice.",
  },
  "step-ask": {
    memory: IN_BACKGROUND,
    timeout: 30,
    errors: 5,
    suffering:
      "The process does not ask its next question: the customer gets no mail and believes nothing happens.",
  },
  "step-check-export": {
    memory: IN_BACKGROUND,
    timeout: 30,
    errors: 5,
    suffering:
      "Shipments stand still before their documents, because nobody knows whether a filing is needed (R46).",
  },
  "step-prepare-shipment": {
    memory: IN_BACKGROUND,
    timeout: 90,
    errors: 5,
    suffering: "No label and no invoice are made: the customer, or the workshop, cannot ship.",
  },
  "step-hand-over": {
    memory: IN_BACKGROUND,
    timeout: 30,
    errors: 5,
    suffering: "Approved cases do not go on to shipping; the customer waits for documents.",
  },
  "step-settle-accounts": {
    memory: IN_BACKGROUND,
    // An invoice of twenty lines is two dozen calls to the provider; the machines wait 120 seconds.
    timeout: 110,
    errors: 5,
    suffering:
      "No invoice is sent and no refund: customers cannot pay, or wait for money that is theirs (R35, R37).",
  },
  "step-close-case": {
    memory: IN_BACKGROUND,
    timeout: 60,
    errors: 5,
    suffering:
      "Cases do not end: the ring stays bound to an old case and a new request for it is refused (R20).",
  },
  "case-changed": {
    memory: IN_BACKGROUND,
    timeout: 30,
    suffering:
      "Answers of customers and staff are recorded but move nothing until the clock's sweep finds them.",
  },
  "send-mail": {
    memory: IN_BACKGROUND,
    timeout: 60,
    suffering: "Customers get no mail: no link, no documents, no reminder before a deadline ends their case.",
  },
  "mail-feedback": {
    memory: IN_BACKGROUND,
    timeout: 30,
    suffering: "Mails count as unconfirmed: customers get some twice, and a bounced address goes unnoticed.",
  },
  "media-uploaded": {
    memory: 3008,
    timeout: 300,
    suffering: "Photos are uploaded but never inspected, so the customer cannot hand them in (R28).",
  },
  clock: {
    memory: IN_BACKGROUND,
    timeout: 120,
    suffering: "Time stands still: no reminders, no deadlines, and no lost answer is sent again.",
  },
  "track-shipments": {
    memory: 1024,
    timeout: 240,
    suffering: "Parcels move unseen: shipped and delivered parcels do not move their cases on.",
  },
};
