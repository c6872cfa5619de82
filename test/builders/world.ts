/**
 * A case with all that is around it, in memory: the real steps, actions, clock and definitions; a carrier that plays
 * along. Every call a step makes is counted, and at any of them the step may die, before the call or after it, or
 * somebody else may act. So a history can be disturbed at every point there is, and its end compared.
 */

import type { Actor } from "../../lambdas/actions/action.ts";
import { type OpenCaseRequest, openCase } from "../../lambdas/actions/open-case.ts";
import { recordTaken } from "../../lambdas/actions/payments.ts";
import { recordScans } from "../../lambdas/actions/record-scans.ts";
import { createBankTransfer } from "../../lambdas/adapters/payments/bank-transfer.ts";
import { documentKey } from "../../lambdas/adapters/s3/documents.ts";
import type { Brand } from "../../lambdas/domain/brand.ts";
import { type CaseFile, currentWait } from "../../lambdas/domain/case-file.ts";
import { type Execution, executionOf } from "../../lambdas/domain/change.ts";
import type { Design } from "../../lambdas/domain/design.ts";
import { CaseId } from "../../lambdas/domain/identifiers.ts";
import { Problem } from "../../lambdas/domain/problem.ts";
import { type Settlement, settlementName } from "../../lambdas/domain/settlement.ts";
import type { Leg } from "../../lambdas/domain/shipment.ts";
import { createClockHandler } from "../../lambdas/handlers/events/clock/clock.ts";
import { createAskHandler } from "../../lambdas/handlers/steps/ask/ask.ts";
import { createCheckExportHandler } from "../../lambdas/handlers/steps/check-export/check-export.ts";
import { createCloseCaseHandler } from "../../lambdas/handlers/steps/close-case/close-case.ts";
import { createHandOverHandler } from "../../lambdas/handlers/steps/hand-over/hand-over.ts";
import { forOneRun } from "../../lambdas/handlers/steps/one-run.ts";
import { createPrepareShipmentHandler } from "../../lambdas/handlers/steps/prepare-shipment/prepare-shipment.ts";
import { createSettleAccountsHandler } from "../../lambdas/handlers/steps/settle-accounts/settle-accounts.ts";
import { brand as exampleBrand } from "../../lambdas/platform/brand.ts";
import { perform } from "../../lambdas/platform/perform.ts";
import type { CaseStore } from "../../lambdas/ports/case-store.ts";
import type { DocumentPrinter, DocumentStore } from "../../lambdas/ports/documents.ts";
import { actionNamed } from "./actions.ts";
import { CASE_ID } from "./case-file.ts";
import { type FakeLabel, fakeCarrier } from "./fake-carrier.ts";
import { type FakePayable, type FakeRefund, fakeProvider, remainingOf } from "./fake-provider.ts";
import { Run } from "./machine.ts";
import { memoryStore } from "./memory-store.ts";
import { type Disturbance, mortalCalls } from "./mortal-calls.ts";

export interface WorldOptions {
  readonly request: OpenCaseRequest;
  readonly designs: readonly Design[];
  readonly at: string;
  readonly brand?: Brand;
  /** By the number of the call. */
  readonly disturb?: (call: number) => Disturbance | undefined;
  /** What the carrier makes of the n-th label asked of it. */
  readonly carrierSays?: (nth: number) => "unknown" | "refused" | undefined;
}

const MINUTE = 60_000;
const MOST_TICKS = 500;

