/** `POST /cases`: one key makes one case, whatever gets lost on the way. */
import { referenceOf } from "../../../actions/judge.ts";
import { OpenCaseRequest, openCase } from "../../../actions/open-case.ts";
import type { OpenedCase } from "../../../contracts/api.ts";
import { IdempotencyKey } from "../../../contracts/requests.ts";
import type { Brand } from "../../../domain/brand.ts";
import type { CaseId } from "../../../domain/identifiers.ts";
import { Problem } from "../../../domain/problem.ts";
import { randomCaseId } from "../../../platform/case-number.ts";
import { fingerprint } from "../../../platform/fingerprint.ts";
import { type Call, parsed, type Reply } from "../../../platform/http.ts";
import { readReference } from "../../../platform/reference.ts";
import { type CaseStore, Conflict } from "../../../ports/case-store.ts";

export interface FilingDeps {
  readonly store: Pick<CaseStore, "create" | "reference" | "rememberedRequest">;
  readonly brand: Brand;
  /** Ten random characters of a case number. */
  readonly newCaseId?: () => CaseId;
}

/** Somebody else asked for one of the rings, or the number was taken: read again and decide again. */
const ROUNDS = 5;

/** The same key with the same body is answered the same; with another body it is a mistake of the client. */
async function earlierReply(
  store: FilingDeps["store"],
  keyHash: string,
  bodyHash: string,
): Promise<Reply | undefined> {
  const remembered = await store.rememberedRequest(keyHash);
  if (!remembered) return undefined;
  if (remembered.bodyHash !== bodyHash) throw new Problem("key-reused");
  return { status: 201, body: JSON.parse(remembered.reply ?? "null") };
}

/** @throws Problem invalid-request, key-reused, rule-broken with the assessment (then there is no case) */
export async function fileCase(deps: FilingDeps, call: Call): Promise<Reply> {
  const { store, brand, newCaseId = randomCaseId } = deps;
  const key = IdempotencyKey.safeParse(call.headers["idempotency-key"]);
  if (!key.success)
    throw new Problem("invalid-request", [
      { path: "Idempotency-Key", message: "a header of 1 to 255 printable ASCII characters" },
    ]);
  const body = call.body();
  const request = parsed(OpenCaseRequest, body);
  const keyHash = fingerprint(key.data);
  const bodyHash = fingerprint(body);

  for (let round = 1; ; round += 1) {
    const caseId = newCaseId();
    try {
      const reference = await readReference(store, referenceOf(request.items));
      const { file, change } = openCase(request, reference, { now: call.now, brand, caseId });
      const reply: OpenedCase = {
        caseId,
        stage: file.case.stage,
        process: file.case.process,
        assessment: file.case.assessment.result,
      };
      await store.create(file, change, { keyHash, bodyHash, caseId, reply: JSON.stringify(reply) });
      return { status: 201, body: reply };
    } catch (error) {
      const refused = error instanceof Problem;
      if (!refused && !(error instanceof Conflict)) throw error;
      // The first try may itself be why this one is refused: it has opened a case on the ring (R20).
      const earlier = await earlierReply(store, keyHash, bodyHash);
      if (earlier) return earlier;
      if (refused) throw error;
      if (round === ROUNDS) throw new Problem("too-many-requests");
    }
  }
}
