/**
 * EG1-HMAC-SHA256, what both sides compute. Source: Akamai techdocs "Authenticate with EdgeGrid", checked against
 * Akamai's own libraries (test/vectors/edgegrid, test/edgegrid). Signed headers are not supported: Edge DNS needs none.
 */
import { createHash, createHmac } from "node:crypto";

export const edgeGridScheme = "EG1-HMAC-SHA256";

/** Octets of a body that the signature covers; what comes after them is not protected. */
export const maxSignedBody = 131_072;

/** The parts of a request that are signed, as they stand on the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Host with its port if the client was configured with one. */
  readonly host: string;
  /** Path and query, percent-encoded, exactly as sent. */
  readonly target: string;
  readonly body?: string | Uint8Array;
}

/**
 * The signature over a request and the header up to and including `nonce=…;`. Only the body of a POST is signed: no
 * client of Akamai signs that of a PUT.
 */
export function edgeGridSignature(
  request: SignedRequest,
  signedHeaderPart: string,
  timestamp: string,
  clientSecret: string,
): string {
  const signingKey = signingKeys.of(clientSecret, timestamp);
  const { host, target } = request;
  // method, scheme, host, path and query, signed headers (none), hash of the body, this header
  return hmac(
    signingKey,
    `${request.method.toUpperCase()}\thttps\t${host}\t${target}\t\t${contentHash(request)}\t${signedHeaderPart}`,
  );
}

/** The second of the last timestamp that was made or read, and its text: where there are many, most are of one second. */
let latest = { second: NaN, text: "" };

/** `yyyyMMddTHH:mm:ss+0000`, always UTC. */
export function formatEdgeGridTimestamp(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== latest.second) {
    const text = date.toISOString();
    latest = { second, text: `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 19)}+0000` };
  }
  return latest.text;
}

/** Undefined for anything but `yyyyMMddTHH:mm:ss+0000` with a date that exists. */
export function parseEdgeGridTimestamp(text: string): Date | undefined {
  if (text === latest.text) return new Date(latest.second * 1000);
  const parts = /^(\d{4})(\d{2})(\d{2})(T\d{2}:\d{2}:\d{2})\+0000$/.exec(text);
  if (parts === null) return undefined;
  const date = new Date(`${parts[1]}-${parts[2]}-${parts[3]}${parts[4]}Z`);
  return Number.isNaN(date.getTime()) || formatEdgeGridTimestamp(date) !== text ? undefined : date;
}

function contentHash({ method, body }: SignedRequest): string {
  if (method.toUpperCase() !== "POST" || body === undefined || body.length === 0) return "";
  const octets = typeof body === "string" ? Buffer.from(body, "utf8") : body;
  return createHash("sha256").update(octets.subarray(0, maxSignedBody)).digest("base64");
}

/** Requests of one second share their key: half of the work, where many are signed or checked. */
class SigningKeys {
  private readonly made = new Map<string, string>();

  constructor(private readonly maxRemembered = 256) {}

  of(clientSecret: string, timestamp: string): string {
    const name = `${timestamp} ${clientSecret}`;
    const known = this.made.get(name);
    if (known !== undefined) return known;
    if (this.made.size >= this.maxRemembered) this.made.clear();
    const key = hmac(clientSecret, timestamp);
    this.made.set(name, key);
    return key;
  }
}

const signingKeys = new SigningKeys();

/** The key is text, also where it looks like base64. */
function hmac(key: string, message: string): string {
  return createHmac("sha256", key).update(message).digest("base64");
}
