/** FedEx behind the carrier's port (R41): labels, cancellation, lookup by our reference, tracking. */
import type { Brand } from "../../domain/brand.ts";
import { addDays, dateIn } from "../../domain/calendar.ts";
import { PermanentError, TransientError } from "../../domain/faults.ts";
import type { Declaration } from "../../domain/shipment.ts";
import type { Carrier, TrackedParcel } from "../../ports/carrier.ts";
import { type ConnectionDeps, createConnection, LostAnswer } from "./connection.ts";
import { labelIn, saysCancelled } from "./shipment-answer.ts";
import { brokenLimits, type CarrierFault } from "./shipment-limits.ts";
import { shipmentRequest } from "./shipment-request.ts";
import { type FoundParcel, isKnownCode, oursAmong, parcelsIn } from "./track-answer.ts";

export interface FedexDeps extends ConnectionDeps {
  readonly brand: Brand;
  /** Business time: until which day labels are looked for by reference. */
  readonly now: () => Date;
  /** Never given personal data. */
  readonly log?: (message: string, facts: Readonly<Record<string, string>>) => void;
}

/** The most numbers FedEx takes in one Track call. */
const TRACK_GROUP = 30;
/** The widest span of ship dates it takes in a lookup by reference, days. */
const LOOKUP_DAYS = 30;
/** Where FedEx's own day ends; a lookup that reaches beyond today is refused. */
const FEDEX_ZONE = "America/Chicago";

const groupsOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );

const isNotFound = (errors: readonly CarrierFault[]): boolean =>
  errors.every((error) => error.code.endsWith(".NOTFOUND"));

const refusal = (what: string, errors: readonly CarrierFault[]): PermanentError =>
  new PermanentError(`FedEx refuses to ${what}: ${errors.map((error) => error.code).join(" ")}`);

/** FedEx's sentences now and then repeat what was sent: names, addresses and numbers of the parties are taken out. */
const withoutPersonalData = (message: string, { shipper, consignee, importer }: Declaration): string =>
  [shipper, consignee, ...(importer ? [importer] : [])]
    .flatMap((party) => [
      party.person,
      party.telephone,
      party.telephone.replace(/\D/g, "").slice(-10),
      party.email ?? "",
      ...party.lines,
      party.postalCode,
    ])
    .filter((value) => value.length > 2)
    .reduce((text, value) => text.replaceAll(value, "…"), message)
    .slice(0, 500);

export const createFedexCarrier = (deps: FedexDeps): Carrier => {
  const { brand, now, log = () => {} } = deps;
  const call = createConnection(deps);
  const send = deps.fetch ?? fetch;
  const accountNumber = { value: brand.carrier.accountNumber };

  /** Some answers carry a link instead of the PDF: followed to FedEx alone, and without the token. */
  const download = async (url: string): Promise<Uint8Array | undefined> => {
    const { hostname, protocol, origin } = new URL(url);
    const isFedex = protocol === "https:" && hostname.endsWith(".fedex.com");
    if (!isFedex && origin !== new URL(deps.baseUrl).origin) return undefined;
    try {
      const response = await send(url, {
        redirect: "error",
        signal: AbortSignal.timeout(deps.timeoutMs ?? 10_000),
      });
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
    } catch {
      return undefined;
    }
  };

  const readParcels = (json: unknown): readonly FoundParcel[] => {
    try {
      return parcelsIn(json);
    } catch {
      throw new TransientError("FedEx's tracking answer cannot be read");
    }
  };

  const trackGroup = async (numbers: readonly string[]): Promise<TrackedParcel[]> => {
    const result = await call("track", "POST", "/track/v1/trackingnumbers", {
      includeDetailedScans: true,
      trackingInfo: numbers.map((trackingNumber) => ({ trackingNumberInfo: { trackingNumber } })),
    });
    if (!result.ok && !isNotFound(result.errors)) throw refusal("track", result.errors);
    const parcels = result.ok ? readParcels(result.json) : [];
    return numbers.map((trackingNumber) => {
      const answers = parcels.filter((one) => one.trackingNumber === trackingNumber);
      for (const { error } of answers) if (error) log("tracking error", { trackingNumber, error });
      const scans = oursAmong(answers)?.scans ?? [];
      for (const { code } of scans)
        if (!isKnownCode(code)) log("unknown tracking code", { trackingNumber, code });
      return { trackingNumber, found: answers.some((one) => one.found), scans };
    });
  };

  return {
    async createShipment(declaration) {
      const broken = brokenLimits(declaration);
      if (broken.length > 0) return { outcome: "refused", errors: broken };
      try {
        const result = await call("ship", "POST", "/ship/v1/shipments", shipmentRequest(declaration, brand), {
          // For FedEx's support only: it is no idempotency key.
          "x-customer-transaction-id": declaration.reference,
        });
        if (!result.ok) {
          const errors = result.errors.map(({ code, message }) => ({
            code,
            message: withoutPersonalData(message, declaration),
          }));
          return { outcome: "refused", errors };
        }
        const label = await labelIn(result.json, download);
        return label ? { outcome: "created", label } : { outcome: "unknown" };
      } catch (error) {
        if (error instanceof LostAnswer) return { outcome: "unknown" };
        throw error;
      }
    },

    async findByReference(reference, shipDate) {
      const today = dateIn(now().toISOString(), FEDEX_ZONE);
      const last = addDays(shipDate, LOOKUP_DAYS / 2);
      const shipDateEnd = last < today ? last : today;
      const result = await call("track", "POST", "/track/v1/referencenumbers", {
        includeDetailedScans: false,
        referencesInformation: {
          type: "CUSTOMER_REFERENCE",
          value: reference,
          accountNumber: brand.carrier.accountNumber,
          carrierCode: "FDXE",
          shipDateBegin: addDays(shipDateEnd, -LOOKUP_DAYS),
          // FedEx's schema and FedEx's sample disagree on this name.
          shipDateEnd,
          shipDateEndDate: shipDateEnd,
        },
      });
      if (!result.ok) {
        if (isNotFound(result.errors)) return undefined;
        throw refusal("look for a reference", result.errors);
      }
      const parcels = readParcels(result.json);
      const error = parcels.find((one) => one.error && !one.error.endsWith(".NOTFOUND"))?.error;
      const label = parcels.find((one) => one.found && one.trackingNumber !== "" && one.latestCode !== "CA");
      if (label) return { trackingNumber: label.trackingNumber };
      if (error) throw refusal("look for a reference", [{ code: error, message: "" }]);
      return undefined;
    },

    async cancelShipment(trackingNumber) {
      const result = await call("ship", "PUT", "/ship/v1/shipments/cancel", {
        accountNumber,
        trackingNumber,
        deletionControl: "DELETE_ALL_PACKAGES",
      });
      return result.ok && saysCancelled(result.json);
    },

    async track(trackingNumbers) {
      const parcels: TrackedParcel[] = [];
      // One group after the other: the quota counts calls, and nobody waits for this.
      for (const group of groupsOf([...new Set(trackingNumbers)], TRACK_GROUP)) {
        parcels.push(...(await trackGroup(group)));
      }
      return parcels;
    },
  };
};
