/** What each action refuses, and what it changes; whole processes are played in test/process. */
import { describe, expect, it } from "vitest";
import type { ActionContext, Actor } from "../../lambdas/actions/action.ts";
import { recordScans } from "../../lambdas/actions/record-scans.ts";
import type { CaseItem } from "../../lambdas/domain/case.ts";
import type { CaseFile, Change } from "../../lambdas/domain/case-file.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { openWait } from "../../lambdas/domain/open-wait.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import type { Ring } from "../../lambdas/domain/ring.ts";
import { brand } from "../../lambdas/platform/brand.ts";
import { actionNamed } from "../builders/actions.ts";
import {
  aCaseFile,
  aDesign,
  aMedia,
  anItem,
  aReceipt,
  aRing,
  aShipment,
  aWait,
  aWindow,
  CASE_ID,
} from "../builders/case-file.ts";

const NOW = "2026-03-16T15:00:00.000Z";
const staff = (...roles: ("representative" | "manager" | "shipping" | "workshop")[]): Actor => ({
  kind: "staff",
  name: "Kim",
  roles,
});
const customer: Actor = { kind: "customer" };

const context = (actor: Actor, rings: readonly Ring[] = [], now = NOW): ActionContext => ({
  now,
  actor,
  brand,
  newCaseId: CaseId.parse("CW-N3WN3WN3WN"),
  rings: new Map(rings.map((ring) => [ring.serialNumber, ring])),
  designs: new Map([["R-1001", aDesign()]]),
});
const act = (name: string, file: CaseFile, input: unknown, at: ActionContext): Change | undefined => {
  const action = actionNamed(name, at.actor.kind);
  return action.apply(file, action.input.parse(input), at);
};
/** The faults a refused action names, as `path rule`. */
const faultsOf = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem)
      return error.errors.map((fault) => `${fault.path} ${fault.rule ?? ""}`.trim());
    throw error;
  }
  throw new Error("it was not refused");
};
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  throw new Error("it was not refused");
};
const waitingFor = (
  asks: Parameters<typeof openWait>[1]["asks"],
  overrides: Parameters<typeof aCaseFile>[0] = {},
): CaseFile => aCaseFile({ ...overrides, waits: [aWait({ asks })] });

describe("photos (R28)", () => {
  const shots = ["top", "side", "inside", "certificate"];
  const all = shots.map((slot, index) => aMedia({ slot, mediaId: String(index).repeat(32) }));
  const ids = all.map((media) => media.mediaId);

  it("R28: one accepted file a wanted slot suffices", () => {
    expect(
      act("photos", aCaseFile({ media: all }), { mediaIds: ids }, context(customer))?.answer?.outcome,
    ).toBe("submitted");
  });
  it("R28: the certificate's photo is mandatory", () => {
    expect(
      faultsOf(() =>
        act("photos", aCaseFile({ media: all }), { mediaIds: ids.slice(0, 3) }, context(customer)),
      ),
    ).toEqual(["mediaIds R28"]);
  });
  it("a file still being looked at: try again, nothing is recorded", () => {
    const media = all.map((one, index) => (index === 1 ? aMedia({ ...one, status: "expected" }) : one));
    expect(codeOf(() => act("photos", aCaseFile({ media }), { mediaIds: ids }, context(customer)))).toBe(
      "media-pending",
    );
  });
  it("R29: wanted again means a new photo", () => {
    const review = { decision: "more-photos", at: "2026-03-15T10:00:00.000Z", by: "staff:Kim" };
    const again = { review, shots: [{ slot: "inside" }] };
    const old = aMedia({ slot: "inside", mediaId: "7".repeat(32), ticketAt: "2026-03-14T10:00:00.000Z" });
    const fresh = aMedia({ slot: "inside", mediaId: "8".repeat(32), ticketAt: "2026-03-16T10:00:00.000Z" });
    const file = aCaseFile({ case: again, media: [old, fresh] });
    expect(faultsOf(() => act("photos", file, { mediaIds: [old.mediaId] }, context(customer)))).toEqual([
      "mediaIds R28",
    ]);
    expect(act("photos", file, { mediaIds: [fresh.mediaId] }, context(customer))?.answer?.outcome).toBe(
      "submitted",
    );
  });
  it("a rejected or foreign file is named by its path", () => {
    const media = all.map((one, index) =>
      index === 1 ? aMedia({ ...one, status: "rejected", reason: "too-small" }) : one,
    );
    expect(
      faultsOf(() =>
        act("photos", aCaseFile({ media }), { mediaIds: [...ids, "f".repeat(32)] }, context(customer)),
      ),
    ).toEqual(["mediaIds[1] R28", "mediaIds[4]"]);
  });
});

