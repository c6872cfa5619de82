/** What running executions, restores and people rely on never changes its name (design, State machines). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Resource, templates } from "./assembly.ts";

const pinned = JSON.parse(readFileSync(new URL("pinned.json", import.meta.url), "utf8")) as Record<
  string,
  { readonly type: string; readonly name?: unknown }
>;
const { all } = await templates();

/** Types that hold data or running work: each of them must be in the list. */
const LASTING = [
  "AWS::DynamoDB::Table",
  "AWS::S3::Bucket",
  "AWS::KMS::Key",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::StepFunctions::StateMachine",
  "AWS::SecretsManager::Secret",
];
const nameOf = ({ Properties: of }: Resource): unknown =>
  of["TableName"] ?? of["BucketName"] ?? of["StateMachineName"] ?? of["UserPoolName"] ?? of["ClientName"];
const lasting = Object.fromEntries(
  Object.entries(all)
    .filter(([, { Type }]) => LASTING.includes(Type))
    .map(([id, resource]) => [id, { type: resource.Type, name: nameOf(resource) }]),
);

describe("names and logical ids of what lasts", () => {
  it.each(Object.keys(pinned))("%s is where and what it was", (id) => {
    expect(lasting[id]).toEqual(pinned[id]);
  });

  it("pins everything that lasts", () => {
    expect(Object.keys(lasting).sort()).toEqual(Object.keys(pinned).sort());
  });

  it("keeps what lasts when its stack goes", () => {
    for (const id of Object.keys(pinned).filter(
      (one) => pinned[one]?.type !== "AWS::Cognito::UserPoolClient",
    )) {
      expect(all[id], id).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    }
  });
});

it("the same sources make the same templates", async () => {
  expect((await templates()).all).toEqual(all);
});
