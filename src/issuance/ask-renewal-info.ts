import type { AcmeConnection } from "../acme/connection";
import { defaultRetryAfterMs, getRenewalInfo } from "../acme/renewal-info";
import type { Clock } from "../platform/clock";
import { toAppError, type AppError } from "../platform/errors";
import type { CachedRenewalInfo, RenewalInfoCache } from "./renewal-info-cache";

export interface AskRenewalInfoOptions {
  readonly connection: AcmeConnection;
  readonly certId: string;
  /** What the caller remembers from an earlier run. */
  readonly known?: CachedRenewalInfo;
  readonly cache: RenewalInfoCache;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

export interface RenewalInfoAnswer {
  /** Undefined where the CA offers none, or could not be asked and nothing is remembered. */
  readonly info?: CachedRenewalInfo;
  /** Why it could not be asked; the lifetime decides then. */
  readonly failure?: AppError;
}

/** After a failure the CA is left alone for so long (RFC 9773 4.3.3 has clients go on with their own schedule). */
const pauseAfterFailureMs = 10 * 60_000;

const longestRestMs = 24 * 3600_000;

/** The newest renewal information there is; asks the CA only once its Retry-After is over. */
export async function askRenewalInfo(options: AskRenewalInfoOptions): Promise<RenewalInfoAnswer> {
  const { certId, cache, clock } = options;
  const remembered = newer(options.known, await cache.get(certId));
  const now = clock.now();
  if (remembered && isResting(remembered, now)) return { info: remembered };
  try {
    const answer = await askUnlessSilent(options, now);
    if (answer === undefined) return {};
    const info = { ...answer.window, askAgainAt: after(now, answer.retryAfterMs) };
    await cache.put(certId, info);
    return { info };
  } catch (error) {
    const failure = toAppError(error);
    if (failure.code === "aborted" || remembered === undefined) return { failure };
    const pause = Math.min(failure.retryAfterMs ?? pauseAfterFailureMs, defaultRetryAfterMs);
    const info = { ...remembered, askAgainAt: after(now, pause) };
    await cache.put(certId, info);
    return { info, failure };
  }
}

/** CAs that gave no answer at all: a thousand certificates of one refresh must not wait for it one after the other. */
const silent = new WeakMap<AcmeConnection, { readonly until: Date; readonly failure: AppError }>();

const silenceMs = 60_000;

async function askUnlessSilent({ connection, certId, signal }: AskRenewalInfoOptions, now: Date) {
  const silence = silent.get(connection);
  if (silence && now < silence.until) throw silence.failure;
  try {
    return await getRenewalInfo(connection, certId, { signal });
  } catch (error) {
    const failure = toAppError(error);
    if (failure.code === "network" || failure.code === "timeout")
      silent.set(connection, { until: after(now, silenceMs), failure });
    throw failure;
  }
}

/** No CA is left alone for longer than `getRenewalInfo` allows: a later moment was written by a clock that ran ahead. */
function isResting({ askAgainAt }: CachedRenewalInfo, now: Date): boolean {
  return now < askAgainAt && askAgainAt <= after(now, longestRestMs);
}

function newer(a: CachedRenewalInfo | undefined, b: CachedRenewalInfo | undefined): CachedRenewalInfo | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.askAgainAt >= b.askAgainAt ? a : b;
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