describe("approval (R5, R6, R22, R45)", () => {
  const certificate = aMedia({ slot: "certificate" });
  const inReview = (item: Partial<CaseItem> = {}) =>
    aCaseFile({
      case: { stage: "in-review", items: [anItem({ deliverySource: "customer", ...item })] },
      media: [certificate],
      waits: [aWait({ asks: "review" })],
    });
  const established = {
    serialNumber: "SN-2026-0001",
    sizeAtPurchase: 11,
    deliveryDate: "2026-03-01",
    deliverySource: "carrier",
    customsValueCents: 120_000,
    insuredValueCents: 150_000,
  };
  const approve = (
    file: CaseFile,
    item: object = established,
    rings: readonly Ring[] = [],
    more: object = {},
    actor: Actor = staff("representative"),
  ) => act("review", file, { decision: "approve", items: [item], ...more }, context(actor, rings));

  it("R5: sets the ring's right aside in the same change", () => {
    const change = approve(inReview());
    expect(change?.rings?.[0]?.after).toMatchObject({
      openCase: CASE_ID,
      right: { state: "reserved", by: CASE_ID },
      sizeAtPurchase: 11,
    });
    expect(change?.case?.items?.[0]?.outcome).toBe("resize");
  });
  it("R22, R45: names every fact that is missing", () => {
    const file = inReview({ sizeAtPurchase: undefined, deliveryDate: undefined });
    expect(faultsOf(() => approve(file, { serialNumber: "SN-2026-0001" }))).toEqual([
      "items[0].deliveryDate R22",
      "items[0].sizeAtPurchase R22",
      "items[0].customsValueCents R45",
      "items[0].insuredValueCents R45",
    ]);
  });
  it("R6: the customer's word is not enough until a representative confirms it", () => {
    const { deliveryDate: _, deliverySource: __, ...rest } = established;
    expect(faultsOf(() => approve(inReview(), rest))).toEqual(["items[0].deliverySource R6"]);
    expect(approve(inReview(), { ...rest, deliverySource: "customer" })?.answer?.outcome).toBe("approved");
  });
  it("R10: without the certificate's photo only a manager may, with a reason", () => {
    const file = { ...inReview(), media: [] };
    expect(faultsOf(() => approve(file))).toEqual(["items[0].certificate R10"]);
    const overrides = { overrides: [{ rule: "R10", reason: "seen in the shop" }] };
    expect(codeOf(() => approve(file, established, [], overrides))).toBe("forbidden");
    expect(approve(file, established, [], overrides, staff("manager"))?.case?.overrides).toHaveLength(1);
  });
  it("R5: a right used by another case is an objection", () => {
    const used = aRing({ right: { state: "used", by: "CW-0000000000", at: NOW } });
    expect(faultsOf(() => approve(inReview(), established, [used]))).toEqual(["items[0] R5"]);
  });
  it("R20: another case is open on the ring", () => {
    expect(faultsOf(() => approve(inReview(), established, [aRing({ openCase: "CW-0000000000" })]))).toEqual([
      "items[0] R20",
    ]);
  });
  it("R30: a refusal wants its reason, and ends the case", () => {
    expect(
      faultsOf(() => act("review", inReview(), { decision: "decline" }, context(staff("representative")))),
    ).toEqual(["reason R30"]);
    const change = act(
      "review",
      inReview(),
      { decision: "decline", reason: { code: "condition", text: "cracked" } },
      context(staff("representative")),
    );
    expect(change?.case?.ending).toEqual({ stage: "declined", code: "condition", text: "cracked" });
  });
  it("R29: more photos means the failed shots only", () => {
    const change = act(
      "review",
      inReview(),
      { decision: "more-photos", shots: [{ slot: "inside", reason: "blurred" }] },
      context(staff("representative")),
    );
    expect(change?.case?.shots).toEqual([{ slot: "inside", reason: "blurred" }]);
  });
});

