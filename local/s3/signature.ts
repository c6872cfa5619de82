/** Signature version 4 as S3 checks it: in the header, in a presigned URL, and over a POST policy. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What S3 answers with: its error code and HTTP status. */
export class S3Refusal extends Error {
  override readonly name = "S3Refusal";
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The secret of an access key; undefined for a key nobody has. */
export type SecretOf = (accessKeyId: string) => string | undefined;

const denied = (message: string): S3Refusal => new S3Refusal("AccessDenied", 403, message);
const SKEW_MS = 15 * 60_000;
/** A presigned URL lives a week at most. */
const LONGEST_EXPIRY_SECONDS = 604_800;

const sha256 = (data: string): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();

/** RFC 3986, as AWS canonicalises. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const sameSignature = (given: string, right: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** `20260314T093000Z`. @returns NaN for anything else. */
const amzDate = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"));

interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** @throws S3Refusal for a credential that is none, or whose key nobody has. */
const scopeOf = (credential: string, secretOf: SecretOf): Scope & { readonly signingKey: Buffer } => {
  const [accessKeyId = "", date = "", region = "", service = "", end] = credential.split("/");
  if (end !== "aws4_request" || service !== "s3")
    throw denied("Error parsing the X-Amz-Credential parameter.");
  const secret = secretOf(accessKeyId);
  if (secret === undefined) {
    throw new S3Refusal(
      "InvalidAccessKeyId",
      403,
      "The AWS Access Key Id you provided does not exist in our records.",
    );
  }
  const signingKey = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), "aws4_request");
  return { accessKeyId, date, region, service, signingKey };
};

const canonicalHeaders = (request: IncomingMessage, signed: readonly string[]): string =>
  signed
    .map(
      (name) =>
        `${name}:${String(request.headers[name] ?? "")
          .trim()
          .replace(/\s+/g, " ")}\n`,
    )
    .join("");

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");

const check = (
  request: IncomingMessage,
  url: URL,
  scope: ReturnType<typeof scopeOf>,
  date: string,
  signed: readonly string[],
  payloadHash: string,
  signature: string,
): void => {
  if (!signed.includes("host")) throw denied("The host header must be signed.");
  // S3 takes the path as it was sent; the SDK has encoded it once.
  const canonical = [
    request.method ?? "GET",
    url.pathname,
    canonicalQuery(url.searchParams),
    canonicalHeaders(request, signed),
    signed.join(";"),
    payloadHash,
  ].join("\n");
  const toSign = [
    "AWS4-HMAC-SHA256",
    date,
    `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    sha256(canonical),
  ].join("\n");
  if (!sameSignature(signature, hmac(scope.signingKey, toSign).toString("hex"))) {
    throw new S3Refusal(
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    );
  }
};

const checkHeader = (request: IncomingMessage, url: URL, secretOf: SecretOf): string => {
  const [, credential = "", signed = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]+)$/.exec(
      request.headers.authorization ?? "",
    ) ?? [];
  if (!credential) throw new S3Refusal("InvalidArgument", 400, "Unsupported Authorization Type");
  const scope = scopeOf(credential, secretOf);
  const date = String(request.headers["x-amz-date"] ?? "");
  if (!(Math.abs(amzDate(date) - Date.now()) < SKEW_MS)) {
    throw new S3Refusal(
      "RequestTimeTooSkewed",
      403,
      "The difference between the request time and the current time is too large.",
    );
  }
  const payloadHash = String(request.headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD");
  check(request, url, scope, date, signed.split(";"), payloadHash, signature);
  return scope.accessKeyId;
};

const checkQuery = (request: IncomingMessage, url: URL, secretOf: SecretOf): string => {
  const query = url.searchParams;
  const scope = scopeOf(query.get("X-Amz-Credential") ?? "", secretOf);
  const date = query.get("X-Amz-Date") ?? "";
  const seconds = Number(query.get("X-Amz-Expires"));
  const from = amzDate(date);
  if (!(seconds >= 1 && seconds <= LONGEST_EXPIRY_SECONDS) || Number.isNaN(from)) {
    throw new S3Refusal("AuthorizationQueryParametersError", 400, "X-Amz-Expires or X-Amz-Date is not valid");
  }
  if (Date.now() > from + seconds * 1000 || from > Date.now() + SKEW_MS) throw denied("Request has expired");
  const signed = (query.get("X-Amz-SignedHeaders") ?? "").split(";");
  const payloadHash = query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD";
  check(request, url, scope, date, signed, payloadHash, query.get("X-Amz-Signature") ?? "");
  return scope.accessKeyId;
};

/**
 * Checks a request other than a form POST.
 * @param url as the client signed it. @returns the access key that signed. @throws S3Refusal
 */
export const verifyRequest = (request: IncomingMessage, url: URL, secretOf: SecretOf): string => {
  if (request.headers.authorization !== undefined) return checkHeader(request, url, secretOf);
  if (url.searchParams.has("X-Amz-Algorithm")) return checkQuery(request, url, secretOf);
  throw denied("Access Denied");
};

/** Checks the signature over a POST policy's base64 text. @returns the access key that signed. @throws S3Refusal */
export const verifyPolicy = (fields: ReadonlyMap<string, string>, secretOf: SecretOf): string => {
  if (fields.get("x-amz-algorithm") !== "AWS4-HMAC-SHA256") {
    throw new S3Refusal("InvalidArgument", 400, "Bucket POST must contain a field named 'X-Amz-Algorithm'.");
  }
  const scope = scopeOf(fields.get("x-amz-credential") ?? "", secretOf);
  const right = hmac(scope.signingKey, fields.get("policy") ?? "").toString("hex");
  if (!sameSignature(fields.get("x-amz-signature") ?? "", right)) {
    throw new S3Refusal("SignatureDoesNotMatch", 403, "The signature over the policy does not match.");
  }
  return scope.accessKeyId;
};
