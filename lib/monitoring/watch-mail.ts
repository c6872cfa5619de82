/** Mail that does not arrive: one customer's, or soon everybody's. */
import { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import { type Board, graph } from "./board.ts";
import { LOGGED } from "./logged.ts";

const reputation = (metricName: string): Metric =>
  new Metric({ namespace: "AWS/SES", metricName, period: Duration.hours(1), statistic: Stats.AVERAGE });

export interface MailLogs {
  readonly clock: LogGroup;
  readonly mailFeedback: LogGroup;
}

export const watchMail = (board: Board, { clock, mailFeedback }: MailLogs): void => {
  const unconfirmed = board.logged("mail-unconfirmed", [clock], LOGGED.unconfirmed);
  const undelivered = board.logged("mail-undelivered", [mailFeedback], LOGGED.undelivered);
  board.alarm({
    name: "mail-unconfirmed",
    article: "mail-unconfirmed",
    metric: unconfirmed,
    threshold: 1,
    suffering:
      "A mail was given to SES twice and never confirmed: the customer does not know what we ask of her.",
  });
  board.alarm({
    name: "mail-undelivered",
    article: "mail-undelivered",
    metric: undelivered,
    threshold: 1,
    suffering: "A customer's mail bounced or was refused: she hears nothing until somebody calls her.",
  });
  // SES puts an account under review at 5 % and at 0.1 %.
  const bounces = reputation("Reputation.BounceRate");
  const complaints = reputation("Reputation.ComplaintRate");
  board.alarm({
    name: "mail-bounces",
    article: "mail-reputation",
    metric: bounces,
    threshold: 0.04,
    suffering: "Many mails bounce; SES may stop sending, and then no customer hears anything.",
  });
  board.alarm({
    name: "mail-complaints",
    article: "mail-reputation",
    metric: complaints,
    threshold: 0.0008,
    suffering: "Mails are reported as spam; SES may stop sending, and then no customer hears anything.",
  });
  board.row(graph("Mail lost", [unconfirmed, undelivered]), graph("Reputation", [bounces], [complaints]));
};
