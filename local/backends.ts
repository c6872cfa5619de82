/** Starts everything behind the one address, in the order in which the parts need each other. */
import { appendFileSync } from "node:fs";
import { createBusinessClock } from "./business-clock.ts";
import type { AwsCall, CloudOptions } from "./cloud-types.ts";
import { ACCESS_KEY_PREFIX, type DataFolder } from "./data-folder.ts";
import { startDatabase } from "./dynamodb/database.ts";
import { startTableStream, type TableStream } from "./dynamodb/table-stream.ts";
import { type Addresses, environmentOf, startEndpoints } from "./endpoints.ts";
import { createEventBus } from "./events/event-bus.ts";
import { createFedexSimulator } from "./fedex/index.ts";
import { type Front, S3_PREFIX } from "./front.ts";
import { createFunctions, type Functions } from "./lambda/functions.ts";
import { openMailbox } from "./mail/mailbox.ts";
import { createSes } from "./mail/ses.ts";
import type { Plan } from "./plan/plan-types.ts";
import { type CreatedObject, startS3 } from "./s3/server.ts";
import { createSecrets } from "./secrets.ts";
import { answerStepFunctions } from "./step-functions/api.ts";
import { createMachines } from "./step-functions/machines.ts";
import { createStripeSimulator } from "./stripe/index.ts";

export interface BackendOptions {
  readonly plan: Plan;
  /** Where compiled bundles are kept. */
  readonly compileCache: string;
  readonly folder: DataFolder;
  readonly front: Front;
  readonly options: CloudOptions;
  /** A part is up. */
  readonly progress: (line: string) => void;
  /** A line of the cloud's own log. */
  readonly log: (line: string) => void;
  /** Runs at the end, last one first. */
  readonly undo: (step: () => unknown) => void;
}

const labelOfKey = (accessKeyId: string): string =>
  accessKeyId.startsWith(ACCESS_KEY_PREFIX) ? accessKeyId.slice(ACCESS_KEY_PREFIX.length) : accessKeyId;

/** `arn:…:secret:NAME` → NAME. */
const secretName = (id: string): string => id.split(":secret:").at(-1) ?? id;

const objectCreated = (object: CreatedObject) => ({
  source: "aws.s3",
  "detail-type": "Object Created",
  resources: [`arn:aws:s3:::${object.bucket}`],
  detail: {
    version: "0",
    "event-version": "1.0",
    bucket: { name: object.bucket },
    object: {
      key: object.key,
      size: object.size,
      etag: object.etag,
      sequencer: Date.now().toString(16).toUpperCase(),
    },
    "request-id": "LOCAL",
    requester: "000000000000",
    "source-ip-address": "127.0.0.1",
    reason: object.reason,
  },
});

