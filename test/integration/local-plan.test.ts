/** Templates become local values: intrinsic functions, patterns and durations. */
import { describe, expect, it } from "vitest";
import { plusDuration } from "../../local/business-clock.ts";
import { checkPattern, matchesPattern } from "../../local/event-pattern.ts";
import { rateOf } from "../../local/events/event-bus.ts";
import { identity } from "../../local/plan/identity.ts";
import { createResolver, type Stack } from "../../local/plan/intrinsics.ts";

const data: Stack = {
  name: "Data",
  template: {
    Resources: {
      Table: { Type: "AWS::DynamoDB::Table", Properties: { TableName: "cases" } },
      Files: { Type: "AWS::S3::Bucket" },
    },
    Outputs: {
      Arn: {
        Value: { "Fn::GetAtt": ["Table", "Arn"] },
        Export: { Name: { "Fn::Sub": "${AWS::StackName}:Arn" } },
      },
    },
  },
};
const service: Stack = {
  name: "Service",
  template: {
    Parameters: { Version: { Type: "String", Default: "21" } },
    Conditions: { IsChina: { "Fn::Equals": [{ Ref: "AWS::Partition" }, "aws-cn"] } },
    Mappings: { Sizes: { small: { mb: 128 } } },
    Resources: { Machine: { Type: "AWS::StepFunctions::StateMachine" } },
  },
};
const resolver = createResolver([data, service], identity);
const resolve = (value: unknown, stack = service) => resolver.resolve(stack, value);

describe("intrinsic functions", () => {
  const table = "arn:aws:dynamodb:us-east-1:000000000000:table/cases";
  it.each([
    ["Ref to a parameter", { Ref: "Version" }, "21"],
    [
      "Ref to a machine",
      { Ref: "Machine" },
      "arn:aws:states:us-east-1:000000000000:stateMachine:Service-Machine",
    ],
    ["ImportValue", { "Fn::ImportValue": "Data:Arn" }, table],
    ["GetStackOutput", { "Fn::GetStackOutput": { StackName: "Data", OutputName: "Arn" } }, table],
    ["Join", { "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }]] }, "a-us-east-1"],
    [
      "Sub",
      { "Fn::Sub": ["${x}/${AWS::AccountId}/${Machine.Name}/${!y}", { x: 1 }] },
      "1/000000000000/Service-Machine/${y}",
    ],
    ["Select of Split", { "Fn::Select": [1, { "Fn::Split": [":", "a:b:c"] }] }, "b"],
    [
      "If",
      { "Fn::If": ["IsChina", "yes", { a: { Ref: "AWS::NoValue" }, b: [{ Ref: "AWS::NoValue" }, 1] }] },
      { b: [1] },
    ],
    ["FindInMap", { "Fn::FindInMap": ["Sizes", "small", "mb"] }, 128],
  ])("resolves %s", (_what, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it("names buckets as S3 allows", () => {
    expect(resolve({ Ref: "Files" }, data)).toBe("data-files");
  });

  it.each([
    ["an unknown function", { "Fn::Transform": {} }, /Fn::Transform/],
    ["a missing resource", { Ref: "Nothing" }, /Nothing/],
    ["a missing export", { "Fn::ImportValue": "Data:Nothing" }, /Data:Nothing/],
  ])("refuses %s", (_what, value, why) => {
    expect(() => resolve(value)).toThrow(why);
  });
});

describe("event patterns", () => {
  const event = {
    source: "aws.s3",
    detail: { object: { key: "uploads/1", size: 5 }, tags: { set: ["a", "b"] } },
  };
  it.each([
    [{ source: ["aws.ses", "aws.s3"] }, true],
    [{ source: ["aws.ses"] }, false],
    [{ detail: { object: { key: [{ prefix: "uploads/" }] } } }, true],
    [{ detail: { object: { key: [{ suffix: ".pdf" }] } } }, false],
    [{ detail: { object: { key: [{ wildcard: "up*/1" }] } } }, true],
    [{ detail: { object: { size: [{ numeric: [">", 4, "<=", 5] }] } } }, true],
    [{ detail: { tags: { set: ["b"] } } }, true],
    [{ detail: { tags: { set: [{ "anything-but": ["a", "b"] }] } } }, false],
    [{ detail: { missing: [{ exists: false }], object: { key: [{ exists: true }] } } }, true],
    [{ detail: { object: [{ exists: true }] } }, false],
    [{ $or: [{ source: ["x"] }, { detail: { object: { size: [5] } } }] }, true],
  ])("%j matches: %s", (pattern, expected) => {
    expect(matchesPattern(event, pattern)).toBe(expected);
  });
  it("refuses an operator it does not know", () => {
    expect(() => matchesPattern(event, { source: [{ cidr: "10.0.0.0/8" }] })).toThrow(/cidr/);
    // When it is loaded, whether or not an event ever reaches it.
    expect(() => checkPattern({ detail: { ip: [1, { cidr: "10.0.0.0/8" }] } })).toThrow(/cidr/);
    expect(() => checkPattern({ source: "aws.s3" })).toThrow(/source/);
    expect(() => checkPattern({ $or: [{ a: [{ exists: true }] }, { b: ["c"] }] })).not.toThrow();
  });
});

describe("durations and rates", () => {
  it.each([
    ["P14D", "2026-02-14T10:00:00.000Z"],
    ["PT1H30M", "2026-01-31T11:30:00.000Z"],
    ["P1M", "2026-02-28T10:00:00.000Z"],
    ["P1Y2M", "2027-03-31T10:00:00.000Z"],
    ["P2W", "2026-02-14T10:00:00.000Z"],
    ["P1DT0.5S", "2026-02-01T10:00:00.500Z"],
    ["PT0.5H", "2026-01-31T10:30:00.000Z"],
    ["P1DT1,5M", "2026-02-01T10:01:30.000Z"],
    ["P0.5W", "2026-02-03T22:00:00.000Z"],
    ["P0.5Y", "2026-07-31T10:00:00.000Z"],
    ["P0.5M", "2026-02-14T10:00:00.000Z"],
  ])("31 January plus %s is %s", (duration, expected) => {
    expect(plusDuration(new Date("2026-01-31T10:00:00Z"), duration)?.toISOString()).toBe(expected);
  });
  it.each(["", "P", "PT", "14D", "P-1D", "P1H", "tomorrow", "P1DT", "P1.5DT1H", "PT1.5H1M"])(
    "%j is no duration",
    (text) => {
      expect(plusDuration(new Date(), text)).toBeUndefined();
    },
  );
  it("reads rates and refuses cron", () => {
    expect(rateOf("rate(1 minute)")).toBe(60_000);
    expect(rateOf("rate(30 minutes)")).toBe(1_800_000);
    expect(() => rateOf("cron(0 12 * * ? *)")).toThrow(/cron/);
  });
});
