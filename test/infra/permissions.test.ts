import { describe, expect, it } from "vitest";
import { ENVIRONMENTS } from "../../lambdas/contracts/env.ts";
import { IMPLIED, PERMISSIONS } from "../../lib/permissions.ts";
import { listed, ofType, statements, templates } from "./assembly.ts";

const { all } = await templates();
const names = Object.keys(ENVIRONMENTS) as (keyof typeof ENVIRONMENTS)[];
const functions = ofType(all, "AWS::Lambda::Function");
const roles = ofType(all, "AWS::IAM::Role");
const policies = ofType(all, "AWS::IAM::ManagedPolicy");

/** Logical id that an intrinsic function names. */
const named = (value: unknown): string => {
  const { Ref: ref, "Fn::GetAtt": attribute } = value as { Ref?: string; "Fn::GetAtt"?: string[] };
  return ref ?? attribute?.[0] ?? "";
};
const policyOf = (role: string) => {
  const [only, ...others] = listed(all[role]?.Properties["ManagedPolicyArns"]);
  expect(others).toEqual([]);
  return statements(all[named(only)]?.Properties["PolicyDocument"]);
};
const allowedOf = (name: string): string[] => {
  const [, fn] = functions.find(([, one]) => one.Properties["FunctionName"] === `after-sales-${name}`) ?? [];
  return policyOf(named(fn?.Properties["Role"])).flatMap(({ Action: action }) => listed(action));
};

describe("permissions", () => {
  it("give every function a role of its own", () => {
    expect(functions).toHaveLength(names.length);
    const used = functions.map(([, { Properties: of }]) => named(of["Role"]));
    expect(new Set(used).size).toBe(functions.length);
  });

  it("name every action: no wildcard in any policy of a role", () => {
    expect(policies.length).toBeGreaterThan(0);
    for (const [id, { Properties: of }] of policies)
      for (const { Action: action } of statements(of["PolicyDocument"]))
        for (const one of listed(action)) expect(one, id).not.toContain("*");
  });

  it("name every action in the policies of queues, topics, buckets and keys too", () => {
    const documents = Object.values(all).flatMap(({ Properties: of }) => {
      const document = of["PolicyDocument"] ?? of["KeyPolicy"] ?? of["AssumeRolePolicyDocument"];
      return document ? statements(document) : [];
    });
    const wide = documents.filter(
      ({ Effect: effect, Action: action }) =>
        effect === "Allow" && listed(action).some((one) => one.includes("*")),
    );
    // A key that its own account may not administer is lost with whoever made it.
    for (const { Action: action, Principal: principal } of wide) {
      expect(action).toBe("kms:*");
      expect(JSON.stringify(principal)).toMatch(/iam::.*:root/);
    }
    expect(wide).toHaveLength(ofType(all, "AWS::KMS::Key").length);
  });

  it("stand in one policy a role: nothing inline, nothing of AWS's own, nothing added by CDK", () => {
    expect(ofType(all, "AWS::IAM::Policy")).toEqual([]);
    for (const [id, { Properties: of }] of roles) {
      expect(of["Policies"], id).toBeUndefined();
      expect(named(listed(of["ManagedPolicyArns"])[0]), id).toMatch(/Policy/);
    }
  });

  it.each(names)("%s may do what `permissions.ts` says, and what that implies, and nothing else", (name) => {
    const stated = Object.values(PERMISSIONS[name]).flat();
    const implied: readonly string[] = Object.values(IMPLIED).flat();
    const allowed = allowedOf(name);
    for (const action of stated) expect(allowed).toContain(action);
    const surplus = allowed.filter((action) => !stated.includes(action) && !implied.includes(action));
    expect(surplus).toEqual([]);
  });

  it("let no API function start a process or send a mail: the API only writes", () => {
    for (const name of names.filter((one) => one.startsWith("api-")))
      for (const action of allowedOf(name)) expect(action).not.toMatch(/^(states|ses):/);
  });

  it("let only the stream's reader and the clock complete a wait, and only the reader start a process", () => {
    const completing = names.filter((name) => allowedOf(name).includes("states:SendTaskSuccess"));
    expect(completing).toEqual(["case-changed", "clock"]);
    expect(names.filter((name) => allowedOf(name).includes("states:StartExecution"))).toEqual([
      "case-changed",
    ]);
  });

  it("let the two that speak with the payment provider read its keys, and nobody else; each secret by its name", () => {
    const readers = (secret: string) =>
      functions
        .filter(([, { Properties: of }]) =>
          policyOf(named(of["Role"])).some(
            ({ Action: action, Resource: resource }) =>
              listed(action).includes("secretsmanager:GetSecretValue") &&
              listed(resource).some((one) => named(one) === secret),
          ),
        )
        .map(([, { Properties: of }]) => String(of["FunctionName"]))
        .sort();
    expect(readers("StripeSecret")).toEqual(["after-sales-api-webhooks", "after-sales-step-settle-accounts"]);
    expect(readers("FedexSecret")).toEqual(
      ["step-close-case", "step-prepare-shipment", "track-shipments"].map((name) => `after-sales-${name}`),
    );
  });

  it("let every machine be started, and only those that wait be answered", () => {
    const [, reader] =
      functions.find(([, one]) => one.Properties["FunctionName"] === "after-sales-case-changed") ?? [];
    const machinesOf = (action: string) =>
      policyOf(named(reader?.Properties["Role"]))
        .filter((statement) => listed(statement.Action).includes(action))
        .flatMap((statement) => [...JSON.stringify(statement.Resource).matchAll(/:stateMachine:([a-z-]+)"/g)])
        .map(([, machine]) => String(machine))
        .sort();
    const waiting = ["complimentary-resizing", "repair-and-maintenance", "service-order"];
    expect(machinesOf("states:StartExecution")).toEqual([...waiting, "settlement"]);
    expect(machinesOf("states:SendTaskSuccess")).toEqual(waiting);
  });

  it("let the stream's reader write nothing", () => {
    for (const action of allowedOf("case-changed"))
      expect(action).not.toMatch(/^dynamodb:(Put|Update|Delete)/);
  });

  it("use keys only through the service whose data they encrypt", () => {
    const onKeys = policies
      .flatMap(([, { Properties: of }]) => statements(of["PolicyDocument"]))
      .filter((statement) => listed(statement.Action).some((action) => action.startsWith("kms:")));
    expect(onKeys.length).toBeGreaterThan(0);
    for (const statement of onKeys) expect(JSON.stringify(statement)).toContain("kms:ViaService");
  });
});
