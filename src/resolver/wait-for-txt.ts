/** Waits until every authoritative server of a zone serves certain TXT values. */
import { abortedError, sleep as realSleep, systemClock, type Clock, type Sleep } from "../platform/clock";
import { AppError, toAppError } from "../platform/errors";
import type { NameServer, NameServers } from "./name-servers";

export interface WaitForTxtOptions {
  readonly zone: string;
  readonly name: string;
  readonly values: readonly string[];
  readonly nameServers: Pick<NameServers, "authoritativeFor" | "txtValues">;
  /** @default 300,000 ms: Edge DNS needs up to two minutes */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Called after each round with the names of the servers that were behind. */
  readonly onWaiting?: (behind: readonly string[]) => void;
  readonly sleep?: Sleep;
  readonly clock?: Clock;
}

const firstPauseMs = 200;
const longestPauseMs = 5_000;

/**
 * Returns when each server answered with all values. A server that cannot be asked counts as behind, since the CA may
 * be sent to it. Errors: `dns_not_propagated` naming the servers behind and why, `aborted`.
 */
export async function waitForTxt(options: WaitForTxtOptions): Promise<void> {
  const clock = options.clock ?? systemClock;
  const pause = options.sleep ?? realSleep;
  const timeoutMs = options.timeoutMs ?? 300_000;
  const deadline = clock.now().getTime() + timeoutMs;
  const servers = await options.nameServers.authoritativeFor(options.zone, options.signal);
  let behind: Map<NameServer, string> = new Map(servers.map((server) => [server, "not asked yet"]));
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    if (options.signal?.aborted) throw abortedError(options.signal);
    behind = await askAll([...behind.keys()], options);
    if (behind.size === 0) return;
    options.onWaiting?.([...behind.keys()].map(({ name }) => name));
    const left = deadline - clock.now().getTime();
    if (left <= 0) throw notPropagated(options, behind, timeoutMs);
    await pause(Math.min(pauseMs, left), options.signal);
  }
}

async function askAll(servers: readonly NameServer[], options: WaitForTxtOptions): Promise<Map<NameServer, string>> {
  const answers = await Promise.all(servers.map(async (server) => ({ server, why: await whyBehind(server, options) })));
  return new Map(answers.flatMap(({ server, why }) => (why === undefined ? [] : [[server, why] as const])));
}

async function whyBehind(
  server: NameServer,
  { nameServers, name, values, signal }: WaitForTxtOptions,
): Promise<string | undefined> {
  try {
    const served = await nameServers.txtValues(name, server, signal);
    const missing = values.filter((value) => !served.includes(value));
    return missing.length === 0 ? undefined : `${missing.length} of ${values.length} values missing`;
  } catch (error) {
    if (signal?.aborted) throw error;
    return toAppError(error).message;
  }
}

function notPropagated(
  options: WaitForTxtOptions,
  behind: ReadonlyMap<NameServer, string>,
  timeoutMs: number,
): AppError {
  const servers = [...behind].map(([{ name }, why]) => `${name} (${why})`).join(", ");
  return new AppError(
    "dns_not_propagated",
    `TXT ${options.name} is not served by every name server of ${options.zone} after ${timeoutMs / 1000} s: ${servers}`,
    { hint: "check that these servers are reachable from here, or set name_servers", retryable: true },
  );
}