describe("facts that come later (R7)", () => {
  it("R7: a size that arrives in time counts from its arrival", () => {
    const file = aCaseFile({ case: { items: [anItem({ desiredSize: "unknown" })] } });
    const change = act("items", file, { items: [{ item: 1, desiredSize: 12 }] }, context(customer));
    expect(change?.case?.items?.[0]).toMatchObject({ desiredSize: 12, sizeAt: NOW });
    expect(change?.answer).toBeUndefined();
  });
  it("R7, R12: one that arrives after the last day carries a fee", () => {
    const file = aCaseFile({ case: { items: [anItem({ desiredSize: "unknown" })] } });
    const change = act(
      "items",
      file,
      { items: [{ item: 1, desiredSize: 12 }] },
      context(customer, [], "2026-04-20T15:00:00.000Z"),
    );
    expect(change?.answer?.outcome).toBe("fee");
  });
  it("R20: a refused fact records nothing", () => {
    expect(
      faultsOf(() => act("items", aCaseFile(), { items: [{ item: 1, desiredSize: 11 }] }, context(customer))),
    ).toEqual(["items[0] R20"]);
  });
});

describe("receipt (R5, R51, R56)", () => {
  const findings = {
    serialNumber: "SN-2026-0001",
    certificate: true,
    condition: "as-photographed",
    lengthIn: 8,
    widthIn: 8,
    heightIn: 8,
    weightLb: 3,
    contents: ["jewelry", "pouch", "certificate"],
  };
  const onItsWay = (overrides: Parameters<typeof aCaseFile>[0] = {}) =>
    waitingFor("receipt", { ...overrides, case: { stage: "dispatched", ...overrides?.case } });
  const reserved = aRing({ openCase: CASE_ID, right: { state: "reserved", by: CASE_ID, at: NOW } });

  it("R5: a clean one uses the right up, R59: and opens the window; R51: the limits are inclusive", () => {
    const change = act("receipt", onItsWay(), findings, context(staff("shipping"), [reserved]));
    expect(change?.answer?.outcome).toBe("received");
    expect(change?.rings?.[0]?.after.right.state).toBe("used");
    expect(change?.case?.window).toMatchObject({ earliest: "2026-05-05", latest: "2026-05-19" });
  });
  it.each([
    ["another serial number", { serialNumber: "SN-9" }],
    ["no certificate", { certificate: false }],
    ["another condition", { condition: "damaged", conditionText: "bent" }],
    ["too heavy", { weightLb: 3.1 }],
  ])("R56: %s is held", (_name, found) => {
    const change = act(
      "receipt",
      onItsWay(),
      { ...findings, ...found },
      context(staff("shipping"), [reserved]),
    );
    expect(change?.answer?.outcome).toBe("discrepancy");
    expect(change?.rings ?? []).toEqual([]);
  });
  it("cancelled on the way: it goes back unworked", () => {
    const file = onItsWay({
      case: { stage: "dispatched", cancellation: { at: NOW, by: "customer" }, returnUnworked: true },
    });
    expect(act("receipt", file, findings, context(staff("shipping"), [reserved]))?.answer?.outcome).toBe(
      "return-unworked",
    );
  });
});

