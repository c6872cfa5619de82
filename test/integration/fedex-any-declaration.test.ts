import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenLimits } from "../../lambdas/adapters/fedex/shipment-limits.ts";
import { shipmentRequest } from "../../lambdas/adapters/fedex/shipment-request.ts";
import { Declaration } from "../../lambdas/domain/shipment.ts";
import { ShipRequest } from "../../local/fedex/protocol.ts";
import { refusals } from "../../local/fedex/refusals.ts";
import { anyDeclaration } from "../builders/any-declaration.ts";
import { aFedex, brand, type FedexPair } from "../builders/fedex.ts";

let pair: FedexPair;
beforeAll(async () => {
  pair = await aFedex();
});
afterAll(() => pair.end());

describe("any declaration within the limits", () => {
  it("is a request that FedEx's schema and rules take", () => {
    fc.assert(
      fc.property(anyDeclaration, (one) => {
        expect(Declaration.safeParse(one).error).toBeUndefined();
        expect(brokenLimits(one)).toStrictEqual([]);
        const request = ShipRequest.parse(JSON.parse(JSON.stringify(shipmentRequest(one, brand))));
        expect(refusals(request, new Date(one.declaredAt))).toStrictEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("gets a label over the wire", async () => {
    await fc.assert(
      fc.asyncProperty(anyDeclaration, async (one) => {
        expect(Declaration.safeParse(one).error).toBeUndefined();
        expect(brokenLimits(one)).toStrictEqual([]);
        expect(await pair.carrier.createShipment(one)).toMatchObject({ outcome: "created" });
      }),
      { numRuns: 10 },
    );
  });
});
