/**
 * EG1-HMAC-SHA256 written a second time, from Akamai's description alone, so that recorded requests are not signed by the
 * code that checks them.
 */
import { createHash, createHmac, randomUUID } from "node:crypto";
import type { EdgeGridCredentials } from "../../src/akamai/edgegrid-sign";

export interface PlainRequest {
  readonly method: string;
  readonly target: string;
  readonly body?: string;
}

/** acme.sh makes its nonce of the clock's second, so that it repeats. @default random */
export type NonceKind = "random" | "second";

/** The value of the Authorization header. */
export function signPlainly(
  credentials: EdgeGridCredentials,
  { method, target, body = "" }: PlainRequest,
  nonceKind: NonceKind,
  now: Date = new Date(),
): string {
  const timestamp = `${now.toISOString().slice(0, 19).replaceAll("-", "")}+0000`;
  const second = Math.floor(now.getTime() / 1000);
  const nonce =
    nonceKind === "random" ? randomUUID() : createHash("sha1").update(`EDGEDNS${second}\n`).digest("hex").slice(0, 32);
  const { clientToken, accessToken, clientSecret, host } = credentials;
  const start = `EG1-HMAC-SHA256 client_token=${clientToken};access_token=${accessToken};timestamp=${timestamp};nonce=${nonce};`;
  // of bodies only those of POST are signed
  const hash = method === "POST" && body !== "" ? createHash("sha256").update(body, "utf8").digest("base64") : "";
  const key = hmac(clientSecret, timestamp);
  return `${start}signature=${hmac(key, [method, "https", host, target, "", hash, start].join("\t"))}`;
}

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64");
}
