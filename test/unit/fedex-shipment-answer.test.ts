import { describe, expect, it } from "vitest";
import { createFedexCarrier } from "../../lambdas/adapters/fedex/carrier.ts";
import type { CreateOutcome } from "../../lambdas/ports/carrier.ts";
import { aDeclaration } from "../builders/declaration.ts";
import { brand } from "../builders/fedex.ts";

const PDF = Buffer.from("%PDF-1.7 label");
const encodedLabel = PDF.toString("base64");
const invoice = { contentType: "COMMERCIAL_INVOICE", encodedLabel };

const answer = (label: object | undefined, more: object = {}) => ({
  output: {
    transactionShipments: [
      {
        masterTrackingNumber: "794000000014",
        pieceResponses: [{ packageDocuments: label ? [{ contentType: "LABEL", ...label }] : [] }],
        shipmentDocuments: [invoice],
        ...more,
      },
    ],
  },
});

/** What becomes of an answer; `links` are the PDFs FedEx keeps under an address. */
const outcomeOf = async (
  body: unknown,
  links: Record<string, Response> = {},
): Promise<{ result: CreateOutcome; followed: [string, Headers][] }> => {
  const followed: [string, Headers][] = [];
  const carrier = createFedexCarrier({
    brand,
    baseUrl: "https://apis.fedex.com",
    credentials: async () => ({ shipKey: "a", shipSecret: "b", trackKey: "c", trackSecret: "d" }),
    now: () => new Date("2026-03-14T18:00:00.000Z"),
    fetch: async (url, init) => {
      if (url.endsWith("/oauth/token")) return Response.json({ access_token: "secret", expires_in: 3600 });
      if (url.endsWith("/ship/v1/shipments")) return Response.json(body);
      followed.push([url, new Headers(init.headers)]);
      return links[url] ?? new Response("", { status: 404 });
    },
  });
  return { result: await carrier.createShipment(aDeclaration()), followed };
};

describe("the label in FedEx's answer", () => {
  it("is in the pieces, the invoice in the shipment's documents", async () => {
    const { result } = await outcomeOf(answer({ encodedLabel }));
    expect(result).toStrictEqual({
      outcome: "created",
      label: {
        trackingNumber: "794000000014",
        labelPdf: new Uint8Array(PDF),
        invoicePdf: new Uint8Array(PDF),
        alerts: [],
      },
    });
  });

  it("may come without an invoice", async () => {
    const { result } = await outcomeOf(answer({ encodedLabel }, { shipmentDocuments: [] }));
    expect(result).toMatchObject({ outcome: "created" });
    expect(result).not.toHaveProperty("label.invoicePdf");
  });

  it("alerts come with success, as a list or a text", async () => {
    const alerts = [
      { alertType: "WARNING", code: "ORIGIN.CHANGED", message: "The origin was changed." },
      { alertType: "NOTE", message: "x".repeat(400) },
    ];
    const listed = await outcomeOf(answer({ encodedLabel }, { alerts }));
    expect(listed.result).toMatchObject({
      label: { alerts: ["ORIGIN.CHANGED: The origin was changed.", "x".repeat(300)] },
    });
    const said = await outcomeOf(answer({ encodedLabel }, { alerts: "Mind the gap" }));
    expect(said.result).toMatchObject({ label: { alerts: ["Mind the gap"] } });
  });

  it("as a link is fetched from FedEx, without the token", async () => {
    const url = "https://wwwtest.fedex.com/document/v2/document/retrieve/SH,794000000014";
    const { result, followed } = await outcomeOf(answer({ url }), { [url]: new Response(PDF) });
    expect(result).toMatchObject({ outcome: "created", label: { labelPdf: new Uint8Array(PDF) } });
    expect(followed.map(([to, headers]) => [to, headers.get("authorization")])).toStrictEqual([[url, null]]);
  });

  it.each(["https://fedex.com.evil.example/label", "http://www.fedex.com/label", "https://notfedex.com/x"])(
    "a link to %s is not followed",
    async (url) => {
      const { result, followed } = await outcomeOf(answer({ url }), { [url]: new Response(PDF) });
      expect(result).toStrictEqual({ outcome: "unknown" });
      expect(followed).toStrictEqual([]);
    },
  );
});

describe("a broken answer", () => {
  it.each<[string, unknown]>([
    ["no label", answer(undefined)],
    ["a label of no content", answer({})],
    ["a label that is no PDF", answer({ encodedLabel: Buffer.from("<html>").toString("base64") })],
    ["a link that leads nowhere", answer({ url: "https://www.fedex.com/gone" })],
    ["no tracking number", answer({ encodedLabel }, { masterTrackingNumber: "" })],
    ["no shipment", { output: { transactionShipments: [] } }],
    ["a job to ask for later", { output: { jobId: "1" } }],
    ["nothing", {}],
  ])("with %s leaves the outcome unknown: a label may exist", async (_, body) => {
    const { result } = await outcomeOf(body);
    expect(result).toStrictEqual({ outcome: "unknown" });
  });
});
