import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { createDocumentStore, documentKey } from "../../lambdas/adapters/s3/documents.ts";
import { PermanentError, ThrottledError, TransientError } from "../../lambdas/domain/faults.ts";

const PLACE = { caseId: "CW-7K3M9Q2XAB", leg: "inbound", attempt: 2, name: "commercial-invoice" } as const;
const KEY = "documents/CW-7K3M9Q2XAB/inbound-2/commercial-invoice.pdf";
const PDF = new TextEncoder().encode("%PDF-");

/** A bucket in memory that throws on anything but putting and getting in `papers`. */
function aBucket() {
  const objects = new Map<string, { readonly body: Uint8Array; readonly type: string | undefined }>();
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof PutObjectCommand && command.input.Bucket === "papers") {
      objects.set(command.input.Key ?? "", {
        body: command.input.Body as Uint8Array,
        type: command.input.ContentType,
      });
      return {};
    }
    if (command instanceof GetObjectCommand && command.input.Bucket === "papers") {
      const found = objects.get(command.input.Key ?? "");
      if (!found) throw Object.assign(new Error("gone"), { name: "NoSuchKey" });
      return { Body: { transformToByteArray: async () => found.body } };
    }
    throw new Error("not foreseen");
  };
  return { objects, client: { send } as Pick<S3Client, "send"> };
}
const failing = (name: string): Pick<S3Client, "send"> => ({
  send: async () => {
    throw Object.assign(new Error("no"), { name });
  },
});

describe("documents in the bucket", () => {
  it("lie under case, leg and attempt", () => {
    expect(documentKey(PLACE)).toBe(KEY);
    expect(documentKey({ ...PLACE, leg: "return", attempt: 1, name: "label" })).toBe(
      "documents/CW-7K3M9Q2XAB/return-1/label.pdf",
    );
  });

  it("are kept as PDFs and read back", async () => {
    const { objects, client } = aBucket();
    const store = createDocumentStore({ client, bucket: "papers" });
    expect(await store.put(PLACE, PDF)).toBe(KEY);
    expect(objects.get(KEY)).toEqual({ body: PDF, type: "application/pdf" });
    expect(await store.get(KEY)).toEqual(PDF);
  });

  it("one that is not there is a permanent error", async () => {
    const store = createDocumentStore({ client: aBucket().client, bucket: "papers" });
    await expect(store.get(KEY)).rejects.toThrow(PermanentError);
  });

  it.each([
    ["SlowDown", ThrottledError],
    ["TimeoutError", TransientError],
    ["InternalError", TransientError],
    ["AccessDenied", PermanentError],
  ])("%s is a %o", async (name, fault) => {
    const store = createDocumentStore({ client: failing(name), bucket: "papers" });
    await expect(store.put(PLACE, PDF)).rejects.toThrow(fault);
    await expect(store.get(KEY)).rejects.toThrow(fault);
  });
});
