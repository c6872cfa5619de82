/**
 * The cloud on one machine: everything the synthesized templates ask for, on free ports of this computer.
 * `npm start`, the demo and the tests of whole processes all begin it here; several may run at once.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { DUE_INDEX, DUE_LIST } from "../lambdas/adapters/dynamodb/keys.ts";
import { loadBrand } from "../lambdas/contracts/brand.ts";
import { advanceTo } from "./advance.ts";
import { logTo, startBackends, unrest } from "./backends.ts";
import { plusDuration } from "./business-clock.ts";
import { seedCatalogue } from "./catalogue.ts";
import type { Cloud, CloudOptions } from "./cloud-types.ts";
import { openDataFolder } from "./data-folder.ts";
import { wholeSeconds } from "./events/event-bus.ts";
import { startFront } from "./front.ts";
import { createGateway } from "./gateway/gateway.ts";
import { createLocalApi } from "./local-api.ts";
import { createPresenter } from "./mail/present.ts";
import { createStaticFiles } from "./pages/static-files.ts";
import { readAssembly } from "./plan/assembly.ts";
import { readPlan } from "./plan/plan.ts";
import type { TablePlan } from "./plan/plan-types.ts";
import { ensureSynth, ROOT } from "./plan/synth.ts";
import { createStaffTokens } from "./staff-tokens.ts";
import { createPaymentRoutes } from "./stripe/local-routes.ts";

export type { AwsCall, Cloud, CloudOptions } from "./cloud-types.ts";

/** Functions a person waits for. */
const HOT = ["api-public", "api-customer", "api-staff", "api-files", "step-ask", "case-changed", "send-mail"];
const POLL_MS = 4;
const QUIET_LIMIT_MS = 60_000;
const STEP_LIMIT_MS = 30_000;

const siteOf = (): string =>
  loadBrand(resolve(ROOT, process.env["BRAND_CONFIG"] ?? "config/brand.example.json")).site.replace(
    /\/$/,
    "",
  );

const hasDueIndex = (table: TablePlan): boolean =>
  ((table.properties["GlobalSecondaryIndexes"] ?? []) as { IndexName: string }[]).some(
    ({ IndexName }) => IndexName === DUE_INDEX,
  );

/** @throws when the port or the folder is taken, the templates do not synthesize, or ask for what cannot be run here. */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const steps: (() => unknown)[] = [];
  const end = async (): Promise<void> => {
    for (const step of steps.splice(0).toReversed()) await step();
  };
  try {
    return await start(options, (step) => steps.push(step), end);
  } catch (error) {
    await end();
    throw error;
  }
};

