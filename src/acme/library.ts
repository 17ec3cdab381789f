/**
 * The one seam to acme-client. The library signs and knows the steps; everything it does on the wire goes through the
 * adapter below, because on its own it fetches a nonce before every request, opens connections anew, shares one trust
 * and no time limit in the whole process, sleeps any Retry-After, and throws the problem type away.
 *
 * Importing this module installs the adapter in the library's axios instance, for the whole process.
 */
import { createPrivateKey } from "node:crypto";
import { axios, Client } from "acme-client";
import { AppError } from "../platform/errors";
import type { HttpResponse } from "../platform/http";
import { retryAfterMs } from "../platform/retry-after";
import { currentCall, type CallContext } from "./call";
import { isBadNonce, userAgent, type AcmeConnection } from "./connection";
import { errorOfResponse } from "./problem";

export interface ExternalAccountBinding {
  /** Key identifier that the CA gave out. */
  readonly keyId: string;
  /** MAC key that the CA gave out, base64url; a secret. */
  readonly macKey: string;
}

export interface LibraryClientOptions {
  readonly connection: AcmeConnection;
  /** PEM. */
  readonly accountKey: string;
  readonly accountUrl?: string;
  readonly externalAccountBinding?: ExternalAccountBinding;
}

/**
 * With the library's own 5, one request in 64 fails where a CA rejects half of all nonces; with 20, one in two million.
 */
const badNonceRetries = 20;

/** A client of the library; every use of it must run inside `acmeCall`. */
export function newLibraryClient(options: LibraryClientOptions): Client {
  const { connection, accountKey, accountUrl, externalAccountBinding: binding } = options;
  const client = new Client({
    directoryUrl: connection.directoryUrl,
    accountKey,
    ...(accountUrl === undefined ? {} : { accountUrl }),
    ...(binding === undefined ? {} : { externalAccountBinding: { kid: binding.keyId, hmacKey: binding.macKey } }),
  });
  // Not in the library's types: what signs and repeats for it.
  const { http } = client as unknown as { http?: { maxBadNonceRetries?: unknown; accountKey?: unknown } };
  if (typeof http?.maxBadNonceRetries !== "number" || !Buffer.isBuffer(http.accountKey))
    throw new AppError("internal", "this version of acme-client does not sign as the adapter expects");
  http.maxBadNonceRetries = badNonceRetries;
  // The library reads the PEM again for each signature, which takes ten times as long as the signature.
  http.accountKey = createPrivateKey(accountKey);
  return client;
}

type Adapter = Extract<typeof axios.defaults.adapter, (...args: never[]) => unknown>;
type AdapterConfig = Parameters<Adapter>[0];
type AdapterResponse = Awaited<ReturnType<Adapter>>;

/**
 * Answers or sends one request of the library. It resolves success and `badNonce` (which the library signs anew), and
 * rejects everything else with an AppError. That error has no `config`, so the library's interceptor, which would
 * sleep for seconds and send the same signed request again, passes it on untouched.
 */
const adapter: Adapter = async (config) => {
  const call = currentCall();
  if (call === undefined) throw new AppError("internal", "acme-client was used outside of an ACME call");
  const { connection, signal } = call;
  switch (config.method) {
    case "head":
      return answer(config, {
        status: 200,
        headers: { "replay-nonce": await named(call, connection.nonce(signal)) },
        body: "",
      });
    case "get":
      return answer(config, { status: 200, headers: {}, body: (await connection.directory(signal)).text });
    default:
      return answer(config, await post(call, config));
  }
};

async function post(call: CallContext, config: AdapterConfig): Promise<HttpResponse> {
  const { connection, signal } = call;
  const response = await named(
    call,
    connection.send({
      method: "POST",
      url: config.url ?? "",
      headers: {
        "content-type": "application/jose+json",
        "user-agent": `${userAgent} ${String(config.headers.get("User-Agent"))}`,
      },
      body: String(config.data),
      signal,
    }),
  );
  const now = connection.clock.now();
  call.retryAfterMs = retryAfterMs(response.headers["retry-after"], now);
  call.refusal = response.status < 300 ? undefined : errorOfResponse(call.what, response, now);
  if (call.refusal !== undefined && !isBadNonce(response)) throw call.refusal;
  return response;
}

/** Puts the name of the step in front of network errors, which know only the URL. */
async function named<T>({ what }: CallContext, request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== "network" && error.code !== "timeout")) throw error;
    const { hint, retryable, retryAfterMs, facts } = error;
    throw new AppError(error.code, `${what}: ${error.message}`, { hint, retryable, retryAfterMs, facts, cause: error });
  }
}

function answer(config: AdapterConfig, { status, headers, body }: HttpResponse): AdapterResponse {
  return { status, statusText: "", headers: { ...headers }, data: body, config };
}

axios.defaults.adapter = adapter;
