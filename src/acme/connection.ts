/**
 * What all requests to one CA share: kept connections with the trust for this CA alone, the nonces it handed out, its
 * directory, and counters. Keep one per directory URL and trust for the life of the process.
 *
 * It does not load acme-client, so that asking for renewal information at a refresh costs no more than HTTP does.
 */
import { abortedError, sleep, systemClock, type Clock, type Sleep } from "../platform/clock";
import { AppError, toAppError } from "../platform/errors";
import { HttpClient, type HttpRequest, type HttpResponse } from "../platform/http";
import { retry, type RetryPolicy } from "../platform/retry";
import { parseDirectory, type AcmeDirectory } from "./directory";
import { parseJson } from "./json";
import { NoncePool } from "./nonce-pool";
import { errorOfResponse, parseProblem } from "./problem";

/** What a connection sends through; `HttpClient` is the real one. */
export type HttpSender = Pick<HttpClient, "send" | "close" | "connectionsOpened">;

export interface AcmeConnectionOptions {
  /** https, or plain http on a loopback address (RFC 8555 6.1). */
  readonly directoryUrl: string;
  /** PEM file with certificates to trust for this CA's servers, beside the public ones. */
  readonly caFile?: string;
  /** The same as PEM text. */
  readonly ca?: string;
  /** Bound of each single request. @default 30,000 ms */
  readonly requestTimeoutMs?: number;
  /** Connections kept, and so requests under way at once. @default 8 */
  readonly connections?: number;
  /** For network errors, server errors and rate limits. @default 4 tries, waits of 0.25 s doubling, none above 30 s */
  readonly retryPolicy?: RetryPolicy;
  /** @default an HttpClient with the trust and bounds above */
  readonly http?: HttpSender;
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** @default Math.random */
  readonly random?: () => number;
}

/** RFC 8555 6.1: every request names the software. */
export const userAgent = "unexpired";

const directoryMaxAgeMs = 24 * 3600_000;

export class AcmeConnection {
  readonly directoryUrl: string;
  readonly retryPolicy: RetryPolicy;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly nonces = new NoncePool();
  /** Requests sent so far, fetches of directory and nonces included; benches read it. */
  requests = 0;
  private readonly http: HttpSender;
  private cached?: { readonly directory: AcmeDirectory; readonly readAt: number };
  private reading?: Promise<AcmeDirectory>;

  constructor(options: AcmeConnectionOptions) {
    this.directoryUrl = options.directoryUrl;
    requireSafeUrl(this.directoryUrl);
    this.retryPolicy = options.retryPolicy ?? { attempts: 4, firstDelayMs: 250, maxDelayMs: 30_000 };
    this.clock = options.clock ?? systemClock;
    this.sleep = options.sleep ?? sleep;
    this.random = options.random ?? Math.random;
    this.http =
      options.http ??
      new HttpClient({
        caFile: options.caFile,
        ca: options.ca,
        timeoutMs: options.requestTimeoutMs,
        connections: options.connections,
      });
  }

  /** TLS connections opened so far; benches read it. */
  get connectionsOpened(): number {
    return this.http.connectionsOpened;
  }

  /**
   * The CA's directory, read once a day; callers at the same time share one request. Errors: `acme_directory`, HTTP's.
   */
  async directory(signal?: AbortSignal): Promise<AcmeDirectory> {
    const now = this.clock.now().getTime();
    if (this.cached && now - this.cached.readAt < directoryMaxAgeMs) return this.cached.directory;
    this.reading ??= retry(() => this.readDirectory(), {
      policy: this.retryPolicy,
      sleep: this.sleep,
      random: this.random,
    }).finally(() => (this.reading = undefined));
    return unlessAborted(this.reading, signal);
  }

  /** A nonce for the next signed request: one left over from an earlier answer, or a new one (RFC 8555 7.2). */
  async nonce(signal?: AbortSignal): Promise<string> {
    const pooled = this.nonces.take();
    if (pooled !== undefined) return pooled;
    const { newNonceUrl } = await this.directory(signal);
    // GET, not HEAD: an HTTP/1.1 client cannot trust the connection after the answer to a HEAD and closes it.
    const response = await this.send({ method: "GET", url: newNonceUrl, signal }, { keepNonce: false });
    const nonce = nonceOf(response);
    if (response.status < 300 && nonce !== undefined) return nonce;
    const what = `cannot get a nonce from ${newNonceUrl}`;
    if (response.status >= 300) throw errorOfResponse(what, response, this.clock.now());
    throw new AppError("acme_problem", `${what}: the answer has no Replay-Nonce`, { retryable: true });
  }

  /**
   * Sends one request and keeps the nonce of the answer, but never that of a `badNonce` answer: whoever repeats the
   * refused request uses that one (RFC 8555 6.5). Any HTTP status is an answer; errors are HttpClient's, and say in
   * `facts.directoryUrl` which CA they are about.
   */
  async send(request: HttpRequest, options: { readonly keepNonce?: boolean } = {}): Promise<HttpResponse> {
    requireSafeUrl(request.url);
    this.requests++;
    const headers = { "user-agent": userAgent, ...request.headers };
    const response = await this.http.send({ ...request, headers }).catch((error: unknown) => {
      throw withDirectory(toAppError(error), this.directoryUrl);
    });
    const nonce = nonceOf(response);
    if (nonce !== undefined && options.keepNonce !== false && !isBadNonce(response)) this.nonces.put(nonce);
    return response;
  }

  /** Ends kept connections. */
  async close(): Promise<void> {
    await this.http.close();
  }

  private async readDirectory(): Promise<AcmeDirectory> {
    const response = await this.send({
      method: "GET",
      url: this.directoryUrl,
      headers: { accept: "application/json" },
    });
    const directory = parseDirectory(this.directoryUrl, response, this.clock.now());
    this.cached = { directory, readAt: this.clock.now().getTime() };
    return directory;
  }
}

function withDirectory(error: AppError, directoryUrl: string): AppError {
  const { code, message, hint, retryable, retryAfterMs, facts } = error;
  const about = { ...facts, directoryUrl };
  return new AppError(code, message, { hint, retryable, retryAfterMs, facts: about, cause: error.cause ?? error });
}

export function isBadNonce(response: HttpResponse): boolean {
  return response.status === 400 && parseProblem(parseJson(response.body))?.type === "badNonce";
}

/** RFC 8555 6.5.1: base64url; anything else must be ignored. */
function nonceOf(response: HttpResponse): string | undefined {
  const value = response.headers["replay-nonce"];
  return value !== undefined && /^[A-Za-z0-9_-]+$/.test(value) ? value : undefined;
}

function requireSafeUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:") return;
  if (url?.protocol === "http:" && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)) return;
  throw new AppError("acme_directory", `"${text}" cannot be used for ACME: it is not an https URL`, {
    hint: "give the directory URL from your CA's documentation",
    facts: { url: text },
  });
}

/** The shared result for one caller: its abort ends its own wait and leaves the others theirs. */
function unlessAborted<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return shared;
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortedError(signal));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
