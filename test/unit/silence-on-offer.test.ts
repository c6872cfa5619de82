import { expect, it } from "vitest";
import { expire } from "../../lambdas/actions/expire.ts";
import type { Wait } from "../../lambdas/domain/wait.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { aCaseFile, aWait } from "../builders/case-file.ts";

const NOW = "2026-04-01T00:00:00.000Z";
const offered = (to: "complimentary-resizing" | "repair-and-maintenance", from: Wait["asks"]) =>
  aCaseFile({
    case: {
      process: to === "complimentary-resizing" ? "repair-and-maintenance" : "complimentary-resizing",
      stage: "conversion-offered",
      conversionOffer: { to, text: "after all", at: NOW, by: "staff:Kim", from },
    },
    waits: [aWait({ asks: "conversion", deadline: "2026-03-31T00:00:00.000Z", remindAt: undefined })],
  });

it("R1: silence on what was offered for nothing is a no: the case goes on where it stood", () => {
  const change = expire(offered("complimentary-resizing", "review"), NOW, brand);
  expect(change).toMatchObject({
    case: { stage: "in-review", conversionOffer: undefined },
    answer: { outcome: "kept", by: "clock" },
    start: { machine: "repair-and-maintenance", resumeAt: "Await review" },
  });
  expect(change?.case?.ending).toBeUndefined();
});

it("R12, R64: silence on a fee ends the case", () => {
  expect(expire(offered("repair-and-maintenance", "review"), NOW, brand)).toMatchObject({
    case: { ending: { stage: "expired", code: "conversion" } },
    answer: { outcome: "expired" },
  });
});