const start = async (
  options: CloudOptions,
  undo: (step: () => unknown) => void,
  end: () => Promise<void>,
): Promise<Cloud> => {
  const progress = options.progress ?? (() => undefined);
  let ended = false;
  let writeLog: (line: string) => void = () => undefined;
  const log = (line: string): void => {
    if (!ended) writeLog(line);
  };
  // The port first: a second start must fail before it touches the data of the one that runs.
  const front = await startFront(options.port ?? 0, options.host ?? "127.0.0.1", log);
  undo(front.close);
  const folder = openDataFolder(options.dataDir, options.fresh);
  undo(folder.release);
  writeLog = logTo(folder.file("cloud.log"));

  const url = `http://localhost:${front.port}`;
  const site = siteOf();
  const localise = (text: string): string => text.replaceAll(site, url);
  const made = options.assembly ? { folder: options.assembly, made: false } : await ensureSynth();
  const plan = readPlan(readAssembly(made.folder), localise);
  progress(`Templates     ${made.made ? "synthesized" : "read"}`);

  const backends = await startBackends({
    plan,
    compileCache: join(made.folder, ".compiled"),
    folder,
    front,
    options,
    progress,
    log,
    undo,
  });
  const { clock, database, bus, functions, mailbox, machines, fedex, stripe, invoke } = backends;
  const tokens = await createStaffTokens(folder.file("staff-key.json"), plan.userPools);

  const due = plan.tables.find(hasDueIndex);
  if (due && options.seed !== false) {
    const added = await seedCatalogue(database.client, due.name);
    if (added > 0) progress(`Catalogue     ${added} sample designs`);
  }

  const quiescent = async (timeoutMs = QUIET_LIMIT_MS): Promise<void> => {
    const deadline = Date.now() + timeoutMs;
    for (let quiet = 0; quiet < 2; ) {
      const restless = unrest(backends);
      quiet = restless.length === 0 ? quiet + 1 : 0;
      if (ended) throw new Error("the local cloud has ended");
      if (Date.now() > deadline) throw new Error(`not quiet after ${timeoutMs} ms: ${restless.join(", ")}`);
      if (quiet < 2) await sleep(POLL_MS);
    }
  };
  const named = (label: string): string | undefined =>
    plan.functions.find((one) => one.label === label)?.name;
  /** Runs a function that schedules call; a template without it has no such time. */
  const runAt = async (label: string, event: object): Promise<void> => {
    const name = named(label);
    if (!name) return;
    await invoke(name, event).catch((error: Error) => log(`${label}: ${error.message}`));
  };
  const scheduled = (label: string, at: Date): Promise<void> => {
    const rule = plan.rules.find(
      (one) => one.schedule && one.targets.some((to) => to.functionName === named(label)),
    );
    return rule ? runAt(label, bus.scheduled(rule, at) as object) : Promise.resolve();
  };
  const nextDue = async (after: string, until: string): Promise<string | undefined> => {
    if (!due) return undefined;
    const { Items } = await database.client.send(
      new QueryCommand({
        TableName: due.name,
        IndexName: DUE_INDEX,
        KeyConditionExpression: "dueList = :list AND dueAt BETWEEN :from AND :until",
        // Just above what was passed: instants have a fixed length, so any longer text sorts behind.
        ExpressionAttributeValues: {
          ":list": { S: DUE_LIST },
          ":from": { S: `${after}!` },
          ":until": { S: until },
        },
        Limit: 1,
      }),
    );
    return Items?.[0]?.["dueAt"]?.S;
  };
  const advance = (target: Date): Promise<void> =>
    advanceTo(target, {
      clock,
      nextDue,
      runClock: (at) => scheduled("clock", at),
      pollTracking: (at) => scheduled("track-shipments", at),
      // One step that is being retried for long must not hold up the time of all others.
      quiescent: () => quiescent(STEP_LIMIT_MS).catch((error: Error) => log(`clock: ${error.message}`)),
    });

  const pages = createStaticFiles([join(ROOT, "web", "dist"), join(ROOT, "web")]);
  const openApi = join(ROOT, "docs", "openapi.json");
  const presenter = createPresenter(mailbox, url, localise);
  const [api] = plan.apis;
  if (!api) throw new Error("the templates have no REST API");
  const gateway = createGateway({ api, invoke, checkToken: tokens.check, now: clock.now, log });
  const local = createLocalApi({
    now: clock.now,
    advance,
    tokens,
    mailbox,
    mails: presenter,
    carrier: fedex,
    payments: createPaymentRoutes({ stripe, quiescent, isQuiet: () => unrest(backends).length === 0 }),
    home: () => ({
      origin: url,
      now: clock.now().toISOString(),
      mails: mailbox.list().length,
      hasOpenApi: existsSync(openApi),
      pages: [
        { path: "/request", title: "Ask for a resizing or a repair" },
        { path: "/staff", title: "Work on cases, as staff" },
      ].filter(({ path }) => pages.find(path)),
    }),
  });

  const welcome = async (): Promise<void> => {
    if (options.warm) void Promise.all(HOT.flatMap((label) => named(label) ?? []).map(functions.warm));
    // Payments, uploads and mails that a killed process never told of.
    stripe.announceForgotten();
    await Promise.all([backends.s3.announceForgotten(), backends.ses.announceForgotten()]);
    // Executions are not durable: every open case is looked at once, and taken up where it stands.
    if (database.tables.some(({ isNew }) => !isNew)) {
      await runAt("clock", { time: wholeSeconds(clock.now()), sweep: true });
    }
    bus.startSchedules();
  };
  front.open({ api: gateway, local, pages, openApi: existsSync(openApi) ? openApi : undefined });
  const welcomed = welcome().catch((error: Error) => log(`start: ${error.message}`));
  progress(`API           ${url}/v1`);

  return {
    url,
    dataDir: folder.path,
    plan,
    dynamodb: database.client,
    fedex,
    stripe,
    now: clock.now,
    advance: async (duration) => {
      const target = plusDuration(clock.now(), duration);
      if (!target) throw new Error(`${duration} is no ISO 8601 duration`);
      await advance(target);
      return clock.now();
    },
    quiescent: async (timeoutMs) => {
      await welcomed;
      await quiescent(timeoutMs);
    },
    invoke: (label, event) => invoke(named(label) ?? label, event),
    publish: bus.publish,
    mails: presenter.list,
    staffToken: tokens.issue,
    executions: machines.all,
    loseExecutions: machines.loseAll,
    crashDatabase: database.crash,
    close: async () => {
      front.shut();
      await welcomed;
      await quiescent(3000).catch(() => undefined);
      ended = true;
      await end();
    },
    kill: async () => {
      ended = true;
      await end();
    },
  };
};
