/**
 * Outbound HTTP for everything that is not AWS: kept connections, its own trust, a bound on every wait and on every
 * body. It never follows a redirect and never retries: who signs a request must sign the next try anew.
 */
import { readFileSync } from "node:fs";
import type { Agent } from "undici";
import { abortedError } from "./clock";
import { SharedDeadline } from "./deadline";
import { AppError, messageOf } from "./errors";
import { secureContextTrusting } from "./extra-authorities";
import { BodyTooLong, exchange, NoAnswerInTime } from "./http-exchange";
import type * as Undici from "./undici";

/** Takes 60 ms to load; the bundler makes a file of its own of it (scripts/bundle-provider.ts). */
const undici = () => module.require("./undici") as typeof Undici;

export interface HttpClientOptions {
  /** PEM file with certificates to trust beside the public and the extra ones (extra-authorities.ts). */
  readonly caFile?: string;
  /** The same as PEM text. */
  readonly ca?: string;
  /** From the request to the last byte of the answer, give or take a fiftieth. @default 30,000 ms */
  readonly timeoutMs?: number;
  /** Connections kept per origin. @default 8 */
  readonly connections?: number;
  /** @default 4 MiB */
  readonly maxBodyBytes?: number;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** How the octets of the answer become its text; latin1 keeps every octet as a character. @default utf8 */
  readonly encoding?: "utf8" | "latin1";
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. Of a header that came more than once the last value, but all of `link`, which is a list. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export class HttpClient {
  private agent?: Agent;
  private readonly deadline: SharedDeadline;
  private readonly maxBodyBytes: number;
  private readonly connections: number;
  private readonly ownCa?: string;
  /** TLS or TCP connections opened so far; benches read it. */
  connectionsOpened = 0;

  constructor(options: HttpClientOptions = {}) {
    this.deadline = new SharedDeadline(options.timeoutMs ?? 30_000);
    this.maxBodyBytes = options.maxBodyBytes ?? 4 * 1024 * 1024;
    this.connections = options.connections ?? 8;
    this.ownCa = options.ca ?? (options.caFile === undefined ? undefined : readCaFile(options.caFile));
  }

  /**
   * Sends one request. Errors: `network` (retryable), `timeout` (retryable), `aborted`. Any HTTP status is an answer.
   */
  async send(message: HttpRequest): Promise<HttpResponse> {
    const { deadline, maxBodyBytes } = this;
    try {
      const dispatcher = (this.agent ??= this.createAgent());
      return await exchange(dispatcher, message, { deadline: deadline.signal(), maxBodyBytes });
    } catch (error) {
      throw this.translate(error, message);
    }
  }

  /** Ends kept connections; pending requests fail with `network`. */
  async close(): Promise<void> {
    await this.agent?.destroy();
  }

  /** At the first request, since most processes of the provider send none; all connections share the parsed roots. */
  private createAgent(): Agent {
    const secureContext = secureContextTrusting(this.ownCa);
    const agent = new (undici().Agent)({
      connections: this.connections,
      keepAliveTimeout: 30_000,
      connect: {
        timeout: 10_000,
        ...(secureContext && { secureContext }),
      },
    });
    agent.on("connect", () => this.connectionsOpened++);
    return agent;
  }

  private translate(error: unknown, message: HttpRequest): AppError {
    if (error instanceof BodyTooLong)
      return new AppError("network", `${place(message)} answered more than ${this.maxBodyBytes} bytes`);
    if (message.signal?.aborted) return abortedError(message.signal);
    if (error instanceof NoAnswerInTime)
      return new AppError("timeout", `${place(message)} gave no answer within ${this.deadline.timeoutMs / 1000} s`, {
        retryable: true,
        cause: error,
      });
    return new AppError("network", `cannot reach ${place(message)}: ${messageOf(error)}`, {
      retryable: true,
      cause: error,
    });
  }
}

/** Method and place without the query, which may hold what must not be logged. */
function place(message: HttpRequest): string {
  const url = new URL(message.url);
  return `${message.method} ${url.origin}${url.pathname}`;
}

function readCaFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new AppError("missing_file", `cannot read the CA certificates in ${path}: ${messageOf(error)}`, {
      cause: error,
      hint: "name a PEM file that holds the certificates to trust",
    });
  }
}
