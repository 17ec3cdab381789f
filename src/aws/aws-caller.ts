/**
 * The one place that decides how AWS is called: its pace, its deadline, and what is tried again. The SDK's own
 * retries are off, because it counts a used-up quota as throttling and would send an import twice.
 */
import { abortedError, type Clock, type Sleep } from "../platform/clock";
import { AppError, toAppError } from "../platform/errors";
import type { Logger } from "../platform/log";
import { retry } from "../platform/retry";
import type { CertificateChange, OnCertificateChange, ReportedChange } from "./certificate-change";
import { requestRate } from "./request-rates";
import { TokenBucket } from "../platform/token-bucket";
import { translateError, type CallDescription } from "./translate-error";

export interface AwsCallerOptions {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly logger: Logger;
  /** How long one request may take. */
  readonly requestTimeoutMs: number;
  /** How long a throttled call is tried again before it fails with `aws_throttled`. */
  readonly throttleTimeoutMs: number;
  /** Whether to keep below AWS's published rates; tests against an emulator need not. */
  readonly pace: boolean;
  readonly onChange?: OnCertificateChange;
}

export interface AwsCall<T> extends CallDescription {
  readonly region: string;
  /** Sends the request once. */
  readonly send: (abortSignal: AbortSignal) => Promise<T>;
  /**
   * Whether it may be sent again when its answer was lost. If not, such a failure is `aws_ambiguous`.
   * @default true
   */
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal;
  /** What it changes, for those who keep a ledger; `answer` is there if there was one. */
  readonly change?: (answer?: T) => CertificateChange;
}

/** Further tries after a server error or a broken connection; throttles are bounded by time instead. */
const transientRetries = 4;

export class AwsCaller {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly options: AwsCallerOptions) {}

  /** Errors: the codes of `translateError`, `aws_ambiguous`, `timeout`, `aborted`. */
  async call<T>(call: AwsCall<T>): Promise<T> {
    const { onChange } = this.options;
    if (call.change === undefined || onChange === undefined) return this.repeating(call);
    const report = (outcome: ReportedChange["outcome"], change: CertificateChange, facts: Partial<ReportedChange>) =>
      onChange({ ...change, ...facts, outcome, action: call.action, region: call.region });
    try {
      const answer = await this.repeating(call);
      await report("done", call.change(answer), { requestId: requestIdOf(answer) });
      return answer;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (isUnclear(error)) await report("unknown", call.change(), { error });
      throw error;
    }
  }

  private async repeating<T>(call: AwsCall<T>): Promise<T> {
    const { clock, sleep, random, logger } = this.options;
    const giveUpAt = clock.now().getTime() + this.options.throttleTimeoutMs;
    let transientFailures = 0;
    const isRetryable = (error: AppError) =>
      error.retryable &&
      (error.code === "aws_throttled" ? clock.now().getTime() < giveUpAt : ++transientFailures <= transientRetries);
    return retry(() => this.once(call), {
      policy: { attempts: Infinity, firstDelayMs: 200, maxDelayMs: 20_000 },
      signal: call.signal,
      isRetryable,
      onRetry: (error, attempt, delayMs) =>
        logger.log("debug", "trying an AWS call again", {
          action: call.action,
          resource: call.resource,
          code: error.code,
          attempt,
          delayMs: Math.round(delayMs),
        }),
      sleep,
      random,
    });
  }

  private async once<T>(call: Omit<AwsCall<T>, "change">): Promise<T> {
    await this.bucketOf(call)?.take(call.signal);
    const deadline = AbortSignal.timeout(this.options.requestTimeoutMs);
    const signal = call.signal === undefined ? deadline : AbortSignal.any([call.signal, deadline]);
    try {
      return await call.send(signal);
    } catch (thrown) {
      throw this.explain(thrown, call, deadline);
    }
  }

  private explain(thrown: unknown, call: Omit<AwsCall<unknown>, "change">, deadline: AbortSignal): AppError {
    if (call.signal?.aborted) return abortedError(call.signal);
    const error = deadline.aborted
      ? new AppError(
          "timeout",
          `AWS gave no answer to ${call.action} within ${this.options.requestTimeoutMs / 1000} s`,
          { retryable: true, facts: { action: call.action, resource: call.resource } },
        )
      : translateError(thrown, call);
    return call.repeatable === false && mayHaveHappened(error) ? ambiguous(error, call) : error;
  }

  private bucketOf(call: Omit<AwsCall<unknown>, "change">): TokenBucket | undefined {
    const rate = this.options.pace ? requestRate(call.action) : undefined;
    if (rate === undefined) return undefined;
    const key = `${call.region} ${rate.bucket}`;
    const bucket = this.buckets.get(key) ?? new TokenBucket({ ...rate, ...this.options });
    this.buckets.set(key, bucket);
    return bucket;
  }
}

/** Every answer of the SDK has it. */
function requestIdOf(answer: unknown): string | undefined {
  return (answer as { readonly $metadata?: { readonly requestId?: string } } | undefined)?.$metadata?.requestId;
}

function isUnclear(error: AppError): boolean {
  return error.code === "aws_ambiguous" || error.code === "aborted" || mayHaveHappened(error);
}

/** A server error, a broken connection or a timeout says nothing about whether the work was done. */
function mayHaveHappened(error: AppError): boolean {
  if (error.code === "timeout") return true;
  if (error.code === "network") return error.facts.neverSent !== true;
  return error.code === "aws_request" && typeof error.facts.status === "number" && error.facts.status >= 500;
}

function ambiguous(error: AppError, call: Omit<AwsCall<unknown>, "change">): AppError {
  return new AppError("aws_ambiguous", `it is unknown whether ${call.action} was carried out: ${error.message}`, {
    hint: "look for its result before trying again",
    facts: error.facts,
    cause: error,
  });
}
