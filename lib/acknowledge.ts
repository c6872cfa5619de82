/** Answers to findings of cdk-nag, each at the narrowest construct and with its reason. */
import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Both the deployment pack and NIST name some rules; `ids` are the full ones, `AwsSolutions-SMG4`. */
export const acknowledge = (construct: IConstruct, reason: string, ...ids: readonly string[]): void => {
  for (const id of ids) Validations.of(construct).acknowledge({ id, reason });
};