export function aWorld(options: WorldOptions) {
  const { brand = exampleBrand, designs, request } = options;
  const caseId = CaseId.parse(CASE_ID);
  const store = memoryStore();
  for (const design of designs) store.designs.set(design.designNumber, design);
  let now = Date.parse(options.at);
  const nowText = () => new Date(now).toISOString();
  const file = () => store.file(caseId);

  const opened = openCase(
    request,
    { rings: store.rings, designs: store.designs },
    { now: nowText(), brand, caseId },
  );
  store.files.set(caseId, opened.file);
  for (const { after } of opened.change.rings ?? []) store.rings.set(after.serialNumber, after);

  const labels: FakeLabel[] = [];
  const carrier = fakeCarrier(labels, options.carrierSays);
  const printer: DocumentPrinter = {
    renderCommercialInvoice: () => Promise.resolve(new Uint8Array([2])),
    renderRepairDeclaration: () => Promise.resolve(new Uint8Array([3])),
    renderInvoice: () => Promise.resolve(new Uint8Array([4])),
  };
  const documents: DocumentStore = {
    put: (place) => Promise.resolve(documentKey(place)),
    get: () => Promise.reject(new Error("the test did not foresee get")),
  };

  const payables: FakePayable[] = [];
  const refunded: FakeRefund[] = [];
  const provider = fakeProvider({ payables, refunds: refunded });

  const mortals = mortalCalls((call) => options.disturb?.(call));
  const invoke = (name: string, payload: unknown): Promise<unknown> => {
    const wrap = mortals.invocation();
    const table = wrap<CaseStore>(store);
    const common = { store: forOneRun(table), brand };
    switch (name) {
      case "StepAskArn":
        return createAskHandler({ store: table, brand, attention: () => {} })(payload);
      case "StepCheckExportArn":
        return createCheckExportHandler(common)(payload);
      case "StepPrepareShipmentArn":
        return createPrepareShipmentHandler({
          ...common,
          carrier: wrap(carrier),
          printer: wrap(printer),
          documents: wrap(documents),
        })(payload);
      case "StepSettleAccountsArn":
        return createSettleAccountsHandler({
          store: common.store,
          printer: wrap(printer),
          documents: wrap(documents),
          providers: {
            stripe: wrap(provider),
            "bank-transfer": wrap(createBankTransfer({ site: brand.site })),
          },
          provider: brand.invoicing.provider,
        })(payload);
      case "StepHandOverArn":
        return createHandOverHandler(common)(payload);
      case "StepCloseCaseArn":
        return createCloseCaseHandler({ ...common, carrier: wrap(carrier) })(payload);
      default:
        throw new Error(`no step ${name}`);
    }
  };

  const runs: Run[] = [];
  let tokens = 0;
  const newToken = () => {
    tokens += 1;
    return `token-${tokens}`;
  };
  const start = (execution: Execution): Promise<void> => {
    if (!runs.some((run) => run.attempt === execution.attempt)) {
      const { attempt, machine, resumeAt = "", waitNo, verdict } = execution;
      runs.push(
        new Run(
          machine,
          { caseId, attempt, resumeAt, verdict, wait: { no: waitNo, outcome: "" }, error: { Error: "" } },
          { invoke, now: nowText, newToken },
        ),
      );
    }
    return Promise.resolve();
  };
  const settlements = new Map<string, Run>();
  const settleAccounts = (settlement: Settlement): Promise<void> => {
    const name = settlementName(settlement);
    if (!settlements.has(name)) {
      const { no } = settlement;
      settlements.set(name, new Run("settlement", { caseId, no }, { invoke, now: nowText, newToken }));
    }
    return Promise.resolve();
  };
  if (opened.change.start) void start(executionOf(opened.file.case, opened.change.start, nowText()));

  const mailed: string[] = [];
  /** Every mail ordered is sent, and SES says so. */
  function sendMails(): void {
    const present = file();
    for (const { mailId, status } of present.mails) if (status === "wanted") mailed.push(mailId);
    store.files.set(caseId, {
      ...present,
      mails: present.mails.map((mail) => {
        const { dueAt: _, ...rest } = mail;
        return { ...rest, status: "confirmed" };
      }),
    });
  }

  /** Lets everything run until nothing moves: the stream, the executions, the mails. */
  async function settle(): Promise<void> {
    let read = 0;
    for (let moved = true; moved; ) {
      moved = false;
      sendMails();
      for (; read < store.written.length; read += 1) {
        const execution = store.written[read]?.execution;
        if (execution && execution.caseId === caseId) await start(execution);
      }
      for (const settlement of store.settlements.values())
        if (settlement.dueAt !== undefined) await settleAccounts(settlement);
      for (const run of settlements.values())
        if (!run.ended) {
          await run.advance();
          moved = true;
        }
      for (const run of runs) {
        if (!run.ended && !run.waits) {
          await run.advance();
          moved = true;
        }
        const wait = file().waits.find((one) => one.token !== undefined && one.token === run.token);
        if (wait?.answer) {
          const { no, resumeAt } = wait;
          run.complete({
            no,
            outcome: wait.answer.outcome,
            ...(resumeAt === undefined ? {} : { resumeAt }),
          });
          moved = true;
        }
      }
    }
  }

  const clock = createClockHandler({
    brand,
    store,
    processes: {
      start,
      settle: settleAccounts,
      complete: () => Promise.resolve("gone"),
      isRunning: (_machine, _caseId, attempt) =>
        Promise.resolve(runs.some((run) => run.attempt === attempt && !run.ended)),
    },
    attention: () => {},
    failed: (_caseId, error) => {
      throw error;
    },
    mailLost: () => {},
  });

  /** @returns the code of the problem where it is refused, else `done` */
  async function act(actor: Actor, name: string, body: unknown): Promise<string> {
    const action = actionNamed(name, actor.kind);
    try {
      await perform({ store, brand, pause: () => Promise.resolve() }, action, {
        caseId,
        actor,
        body,
        now: nowText(),
      });
      return "done";
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  }

  /** Records what the provider has taken for its newest open invoice, as its webhook tells it. */
  async function tell({ id, takenCents }: FakePayable): Promise<void> {
    for (;;) {
      const before = file();
      const told = { provider: "stripe", id, paidCents: takenCents, currency: "USD" } as const;
      const change = recordTaken(before, told, nowText());
      if (!change) return;
      try {
        await store.commit(before, change, nowText());
        return;
      } catch {
        // Somebody else wrote first: read again.
      }
    }
  }
  /** She pays on the provider's page: all that is asked for, or so much. */
  async function pay(cents?: number): Promise<void> {
    const payable = payables.findLast((one) => one.open);
    if (!payable) return;
    payable.takenCents += cents ?? remainingOf(payable);
    await tell(payable);
  }

  async function scan(leg: Leg, code: string): Promise<void> {
    const number = file().case.tracking[leg]?.number ?? "";
    const label = labels.find((one) => one.trackingNumber === number);
    if (!label || label.cancelled) return;
    label.tendered = true;
    for (;;) {
      const before = file();
      const change = recordScans(before, leg, number, [{ at: nowText(), code, text: code }]);
      if (!change) return;
      try {
        await store.commit(before, change, nowText());
        return;
      } catch {
        // Somebody else wrote first: read again.
      }
    }
  }

  return {
    store,
    caseId,
    labels,
    /** Ids of the mails that went out, in order. */
    mailed,
    runs,
    file,
    now: nowText,
    calls: mortals.counted,
    settle,
    act,
    scan,
    pay,
    tell,
    payables,
    refunded,
    /** Business time passes; every due thing falls due in its minute. */
    async pass(minutes: number): Promise<void> {
      const until = now + minutes * MINUTE;
      for (let ticks = 0; ; ticks += 1) {
        if (ticks > MOST_TICKS) throw new Error("the clock goes round in circles");
        const due = (await store.due(new Date(until).toISOString(), 100)).rows[0]?.dueAt;
        now = due === undefined ? until : Math.max(now, Date.parse(due));
        if (due === undefined) return;
        await clock({ time: nowText() });
        await settle();
      }
    },
    /** Whatever execution there is is gone. */
    lose(): void {
      for (const run of [...runs, ...settlements.values()]) run.lose();
    },
    open: (): boolean => file().case.endedAt === undefined,
    wait: () => currentWait(file()),
    change(edit: (file: CaseFile) => CaseFile): void {
      store.files.set(caseId, edit(file()));
    },
  };
}
export type World = ReturnType<typeof aWorld>;
