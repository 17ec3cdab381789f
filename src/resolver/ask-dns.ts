import { Resolver } from "node:dns/promises";
import { abortedError } from "../platform/clock";
import { AppError, messageOf } from "../platform/errors";
import type { ServerAddress } from "./server-address";

export interface AskDnsOptions {
  /** @default the system's resolvers */
  readonly servers?: readonly ServerAddress[];
  /** For one question to one server. @default 3,000 ms */
  readonly timeoutMs?: number;
  /** @default 3 */
  readonly tries?: number;
  readonly signal?: AbortSignal;
}

/** What a server said: that there are no such records. */
const absent = new Set(["ENODATA", "ENOTFOUND"]);

/**
 * Asks one question; `none` stands for records that do not exist. Errors: `dns_lookup` for any other answer and for
 * none, with `facts.refused` where the server will not speak of this name (RFC 1035 4.1.1); `aborted`, at once.
 */
export async function askDns<T>(
  question: string,
  none: T,
  lookUp: (resolver: Resolver) => Promise<T>,
  { servers, timeoutMs = 3_000, tries = 3, signal }: AskDnsOptions,
): Promise<T> {
  if (signal?.aborted) throw abortedError(signal);
  const resolver = new Resolver({ timeout: timeoutMs, tries });
  if (servers) resolver.setServers(servers);
  const cancel = () => resolver.cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await lookUp(resolver);
  } catch (error) {
    if (signal?.aborted) throw abortedError(signal);
    const { code = "" } = error as NodeJS.ErrnoException;
    if (absent.has(code)) return none;
    throw new AppError("dns_lookup", `the DNS question ${question} got no usable answer: ${messageOf(error)}`, {
      hint: "see that the name servers can be reached from here and serve this name",
      retryable: true,
      facts: { refused: code === "EREFUSED" },
      cause: error,
    });
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}
