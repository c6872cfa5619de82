/** `POST /enquiries`: a question is taken down as it is, whatever number of a case it names: the answer tells nothing. */
import { EnquiryRequest } from "../../../contracts/requests.ts";
import { EnquiryId } from "../../../domain/enquiry.ts";
import { spelled } from "../../../platform/case-number.ts";
import { fingerprint } from "../../../platform/fingerprint.ts";
import { type Call, parsed, type Reply } from "../../../platform/http.ts";
import type { EnquiryStore } from "../../../ports/enquiry-store.ts";

/** The same words within this time are one enquiry, sent again; a week later they are meant anew. */
const SPAN_MS = 10 * 60_000;
/** 80 bits of the hash. */
const CHARACTERS = 16;

/** The number follows from what is asked and when, so that no key is needed to know a repeat. */
const numberOf = (request: object, span: number): EnquiryId =>
  EnquiryId.parse(
    `EQ-${spelled(Buffer.from(fingerprint({ request, span }), "base64url").subarray(0, CHARACTERS))}`,
  );

const received = (enquiryId: EnquiryId): Reply => ({ status: 201, body: { enquiryId } });

/** @throws Problem invalid-request */
export async function enquire(store: Pick<EnquiryStore, "load" | "receive">, call: Call): Promise<Reply> {
  const request = parsed(EnquiryRequest, call.body());
  const span = Math.floor(Date.parse(call.now) / SPAN_MS);
  // A span ends between a try and its repeat now and then.
  const earlier = numberOf(request, span - 1);
  if (await store.load(earlier)) return received(earlier);
  const { topic, customer, text, ...named } = request;
  const enquiryId = numberOf(request, span);
  await store.receive({ enquiryId, topic, customer, text, ...named, receivedAt: call.now });
  return received(enquiryId);
}
