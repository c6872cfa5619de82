/** What FedEx's Track API says of a parcel, with its traps (integrations.md) taken out. */
import * as z from "zod";
import type { Scan } from "../../domain/shipment.ts";
import type { TrackedParcel } from "../../ports/carrier.ts";

/** The codes integrations.md lists. An unknown one is kept as it is: nothing follows from it but a line in the log. */
const KNOWN_CODES = new Set("OC PU PX IT AR DP AF CP CC CD OD DL DE SE HL HP RS CA".split(" "));
/** States a parcel ends in or stops in: they count even where FedEx lists no scan of them. */
const DECISIVE = new Set(["DL", "DE", "SE", "HL", "HP", "RS", "CA"]);

const text = z.string().optional().catch(undefined);
const ScanEvent = z.object({
  date: z.string().min(1),
  eventType: text,
  eventDescription: text,
  derivedStatusCode: text,
  exceptionDescription: text,
});
const TrackResult = z.object({
  trackingNumberInfo: z.object({ trackingNumber: text }).optional().catch(undefined),
  additionalTrackingInfo: z
    .object({
      packageIdentifiers: z.array(z.object({ values: z.array(z.string()).optional(), value: text })),
    })
    .optional()
    .catch(undefined),
  latestStatusDetail: z
    .object({ code: text, derivedCode: text, statusByLocale: text, description: text })
    .optional()
    .catch(undefined),
  // One entry that cannot be read must not cost the others.
  dateAndTimes: z
    .array(z.object({ type: z.string(), dateTime: z.string() }).optional().catch(undefined))
    .default([]),
  scanEvents: z.array(ScanEvent.optional().catch(undefined)).default([]),
  error: z.object({ code: z.string() }).optional().catch(undefined),
});
type TrackResult = z.infer<typeof TrackResult>;

/** `alerts` beside these is a list or a text, and says nothing of the parcel: it is not read. */
const TrackAnswer = z.object({
  output: z.object({
    completeTrackResults: z
      .array(z.object({ trackingNumber: text, trackResults: z.array(TrackResult).default([]) }))
      .default([]),
  }),
});

/** One parcel found by our reference or asked for by its number. */
export interface FoundParcel extends TrackedParcel {
  readonly latestCode: string | undefined;
  /** Code of an error that FedEx gave instead of data. */
  readonly error: string | undefined;
  readonly references: readonly string[];
  /** To tell a recycled number's parcels apart; as FedEx writes it. */
  readonly shippedAt: string;
}

const HAS_OFFSET = /(Z|[+-]\d{2}:?\d{2})$/;

/** With an offset: the instant in UTC. Without: the local time as it stands, for its zone is not told. */
const instant = (date: string): string => {
  const ms = HAS_OFFSET.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(ms) ? date.slice(0, 40) : new Date(ms).toISOString();
};

/** True when the list runs from old to new. FedEx gives the newest first; only dates of one kind can be compared. */
const runsForward = (dates: readonly string[]): boolean => {
  let forward = 0;
  for (const [index, date] of dates.entries()) {
    const before = dates[index - 1];
    if (before === undefined || HAS_OFFSET.test(before) !== HAS_OFFSET.test(date)) continue;
    forward += Math.sign(Date.parse(date) - Date.parse(before)) || 0;
  }
  return forward > 0;
};

const codeOf = (one: string | undefined, other: string | undefined): string | undefined =>
  one !== undefined && KNOWN_CODES.has(one)
    ? one
    : other !== undefined && KNOWN_CODES.has(other)
      ? other
      : one || other;

const scansOf = (result: TrackResult): Scan[] => {
  const events = result.scanEvents.filter((event) => event !== undefined);
  const ordered = runsForward(events.map((event) => event.date)) ? events : events.toReversed();
  const scans = ordered.flatMap((event): Scan[] => {
    const code = codeOf(event.eventType, event.derivedStatusCode);
    if (!code) return [];
    const said = [event.eventDescription, event.exceptionDescription].filter(Boolean).join(": ");
    return [{ at: instant(event.date), code: code.slice(0, 10), text: said.slice(0, 200) }];
  });
  return [...scans, ...unlistedState(result, scans)];
};

const dateOf = (result: TrackResult, ...types: string[]): string | undefined =>
  types.map((type) => result.dateAndTimes.find((one) => one?.type === type)?.dateTime).find(Boolean);

/** The present state, where the scans do not show it. One without any date is not made up. */
const unlistedState = (result: TrackResult, scans: readonly Scan[]): Scan[] => {
  const status = result.latestStatusDetail;
  const code = codeOf(status?.code, status?.derivedCode);
  if (!code || scans.some((scan) => scan.code === code)) return [];
  if (scans.length > 0 && !DECISIVE.has(code)) return [];
  const date =
    (code === "DL" ? dateOf(result, "ACTUAL_DELIVERY") : undefined) ??
    scans.at(-1)?.at ??
    dateOf(result, "ACTUAL_PICKUP", "ACTUAL_TENDER", "SHIP") ??
    result.dateAndTimes[0]?.dateTime;
  if (!date) return [];
  return [
    {
      at: instant(date),
      code: code.slice(0, 10),
      text: (status?.statusByLocale ?? status?.description ?? "").slice(0, 200),
    },
  ];
};

const found = (trackingNumber: string, result: TrackResult): FoundParcel => {
  const scans = scansOf(result);
  const status = result.latestStatusDetail;
  const latestCode = codeOf(status?.code, status?.derivedCode) ?? scans.at(-1)?.code;
  const hasData = latestCode !== undefined;
  return {
    trackingNumber,
    // An error beside valid data is no failure; without data it is one, and not-found is its most usual.
    found: hasData,
    scans,
    latestCode,
    error: hasData ? undefined : result.error?.code,
    references: (result.additionalTrackingInfo?.packageIdentifiers ?? []).flatMap((one) => [
      ...(one.values ?? []),
      ...(one.value === undefined ? [] : [one.value]),
    ]),
    shippedAt: dateOf(result, "SHIP", "ACTUAL_PICKUP", "ACTUAL_TENDER") ?? scans[0]?.at ?? "",
  };
};

/** Every parcel in an answer, in its order. @throws when the answer is none of FedEx's. */
export const parcelsIn = (json: unknown): readonly FoundParcel[] =>
  TrackAnswer.parse(json).output.completeTrackResults.flatMap((complete) =>
    complete.trackResults.map((result) =>
      found(result.trackingNumberInfo?.trackingNumber ?? complete.trackingNumber ?? "", result),
    ),
  );

/** How this system writes its references: `<case>-<leg>-<attempt>`. */
const OURS = /^CW-[0-9A-Z]{10}-(inbound|return)-\d+$/;

/** FedEx uses numbers again: of several parcels under one, ours is the one with our reference, else the newest. */
export const oursAmong = (parcels: readonly FoundParcel[]): FoundParcel | undefined => {
  const real = parcels.filter((one) => one.found);
  const marked = real.filter((one) => one.references.some((reference) => OURS.test(reference)));
  return (marked.length > 0 ? marked : real).toSorted((a, b) =>
    b.shippedAt.slice(0, 19).localeCompare(a.shippedAt.slice(0, 19)),
  )[0];
};

export const isKnownCode = (code: string): boolean => KNOWN_CODES.has(code);
