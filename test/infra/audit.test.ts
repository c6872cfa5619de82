/** The rule packs find nothing that is not answered, and they do look. */
import { Validations } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { build } from "./assembly.ts";

const built = await build();
const packs = [
  new AwsSolutionsChecks(built.app),
  new ServerlessChecks(built.app),
  new NIST80053R5Checks(built.app),
];

interface Answer {
  readonly where: string;
  readonly id: string;
  readonly reason: string;
}
const answers: Answer[] = built.app.node.findAll().flatMap(({ node }) =>
  node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) =>
      Object.entries(data as Record<string, string>).map(([id, reason]) => ({
        where: node.path,
        id,
        reason,
      })),
    ),
);

describe("cdk-nag", () => {
  it.each(packs)("$readPackName finds nothing", (pack) => {
    const { success, violations } = pack.validateScope(built.app);
    expect(violations).toEqual([]);
    expect(success).toBe(true);
  });

  it("is answered at single constructs, never for a whole stack", () => {
    expect(answers.length).toBeGreaterThan(0);
    for (const { where } of answers) expect(where).toContain("/");
  });

  it("is answered with a reason in a sentence, and a wildcard by naming it", () => {
    for (const { reason, where } of answers) expect(reason.length, where).toBeGreaterThan(30);
    for (const { id, where } of answers.filter((one) => one.id.includes("IAM5")))
      expect(id, where).toMatch(/\[Resource::.+\]$/);
  });

  it("ends the synthesis with an error when a finding is not answered", async () => {
    const { app, data } = await build(true);
    new Topic(data, "OpenTopic");
    expect(() => app.synth()).toThrow(/AfterSalesData\/OpenTopic[^]*AwsSolutions-SNS3/);
  });
});
