import type { Clock } from "../../platform/clock";
import { withDeadline } from "../../platform/deadline";
import { toAppError } from "../../platform/errors";
import type { Logger } from "../../platform/log";

export interface ReadinessCheck {
  /** What the answer says when the check fails: nothing that a stranger must not know. The log has the reason. */
  readonly hint: string;
  /** Throws why not. */
  ask(signal: AbortSignal): Promise<void>;
}

export interface ReadinessAnswer {
  readonly status: "ready" | "not-ready" | "stopping";
  readonly checks: Readonly<Record<string, { readonly status: "ok" | "failed"; readonly hint?: string }>>;
}

export interface ReadinessOptions {
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  readonly logger: Logger;
  readonly clock: Clock;
  /** How long one answer serves everybody who asks, in milliseconds. @default 1,000 */
  readonly keepMs?: number;
  /** How long a check may take, in milliseconds. @default 5,000 */
  readonly timeoutMs?: number;
}

/** Whether requests should be sent here. Asking is cheap: anybody may, without a signature. */
export class Readiness {
  private isStopping = false;
  private answer?: Promise<ReadinessAnswer>;
  private askedAt = 0;
  private failing: ReadonlySet<string> = new Set();

  constructor(private readonly options: ReadinessOptions) {}

  /** From now on the answer is no. */
  stop(): void {
    this.isStopping = true;
    this.answer = undefined;
  }

  ask(): Promise<ReadinessAnswer> {
    const now = this.options.clock.now().getTime();
    if (this.answer === undefined || now - this.askedAt >= (this.options.keepMs ?? 1_000)) {
      this.askedAt = now;
      this.answer = this.check();
    }
    return this.answer;
  }

  private async check(): Promise<ReadinessAnswer> {
    const { checks, logger, timeoutMs = 5_000 } = this.options;
    const failing = new Set<string>();
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        try {
          await check.ask(withDeadline(undefined, timeoutMs));
          return [name, { status: "ok" }] as const;
        } catch (thrown) {
          failing.add(name);
          const { code, message } = toAppError(thrown);
          if (!this.failing.has(name)) logger.log("error", `not ready: ${message}`, { check: name, code });
          return [name, { status: "failed", hint: check.hint }] as const;
        }
      }),
    );
    for (const name of this.failing) if (!failing.has(name)) logger.log("info", "ready again", { check: name });
    this.failing = failing;
    const status = this.isStopping ? "stopping" : failing.size > 0 ? "not-ready" : "ready";
    return { status, checks: Object.fromEntries<ReadinessAnswer["checks"][string]>(results) };
  }
}
