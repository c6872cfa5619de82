import { describe, expect, it } from "vitest";
import { SETTLEMENT } from "../../lib/names.ts";
import { PERMISSIONS, type Target } from "../../lib/permissions.ts";
import { comparePermissions, LENT } from "../../scripts/check-permissions.ts";
import { type AwsRequest, iamCalls } from "../../scripts/iam-calls.ts";

const request = (given: Partial<AwsRequest>): AwsRequest => ({
  method: "POST",
  path: "/",
  headers: {},
  body: "",
  ...given,
});
const aws = (target: string, body: unknown = {}) =>
  iamCalls(request({ headers: { "x-amz-target": target }, body: JSON.stringify(body) }));

describe("a request in the words of IAM", () => {
  it("is a read of the table or of one of its indexes", () => {
    expect(aws("DynamoDB_20120810.Query", { TableName: "after-sales" })).toEqual([
      { action: "dynamodb:Query", target: "table" },
    ]);
    expect(aws("DynamoDB_20120810.Query", { IndexName: "due" })).toEqual([
      { action: "dynamodb:Query", target: "index:due" },
    ]);
  });

  it("is the parts of a transaction, which has no action of its own", () => {
    const items = [{ Put: {} }, { Update: {} }, { Delete: {} }, { ConditionCheck: {} }];
    expect(
      aws("DynamoDB_20120810.TransactWriteItems", { TransactItems: items }).map(({ action }) => action),
    ).toEqual([
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
      "dynamodb:ConditionCheckItem",
    ]);
  });

  it("is done to an execution or to its machine", () => {
    expect(aws("AWSStepFunctions.DescribeExecution")).toEqual([
      { action: "states:DescribeExecution", target: "executions" },
    ]);
    expect(aws("AWSStepFunctions.StartExecution")).toEqual([
      { action: "states:StartExecution", target: "machines" },
    ]);
  });

  it("starts the machine that settles accounts, which is not one of those that wait", () => {
    expect(
      aws("AWSStepFunctions.StartExecution", {
        stateMachineArn: `arn:aws:states:us-east-1:123456789012:stateMachine:${SETTLEMENT}`,
      }),
    ).toEqual([{ action: "states:StartExecution", target: "settlement-machine" }]);
  });

  it("reads the keys of the carrier or of the payment provider", () => {
    const read = (id: string) =>
      aws("secretsmanager.GetSecretValue", {
        SecretId: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${id}-x1Y2z3`,
      });
    const action = "secretsmanager:GetSecretValue";
    expect(read("FedexSecret")).toEqual([{ action, target: "fedex-secret" }]);
    expect(read("StripeSecret")).toEqual([{ action, target: "stripe-secret" }]);
  });

  it("is a file under its prefix, wherever the bucket's name stands", () => {
    const headers = { authorization: "AWS4-HMAC-SHA256 Credential=k/20261101/us-east-1/s3/aws4_request, …" };
    expect(iamCalls(request({ method: "GET", path: "/bucket/documents/CW-1/label.pdf", headers }))).toEqual([
      { action: "s3:GetObject", target: "documents" },
    ]);
    expect(iamCalls(request({ method: "POST", path: "/media/CW-1/a.mp4?uploads=", headers }))).toEqual([
      { action: "s3:PutObject", target: "media" },
    ]);
  });

  it("is a mail sent", () => {
    expect(iamCalls(request({ body: "Action=SendRawEmail&RawMessage.Data=…" }))).toEqual([
      { action: "ses:SendRawEmail", target: "mail-identity" },
    ]);
  });

  it("is an error when no function is meant to call it", () => {
    expect(() => aws("Logs_20140328.PutLogEvents")).toThrow("no name for here");
  });
});

describe("granted against called", () => {
  const all = Object.entries(PERMISSIONS).flatMap(([name, permissions]) =>
    (Object.keys(permissions) as Target[]).flatMap((target) =>
      (permissions[target] ?? []).map((action) => ({ function: `after-sales-${name}`, action, target })),
    ),
  );
  const lines = all.map((call) => JSON.stringify(call));

  it("is in order when every permission is used", () => {
    expect(comparePermissions(lines)).toEqual({ missing: [], unused: [] });
  });

  it("names what is called without permission", () => {
    const call = { function: "after-sales-api-public", action: "dynamodb:DeleteItem", target: "table" };
    expect(comparePermissions([...lines, JSON.stringify(call)]).missing).toEqual([
      "api-public: dynamodb:DeleteItem table",
    ]);
  });

  it("names what nothing calls, but not what is lent to the holder of a signed address", () => {
    const { unused } = comparePermissions([]);
    expect(unused).toContain("clock: states:SendTaskSuccess machines");
    for (const [name, calls] of Object.entries(LENT))
      for (const call of calls) expect(unused).not.toContain(`${name}: ${call}`);
  });
});