describe("inspection (R57, R63)", () => {
  const worked = (overrides: object = {}) =>
    waitingFor("inspection", {
      case: {
        stage: "inspection",
        receipt: aReceipt(),
        window: aWindow(),
        items: [anItem({ outcome: "resize", ...overrides })],
      },
    });
  const ring = aRing({ openCase: CASE_ID, right: { state: "used", by: CASE_ID, at: NOW } });
  const passed = { measuredSize: 13, repairValueCents: 0, manifest: ["jewelry", "pouch", "certificate"] };
  const inspect = (file: CaseFile, input: object) =>
    act("inspection", file, input, context(staff("workshop"), [ring]));

  it("R19: the ledger follows the measured size", () => {
    expect(inspect(worked(), passed)?.rings?.[0]?.after).toMatchObject({
      currentSize: 13,
      sizeAtPurchase: 11,
    });
  });
  it("R63: measured size = agreed size", () => {
    expect(faultsOf(() => inspect(worked(), { ...passed, measuredSize: 12 }))).toEqual(["measuredSize R63"]);
  });
  it("R57: what was received goes back", () => {
    expect(faultsOf(() => inspect(worked(), { ...passed, manifest: ["jewelry", "certificate"] }))).toEqual([
      "manifest R57",
    ]);
  });
  it("R5, R11: an exchange needs another serial number, and passes the used-up right on", () => {
    expect(faultsOf(() => inspect(worked({ outcome: "exchange" }), passed))).toEqual(["newSerialNumber R5"]);
    const change = inspect(worked({ outcome: "exchange" }), { ...passed, newSerialNumber: "SN-2" });
    expect(change?.rings?.map((one) => [one.after.serialNumber, one.after.right.state])).toEqual([
      ["SN-2026-0001", "used"],
      ["SN-2", "used"],
    ]);
  });
});

describe("cancellation", () => {
  const cancel = (file: CaseFile) => act("cancellation", file, {}, context(customer));
  it.each(["conversion", "photos", "review", "shipping-details", "export-clearance", "dispatch"] as const)(
    "ends the case at once while %s is awaited",
    (asks) => {
      expect(cancel(waitingFor(asks))).toMatchObject({
        answer: { outcome: "cancelled" },
        case: { ending: { stage: "cancelled" } },
      });
    },
  );
  it("is recorded while a step runs, and takes effect at the next wait", () => {
    const file = aCaseFile({ waits: [aWait({ answer: { outcome: "submitted", at: NOW, by: "customer" } })] });
    const change = cancel(file);
    expect(change?.answer).toBeUndefined();
    const after = { ...file, case: { ...file.case, cancellation: change?.case?.cancellation } } as CaseFile;
    const next = openWait(
      after,
      { asks: "review", machine: "complimentary-resizing", attempt: 1, token: "t" },
      NOW,
      brand,
    );
    expect(next.waits?.at(-1)?.answer?.outcome).toBe("cancelled");
    expect(next.mails).toBeUndefined();
  });
  it("sends the ring home unworked once it is under way or in Japan", () => {
    expect(cancel(waitingFor("receipt"))).toMatchObject({ case: { returnUnworked: true } });
    expect(cancel(waitingFor("receipt"))?.answer).toBeUndefined();
    expect(cancel(waitingFor("work"))).toMatchObject({
      answer: { outcome: "cancelled" },
      case: { returnUnworked: true },
    });
  });
  it.each(["inspection", "return-delivery"] as const)("comes too late while %s is awaited", (asks) => {
    expect(codeOf(() => cancel(waitingFor(asks)))).toBe("out-of-turn");
  });
  it("a second one is what is already so", () => {
    const waits = [aWait({ answer: { outcome: "submitted", at: NOW, by: "customer" } })];
    expect(cancel(aCaseFile({ case: { cancellation: { at: NOW, by: "customer" } }, waits }))).toBeUndefined();
  });
});

