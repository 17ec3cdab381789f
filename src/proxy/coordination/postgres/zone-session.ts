import type { PoolClient, QueryConfig } from "pg";
import { abortedError } from "../../../platform/clock";
import { AppError } from "../../../platform/errors";
import { unlessAborted } from "../../../platform/unless-aborted";
import { postgresError } from "../../../platform/postgres/postgres-error";

export interface HeartbeatLimits {
  /** The connection is tried this often, in milliseconds. @default 2,000 */
  readonly heartbeatMs?: number;
  /** A connection that does not answer for this long is lost, in milliseconds. @default 5,000 */
  readonly answerMs?: number;
}

/** A connection on which a lock is held, or waited for. It notices its own end, also that of a server that fell silent. */
export class ZoneSession {
  private readonly ending = new AbortController();
  private readonly answerMs: number;
  private readonly heartbeat: NodeJS.Timeout;
  private isLost = false;
  private isWaiting = false;
  /** The statement in work: a connection takes one at a time. */
  private inWork: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: PoolClient,
    private readonly zone: string,
    private readonly outer: AbortSignal,
    { heartbeatMs = 2_000, answerMs = 5_000 }: HeartbeatLimits,
  ) {
    this.answerMs = answerMs;
    client.on("error", this.lose);
    client.on("end", this.lose);
    if (outer.aborted) this.stop();
    outer.addEventListener("abort", this.stop);
    this.heartbeat = setInterval(() => void this.beat(), heartbeatMs).unref();
  }

  /** Whether what the session holds is still held, as far as is known. */
  get isAlive(): boolean {
    return !this.isLost;
  }

  /** Aborts with the caller's signal, and when the connection is lost. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** Sends a statement that is answered at once. Errors: `coordination_unavailable`. */
  ask<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const config: QueryConfig & { query_timeout: number } = { text, values: [...values], query_timeout: this.answerMs };
    const answer = this.inWork
      .then(() => this.client.query<Row>(config))
      .then(
        ({ rows }) => rows,
        (error: unknown) => {
          throw postgresError(error, "coordination_unavailable");
        },
      );
    this.inWork = answer.catch(() => undefined);
    return answer;
  }

  /** Sends a statement that may take until the signal aborts. Errors: `coordination_unavailable`, the signal's reason. */
  async wait(text: string, values: readonly unknown[]): Promise<void> {
    if (this.signal.aborted) throw abortedError(this.signal);
    this.isWaiting = true;
    const answer = this.client.query(text, [...values]).finally(() => (this.isWaiting = false));
    await unlessAborted(answer, this.signal).catch((error: unknown) => {
      throw postgresError(error, "coordination_unavailable");
    });
  }

  /** Gives the connection back, or closes it, which frees what the session holds. */
  release(isSound: boolean): void {
    clearInterval(this.heartbeat);
    this.outer.removeEventListener("abort", this.stop);
    this.client.off("error", this.lose);
    this.client.off("end", this.lose);
    this.client.release(!isSound || this.isLost || this.isWaiting);
  }

  private readonly stop = () => this.ending.abort(this.outer.reason);

  private readonly lose = () => {
    this.isLost = true;
    const message = `the lock of the zone ${this.zone} is lost: its connection to PostgreSQL ended`;
    this.ending.abort(new AppError("coordination_unavailable", message, { retryable: true }));
  };

  /** While a statement waits, the server is at it and has its own way to notice that nobody listens. */
  private async beat(): Promise<void> {
    if (this.isWaiting || this.isLost) return;
    await this.ask("SELECT 1", []).catch(this.lose);
  }
}
