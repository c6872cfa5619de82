/** Outgoing mail: the configuration set whose events say what became of a mail, and who may be the sender. */
import { Aws } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import {
  ConfigurationSet,
  ConfigurationSetEventDestination,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import { CONFIGURATION_SET } from "../names.ts";

/** What EventBridge calls the events that `mail-feedback` reads (SES, events on EventBridge). */
export const MAIL_EVENTS = [
  "Email Sent",
  "Email Bounced",
  "Email Complaint Received",
  "Email Rejected",
  "Email Rendering Failed",
];

export class Mail extends Construct {
  /** What `ses:SendRawEmail` is allowed on: the sender's address, its domain, the configuration set. */
  readonly identityArns: readonly string[];

  constructor(scope: Construct, id: string, { sender }: { readonly sender: string }) {
    super(scope, id);
    const set = new ConfigurationSet(this, "Set", {
      configurationSetName: CONFIGURATION_SET,
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    new ConfigurationSetEventDestination(this, "Events", {
      configurationSet: set,
      configurationSetEventDestinationName: "events",
      // SES publishes to the default bus only.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "DefaultBus", "default")),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    const domain = sender.slice(sender.indexOf("@") + 1);
    const arn = (resource: string) => `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
    // The identity itself is verified by hand (`deploy-check`): proving a domain takes DNS, which is not ours.
    this.identityArns = [
      arn(`identity/${domain}`),
      arn(`identity/${sender}`),
      arn(`configuration-set/${CONFIGURATION_SET}`),
    ];
  }
}