describe("scans (R53)", () => {
  const tracking = { inbound: { attempt: 1, number: "794644790138", shipDate: "2026-03-30", scans: [] } };
  const sent = waitingFor("dispatch", {
    case: { stage: "documents-sent", tracking },
    shipments: [aShipment()],
  });
  const scan = (code: string, at = "2026-03-30T18:00:00") => ({ code, at, text: code });

  it("R53: the label alone is no dispatch, the first scan is", () => {
    expect(recordScans(sent, "inbound", "794644790138", [scan("OC")])?.answer).toBeUndefined();
    expect(recordScans(sent, "inbound", "794644790138", [scan("OC"), scan("PU")])?.answer?.outcome).toBe(
      "dispatched",
    );
  });
  it("the same scans again change nothing, nor do those of another label", () => {
    const known = {
      ...sent,
      case: { ...sent.case, tracking: { inbound: { ...tracking.inbound, scans: [scan("PU")] } } },
    };
    expect(recordScans(known, "inbound", "794644790138", [scan("PU")])).toBeUndefined();
    expect(recordScans(sent, "inbound", "111111111111", [scan("PU")])).toBeUndefined();
  });
  it("delivered after it was turned back is not delivered to her", () => {
    const parcel = { attempt: 1, number: "794644790149", shipDate: "2026-06-01", scans: [] };
    const home = waitingFor("return-delivery", {
      case: { stage: "returning", tracking: { return: parcel } },
    });
    expect(recordScans(home, "return", "794644790149", [scan("DL")])?.answer?.outcome).toBe("delivered");
    expect(recordScans(home, "return", "794644790149", [scan("RS"), scan("DL")])?.answer).toBeUndefined();
  });
  it("an unknown code keeps the state", () => {
    expect(recordScans(sent, "inbound", "794644790138", [scan("ZZ")])?.answer).toBeUndefined();
  });
  it("R53: she may say so after the scan, and the scan may come after her word", () => {
    const scanned = waitingFor("receipt", { case: { stage: "dispatched" } });
    expect(act("dispatch", scanned, {}, context(customer))?.case?.reportedSentAt).toBe(NOW);
    expect(
      act(
        "dispatch",
        waitingFor("receipt", { case: { stage: "dispatched", reportedSentAt: NOW } }),
        {},
        context(customer),
      ),
    ).toBeUndefined();
  });
});

describe("shipping details (R31, R33, R34)", () => {
  const details = {
    name: "Jane Doe",
    address: { line1: "1 Main Street", city: "Boston", state: "MA", zip: "02108" },
    telephone: "+1 617 555 0132",
    shipDate: "2026-03-20",
  };
  const asked = waitingFor("shipping-details", { case: { stage: "shipping-details-requested" } });
  const give = (file: CaseFile, input: object) => act("shipping-details", file, input, context(customer));

  it("R31: address and date together", () => {
    expect(give(asked, details)?.case?.shipping).toMatchObject({
      telephone: "6175550132",
      shipDate: "2026-03-20",
    });
    const { shipDate: _, ...without } = details;
    expect(faultsOf(() => give(asked, without))).toEqual(["shipDate R31"]);
  });
  it("R33, R34: every fault is named at once", () => {
    const wrong = {
      ...details,
      address: { ...details.address, line1: "P.O. Box 12", zip: "94110" },
      shipDate: "2026-03-21",
    };
    expect(faultsOf(() => give(asked, wrong))).toEqual([
      "address.line1 R33",
      "address.zip R33",
      "shipDate R34",
    ]);
  });
  it("again before the first scan: the papers are made anew", () => {
    const sent = waitingFor("dispatch", { case: { stage: "documents-sent" }, shipments: [aShipment()] });
    expect(give(sent, details)?.answer?.outcome).toBe("reissue");
  });
  it("after the first scan it is too late", () => {
    const inbound = { attempt: 1, number: "1", shipDate: "2026-03-20", scans: [], firstScanAt: NOW };
    const scanned = waitingFor("receipt", { case: { stage: "dispatched", tracking: { inbound } } });
    expect(codeOf(() => give(scanned, details))).toBe("out-of-turn");
  });
});
