/** AWS Signature Version 4 (IAM user guide, "Create a signed AWS API request"), as far as these services use it. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface CredentialScope {
  readonly accessKeyId: string;
  /** yyyymmdd. */
  readonly date: string;
  readonly region: string;
  /** The signing name: acm, elasticloadbalancing, sts, tagging, secretsmanager. */
  readonly service: string;
}

export interface SignableRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as it came. @default the body in UTF-8 */
  readonly octets?: Uint8Array;
}

interface Authorization extends CredentialScope {
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const pattern =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Undefined if the header is missing or has another form. */
export function parseAuthorization(header: string | undefined): Authorization | undefined {
  const [, accessKeyId, date, region, service, names, signature] = pattern.exec(header ?? "") ?? [];
  if (!accessKeyId || !date || !region || !service || !names || !signature) return undefined;
  return { accessKeyId, date, region, service, signedHeaders: names.split(";"), signature };
}

export function verifySignature(request: SignableRequest, authorization: Authorization, secret: string): boolean {
  const expected = signatureOf(request, authorization, authorization.signedHeaders, secret);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(authorization.signature));
}

/** The signature of a request, in hex. */
export function signatureOf(
  request: SignableRequest,
  { date, region, service }: CredentialScope,
  signedHeaders: readonly string[],
  secret: string,
): string {
  const [path = "/", query = ""] = request.url.split("?");
  const canonical = [
    request.method,
    path.split("/").map(escapeAgain).join("/"),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/g, " ")}`),
    "",
    signedHeaders.join(";"),
    sha256(request.octets ?? request.body),
  ].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"] ?? "", scope, sha256(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
  return hmac(key, toSign).toString("hex");
}

/** Every service but S3 escapes the segments of the path, which are escaped already, once more. */
function escapeAgain(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Sorted by name; a name without a value has an empty one, and a blank is `%20`. */
function canonicalQuery(query: string): string {
  const pairs = query === "" ? [] : query.replaceAll("+", "%20").split("&");
  return pairs
    .map((pair) => (pair.includes("=") ? pair : `${pair}=`))
    .sort()
    .join("&");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
