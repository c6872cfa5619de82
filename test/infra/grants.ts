/** What the synthesized policy of each function allows it to call, in the words of `lib/permissions.ts`. */
import { IMPLIED, type Target } from "../../lib/permissions.ts";
import { listed, ofType, type Resources, statements } from "./assembly.ts";

/** Logical id that an intrinsic function names. */
const named = (value: unknown): string => {
  const { Ref: ref, "Fn::GetAtt": attribute } = value as { Ref?: string; "Fn::GetAtt"?: string[] };
  return ref ?? attribute?.[0] ?? "";
};

/** Parts of an ARN that tell what it is of; the table's own says nothing but where it comes from. */
const TARGETS: readonly (readonly [RegExp, Target])[] = [
  [/\/index\/queue"/, "index:queue"],
  [/\/index\/due"/, "index:due"],
  [/\/uploads\/\*"/, "uploads"],
  [/\/media\/\*"/, "media"],
  [/\/documents\/\*"/, "documents"],
  [/:stateMachine:settlement"/, "settlement-machine"],
  [/:stateMachine:/, "machines"],
  [/:execution:/, "executions"],
  [/:(identity|configuration-set)\//, "mail-identity"],
  [/^\{"Ref":"FedexSecret"/, "fedex-secret"],
  [/^\{"Ref":"StripeSecret"/, "stripe-secret"],
  [/GetAtt(Cases)[0-9A-F]+Arn/, "table"],
];
const targetOf = (resource: unknown): Target => {
  const text = JSON.stringify(resource);
  const [, target] = TARGETS.find(([pattern]) => pattern.test(text)) ?? [];
  if (!target) throw new Error(`a permission on something unknown: ${text}`);
  return target;
};

const implied: readonly string[] = Object.values(IMPLIED).flat();

/** `step-ask: dynamodb:PutItem table`; what `IMPLIED` lists is AWS's own doing and left out. */
export const grantsOf = (all: Resources): string[] =>
  ofType(all, "AWS::Lambda::Function").flatMap(([, { Properties: of }]) => {
    const name = String(of["FunctionName"]).replace(/^after-sales-/, "");
    const role = all[named(of["Role"])];
    const policies = listed(role?.Properties["ManagedPolicyArns"]).map((policy) => all[named(policy)]);
    return policies.flatMap((policy) =>
      statements(policy?.Properties["PolicyDocument"]).flatMap((statement) =>
        listed(statement.Action)
          .filter((action) => !implied.includes(action))
          .flatMap((action) =>
            [...new Set(listed(statement.Resource).map(targetOf))].map(
              (target) => `${name}: ${action} ${target}`,
            ),
          ),
      ),
    );
  });
