/** Words, sizes and dates that are allowed and odd: taken, they are stored, listed, mailed and read back. */
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { aCloud, aJourney } from "./cloud.ts";
import { send } from "./wire.ts";
import { anyText, isRefused, isRuledOut, paidRequest } from "./words.ts";

const { client, cloud } = aCloud();

let manager = "";
beforeAll(async () => {
  manager = await cloud().staffToken("Nasty", ["manager"]);
});
const asManager = (method: string, path: string, json?: unknown) =>
  send(cloud().url, method, path, { token: manager, json });

describe("words of people", () => {
  it("a request is refused and leaves nothing, or it can be read, listed, invoiced and is answered by mail", {
    timeout: 90_000,
  }, async () => {
    let no = 0;
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, async (name, design, description) => {
        no += 1;
        const email = `words-${no}@example.com`;
        const item = { design, description, serialNumber: `SN-WORDS-${no}`, services: ["polishing"] };
        const filed = await send(cloud().url, "POST", "/v1/cases", {
          headers: { "Idempotency-Key": `words-${no}` },
          json: paidRequest({ name, email }, item),
        });
        const listed = (await asManager("GET", `/v1/cases?email=${email}`)).body.items.length;
        if (filed.status >= 400) return isRuledOut(filed) && listed === 0;
        taken += 1;
        const mail = await client().mail(email, "E1");
        const shown = await client().customer(client().tokenIn(mail)).get();
        // What she wrote in letters that English papers cannot show holds no invoice up.
        await asManager("POST", `/v1/cases/${filed.body.caseId}/invoices`, {
          lines: [{ kind: "shipping", text: "Shipping to Japan", amountCents: 8500 }],
          draft: true,
        });
        await cloud().quiescent();
        const { documents } = (await asManager("GET", `/v1/cases/${filed.body.caseId}`)).body;
        return (
          filed.status === 201 &&
          listed === 1 &&
          mail.to === email &&
          shown.caseId === filed.body.caseId &&
          documents.some((one: { name: string }) => one.name === "invoice-1-draft.pdf")
        );
      }),
      { seed: 2026, numRuns: 25 },
    );
    expect(taken).toBeGreaterThan(5);
    expect(await client().mails("everybody@example.com")).toEqual([]);
  });

  it("notes, messages, enquiries, file names: never a fault of the service, and the case can be read afterwards", async () => {
    const one = aJourney(client());
    await one.file();
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const answers = [
          await asManager("POST", `/v1/cases/${one.caseId}/notes`, { text }),
          await asManager("POST", `/v1/cases/${one.caseId}/assignee`, { assignee: text }),
          await asManager("POST", `/v1/cases/${one.caseId}/messages`, { text }),
          await send(cloud().url, "POST", "/v1/enquiries", {
            json: { topic: "other", customer: { name: text, email: "odd@example.com" }, text },
          }),
          await send(cloud().url, "POST", "/v1/case/uploads", {
            token: one.customer.token,
            json: { slot: "top", fileName: text, contentType: "image/png", size: 10 },
          }),
        ];
        const read = await asManager("GET", `/v1/cases/${one.caseId}`);
        return read.status === 200 && answers.every((answer) => answer.status < 300 || isRefused(answer));
      }),
      { seed: 2026, numRuns: 40 },
    );
    await cloud().quiescent();
    const mails = (await asManager("GET", `/v1/cases/${one.caseId}`)).body.mails;
    const sent = mails.filter((mail: { email: string }) => mail.email === "E18");
    expect(sent.length).toBeGreaterThan(10);
    expect(new Set(sent.map((mail: { status: string }) => mail.status))).toEqual(new Set(["confirmed"]));
  });

  it("what is cut to fit is not cut through a character", async () => {
    const one = aJourney(client());
    await one.file();
    await one.sendPhotos();
    const text = `${"x".repeat(299)}💍`;
    const reason = { code: "other", text };
    const answer = await asManager("POST", `/v1/cases/${one.caseId}/review`, {
      decision: "more-photos",
      shots: ["top"],
      reason,
    });
    expect(answer.status).toBe(200);
    expect((await one.customer.reaches("photos-requested")).shots.map((shot) => shot.slot)).toEqual(["top"]);
    expect((await client().mail(one.email, "E3")).text).toContain("x".repeat(30));
  });
});

describe("dates at the ends of the calendar", () => {
  it.each(["0000-01-01", "0001-01-01", "1969-12-31", "9999-12-01", "9999-12-31"])(
    "delivered on %s: judged as a date, filed and read",
    async (deliveryDate) => {
      const email = `ends-${deliveryDate}@example.com`;
      const item = {
        designNumber: "R-1001",
        serialNumber: `SN-${deliveryDate}`,
        desiredSize: 13,
        deliveryDate,
      };
      const judged = await send(cloud().url, "POST", "/v1/assessments", { json: { items: [item] } });
      expect(judged.body.lastComplimentaryDay).toMatch(/^\d{4}-\d\d-\d\d$/);
      const filed = await send(cloud().url, "POST", "/v1/cases", {
        headers: { "Idempotency-Key": `ends-${deliveryDate}` },
        json: {
          process: "complimentary-resizing",
          customer: { name: "Ends", email },
          items: [{ ...item, design: "Asanoha Band" }],
          order: { date: deliveryDate },
        },
      });
      expect(filed.status).toBe(201);
      expect(filed.body.assessment).toEqual(judged.body);
      expect((await asManager("GET", `/v1/cases/${filed.body.caseId}`)).status).toBe(200);
      await cloud().quiescent();
      expect((await client().mails(email)).length).toBeGreaterThan(0);
    },
  );
});
