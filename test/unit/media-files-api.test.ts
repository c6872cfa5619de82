/** Who is shown which paper and photo; tickets themselves are tried on a real bucket (integration/media-upload). */
import { describe, expect, it } from "vitest";
import type { CaseFile } from "../../lambdas/domain/case-file.ts";
import { filesOperations } from "../../lambdas/handlers/api/files/files.ts";
import { createApi } from "../../lambdas/platform/api.ts";
import type { MediaSigner } from "../../lambdas/ports/media.ts";
import { answerOf, apiCall, type CallOptions } from "../builders/api-call.ts";
import { aCaseFile, aMedia, aShipment, CASE_ID } from "../builders/case-file.ts";
import { hashOf, SECRET } from "../builders/stored-case.ts";

const media = aMedia();
const papers = { status: "documented" as const, labelKey: "documents/l", invoiceKey: "documents/i" };
const FILE = aCaseFile({
  links: [{ hash: hashOf(SECRET), createdAt: "2026-03-13T22:30:00.000Z" }],
  media: [media, aMedia({ mediaId: "f".repeat(32), status: "rejected", reason: "type", key: undefined })],
  shipments: [aShipment(papers), aShipment({ leg: "return", ...papers, labelKey: "documents/r" })],
});
const signer: MediaSigner = {
  signUpload: ({ key, note }) =>
    Promise.resolve({ url: key, fields: { by: note.byStaff ? "staff" : "customer" } }),
  signView: (key, fileName) => Promise.resolve(`${key}?as=${fileName}`),
};
const ask = async (options: CallOptions, file: CaseFile = FILE) => {
  const api = createApi({
    function: "files",
    operations: filesOperations({
      store: { load: (caseId) => Promise.resolve(caseId === CASE_ID ? file : undefined) },
      signer,
      randomBytes: (length) => new Uint8Array(length),
    }),
    site: "https://care.example",
    log: { error: () => {} },
  });
  return answerOf(await api(apiCall(options)));
};
const asCustomer = (name: string, file?: CaseFile) =>
  ask(
    {
      resource: "/v1/case/documents/{name}",
      path: { name },
      headers: { Authorization: `Bearer ${CASE_ID}.${SECRET}` },
    },
    file,
  );
const asStaff = (name: string, caseId: string = CASE_ID) =>
  ask({ resource: "/v1/cases/{caseId}/documents/{name}", path: { caseId, name }, groups: "finance" });

describe("papers and photos", () => {
  it("R43: the customer gets the papers of her parcel to Japan, once both are ready", async () => {
    expect((await asCustomer("label.pdf")).body).toEqual({
      name: "label.pdf",
      contentType: "application/pdf",
      url: "documents/l?as=label.pdf",
      expiresInSeconds: 300,
    });
    const half = aCaseFile({ links: FILE.links, shipments: [aShipment({ ...papers, status: "created" })] });
    expect((await asCustomer("label.pdf", half)).status).toBe(404);
  });

  it("the papers of the way home and the photos are staff's", async () => {
    for (const name of ["return-label.pdf", media.mediaId]) {
      expect((await asCustomer(name)).status).toBe(404);
      expect((await asStaff(name)).status).toBe(200);
    }
    expect((await asStaff(media.mediaId)).body.url).toBe(`${media.key}?as=${media.mediaId}.jpg`);
  });

  it("R28: a rejected file is shown to nobody", async () => {
    expect((await asStaff("f".repeat(32))).status).toBe(404);
  });

  it("of a case that is not there, or named like none, nothing is shown", async () => {
    expect((await asStaff("label.pdf", "CW-0000000000")).status).toBe(404);
    expect((await asStaff("label.pdf", "../secrets")).status).toBe(404);
  });
});

describe("R28: a ticket for staff", () => {
  it("is for any slot of an open case and says by whom", async () => {
    const { status, body } = await ask({
      method: "POST",
      resource: "/v1/cases/{caseId}/uploads",
      path: { caseId: CASE_ID },
      groups: "workshop",
      body: { slot: "damage", fileName: "a.jpg", contentType: "image/jpeg", size: 1 },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ url: `uploads/${CASE_ID}/${body.mediaId}`, fields: { by: "staff" } });
  });
});