export const startBackends = async ({
  plan,
  compileCache,
  folder,
  front,
  options,
  progress,
  log,
  undo,
}: BackendOptions) => {
  const clock = createBusinessClock(folder.file("clock.json"));
  const called =
    (service: AwsCall["service"]) =>
    (accessKeyId: string, operation: string, resource: string): void =>
      options.onCall?.({ caller: labelOfKey(accessKeyId), service, operation, resource });
  /** They need the addresses of services that call them. */
  const late: { functions?: Functions } = {};
  const invoke = (name: string, event: unknown): Promise<unknown> => {
    if (!late.functions) throw new Error("functions are not up yet");
    return late.functions.invoke(name, event);
  };

  const streams: TableStream[] = [];
  const database = await startDatabase({
    plans: plan.tables,
    folder: folder.folder("dynamodb"),
    log,
    onWrite: () => {
      for (const stream of streams) stream.poke();
    },
    onCall: (accessKeyId, operation, body, status) =>
      options.onCall?.({
        caller: labelOfKey(accessKeyId),
        service: "dynamodb",
        operation,
        resource: "",
        request: body.toString(),
        status,
      }),
  });
  undo(database.close);
  progress(`DynamoDB      ${plan.tables.map(({ name }) => name).join(", ")}`);

  const fedex = await createFedexSimulator({ dataDir: folder.folder("fedex"), now: clock.now });
  undo(() => fedex.close());
  progress("FedEx         simulated");

  const stripe = await createStripeSimulator({
    dataDir: folder.folder("stripe"),
    now: clock.now,
    deliverTo: `http://127.0.0.1:${front.port}/v1/webhooks/payments`,
    payUrl: `http://localhost:${front.port}/local/pay`,
    // Whoever tries the service may pay a cent, which the real provider would not charge.
    minimumCents: 0,
    log,
  });
  undo(() => stripe.close());
  progress("Payments      simulated");

  const bus = createEventBus({ rules: plan.rules, invoke, now: clock.now, log });
  undo(bus.close);

  const s3 = await startS3({
    buckets: plan.buckets,
    folder: folder.folder("s3"),
    prefix: S3_PREFIX,
    secretOf: folder.secretOf,
    announce: (object) => bus.publish(objectCreated(object)),
    log,
    onCall: called("s3"),
  });
  undo(s3.close);
  front.openS3(s3.handle);
  progress(`S3            ${plan.buckets.map(({ name }) => name).join(", ")}`);

  const machines = createMachines({ plans: plan.machines, invoke, now: clock.now, log });
  undo(machines.close);
  progress(`Processes     ${plan.machines.map(({ name }) => name).join(", ")}`);

  const mailbox = openMailbox(folder.folder("mails"));
  const ses = createSes({
    configurationSets: plan.configurationSets,
    mailbox,
    now: clock.now,
    publish: bus.publish,
    onCall: called("ses"),
  });
  const held = (variable: string, credentials: object): [string, string][] =>
    plan.functions
      .flatMap(({ environment }) => environment[variable] ?? [])
      .map((id) => [secretName(id), JSON.stringify(credentials)]);
  const secrets = createSecrets(
    new Map([...held("FEDEX_SECRET_ID", fedex.credentials), ...held("STRIPE_SECRET_ID", stripe.credentials)]),
    called("secretsmanager"),
  );
  const stepFunctions = called("states");
  const endpoints = await startEndpoints(
    new Map([
      ["ses", ses.handle],
      ["secrets", secrets],
      ["states", (request, response) => answerStepFunctions(machines, request, response, stepFunctions)],
    ]),
    log,
  );
  undo(endpoints.close);
  progress("Mail          into the inbox");

  const addresses: Addresses = {
    dynamodb: database.url,
    s3: `http://127.0.0.1:${front.port}${S3_PREFIX}`,
    others: `http://127.0.0.1:${endpoints.port}`,
    fedex: fedex.url,
    stripe: stripe.url,
  };
  const labels = new Map(plan.functions.map(({ name, label }) => [name, label]));
  const functions = createFunctions({
    plans: plan.functions,
    environment: (of) => environmentOf(of, addresses, folder.secretOf),
    logFile: folder.file("functions.log"),
    compileCache,
    log,
    onInvocation: (name, ms, error) => options.onInvocation?.(labels.get(name) ?? name, ms, error),
  });
  late.functions = functions;
  undo(functions.close);
  progress(`Functions     ${plan.functions.length}`);

  for (const { name, stream, isNew } of database.tables) {
    const mappings = plan.mappings.filter(({ tableName }) => tableName === name);
    if (!stream || mappings.length === 0) continue;
    const started = await startTableStream({
      call: database.streams,
      streamArn: stream,
      mappings,
      invoke,
      log,
      positionFile: folder.file(`stream-${name}.json`),
      isNew,
    });
    streams.push(started);
    undo(started.close);
  }
  progress(`Stream        ${plan.mappings.length} consumers`);
  return { clock, database, fedex, stripe, bus, s3, ses, machines, mailbox, functions, streams, invoke };
};

export type Backends = Awaited<ReturnType<typeof startBackends>>;

/** What still runs or waits to run, in words; empty when all is quiet. */
export const unrest = ({ functions, streams, machines, bus, stripe }: Backends): string[] =>
  [
    functions.busy() > 0 && `${functions.busy()} calls of functions`,
    streams.some((stream) => !stream.isQuiet()) && "records of the stream",
    machines.busy() > 0 && `${machines.busy()} executions`,
    bus.pending() > 0 && `${bus.pending()} events`,
    stripe.pending() > 0 && `${stripe.pending()} webhooks`,
  ].filter((line) => line !== false);

/** The cloud's own log, beside the data. */
export const logTo =
  (file: string) =>
  (line: string): void =>
    appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
