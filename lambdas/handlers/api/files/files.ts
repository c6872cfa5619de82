/** Tickets to upload, and short-lived addresses of papers and photos: one read of the case, and signing. */
import type { Actor } from "../../../actions/action.ts";
import {
  MEDIA_ID_RANDOM_BYTES,
  mediaIdOf,
  orderUpload,
  UploadRequest,
  uploadKeyOf,
} from "../../../actions/uploads.ts";
import { type CaseDocument, customerDocuments, staffDocuments } from "../../../contracts/documents.ts";
import type { CaseFile } from "../../../domain/case-file.ts";
import { CaseId } from "../../../domain/identifiers.ts";
import { MEDIA_TYPES, type MediaType, VIEW_SECONDS } from "../../../domain/media.ts";
import { Problem } from "../../../domain/problem.ts";
import type { Operation } from "../../../platform/api.ts";
import { asCustomer, asStaff } from "../../../platform/callers.ts";
import { type Call, ok, parsed, type Reply } from "../../../platform/http.ts";
import type { CaseStore } from "../../../ports/case-store.ts";
import type { MediaSigner } from "../../../ports/media.ts";

export interface FilesDeps {
  readonly store: Pick<CaseStore, "load">;
  readonly signer: MediaSigner;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** Nothing is written down for a file yet to come: its id and the signed note on it say all. */
async function requestUpload(deps: FilesDeps, call: Call, file: CaseFile, actor: Actor): Promise<Reply> {
  const { slot, fileName, contentType, maxBytes, byStaff } = orderUpload(
    file,
    parsed(UploadRequest, call.body()),
    actor,
  );
  const mediaId = mediaIdOf(file.case.caseId, call.now, deps.randomBytes(MEDIA_ID_RANDOM_BYTES));
  const ticket = await deps.signer.signUpload({
    key: uploadKeyOf(file.case.caseId, mediaId),
    contentType,
    maxBytes,
    note: { slot, fileName, byStaff },
  });
  return ok({ mediaId, url: ticket.url, fields: ticket.fields });
}

/** Photos are saved under their id and a fitting ending; papers carry theirs in their name. */
const savedAs = ({ kind, name, contentType }: CaseDocument): string =>
  kind === "media" ? `${name}.${MEDIA_TYPES[contentType as MediaType].extension}` : name;

async function getDocument(deps: FilesDeps, call: Call, documents: readonly CaseDocument[]): Promise<Reply> {
  const document = documents.find(({ name }) => name === call.path.name);
  if (!document) throw new Problem("not-found");
  const url = await deps.signer.signView(document.key, savedAs(document));
  return ok({ name: document.name, contentType: document.contentType, url, expiresInSeconds: VIEW_SECONDS });
}

/** By the operation's name in `ROUTES`. */
export function filesOperations(deps: FilesDeps): Readonly<Record<string, Operation>> {
  const customer = asCustomer(deps.store);
  const caseOf = async (call: Call): Promise<CaseFile> => {
    const { data: caseId } = CaseId.safeParse(call.path.caseId);
    const file = caseId && (await deps.store.load(caseId));
    if (!file) throw new Problem("not-found");
    return file;
  };
  return {
    requestUpload: customer((call, file) => requestUpload(deps, call, file, { kind: "customer" })),
    getDocument: customer((call, file) => getDocument(deps, call, customerDocuments(file))),
    requestUploadAsStaff: asStaff(async (call, member) =>
      requestUpload(deps, call, await caseOf(call), member),
    ),
    getDocumentAsStaff: asStaff(async (call) => getDocument(deps, call, staffDocuments(await caseOf(call)))),
  };
}
