import { AppError } from "../platform/errors";
import { FairQueue } from "./coordination/fair-queue";
import { LocalZoneLocks } from "./coordination/local-zone-locks";
import type { ZoneLocks } from "./coordination/zone-locks";

/**
 * How long an answer may take, in milliseconds. .NET and PowerShell wait 100 s; a write that is cut off here is still
 * read back before it is answered (write-record-set.ts).
 */
export const defaultDeadlineMs = 60_000;

export interface ZoneWriterLimits {
  /** Writes that may wait for one zone. @default 256 */
  readonly maxWaiting?: number;
  /** Writes of one client that may wait for one zone. @default half of maxWaiting */
  readonly maxWaitingPerClient?: number;
  /** From the arrival of a write to its end, in milliseconds. @default defaultDeadlineMs */
  readonly deadlineMs?: number;
}

interface Zone {
  readonly waiting: FairQueue<() => void>;
  isBusy: boolean;
}

/**
 * One writer per zone: Edge DNS locks a whole zone for each write, so writes side by side would only fail. Clients take
 * turns: one that sends hundreds of writes keeps another's waiting for one of them. Queue and wait are bounded. Errors:
 * `edge_dns_busy` for a write whose turn never came; it has done nothing. Between replicas, `locks` decides.
 */
export class ZoneWriters {
  private readonly zones = new Map<string, Zone>();
  private readonly maxWaiting: number;
  private readonly maxWaitingPerClient: number;
  private readonly deadlineMs: number;

  constructor(
    limits: ZoneWriterLimits = {},
    private readonly locks: ZoneLocks = new LocalZoneLocks(),
  ) {
    this.maxWaiting = limits.maxWaiting ?? 256;
    this.maxWaitingPerClient = limits.maxWaitingPerClient ?? Math.ceil(this.maxWaiting / 2);
    this.deadlineMs = limits.deadlineMs ?? defaultDeadlineMs;
  }

  /** Writes in all zones whose turn has not come. */
  get waiting(): number {
    return [...this.zones.values()].reduce((sum, zone) => sum + zone.waiting.size, 0);
  }

  /**
   * Runs `operation` when its turn has come. Its signal aborts at the deadline, and when the zone's lock is lost; from
   * then on it must only settle.
   */
  run<T>(zone: string, client: string, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const own = this.zones.get(zone) ?? { waiting: new FairQueue(), isBusy: false };
    const { waiting } = own;
    if (waiting.size >= this.maxWaiting)
      return Promise.reject(busy(zone, `${waiting.size} writes are waiting already`));
    if (waiting.sizeOf(client) >= this.maxWaitingPerClient)
      return Promise.reject(busy(zone, `${waiting.sizeOf(client)} writes of this client are waiting already`));
    this.zones.set(zone, own);
    const deadline = new AbortController();
    return new Promise<T>((resolve, reject) => {
      let hasTurn = false;
      const timer = setTimeout(() => {
        const late = busy(zone, `no end within ${this.deadlineMs / 1000} s`);
        leave();
        deadline.abort(late);
        if (!hasTurn) reject(late);
      }, this.deadlineMs);
      const leave = waiting.add(client, () => {
        hasTurn = true;
        this.locks
          .hold(zone, deadline.signal, operation)
          .finally(() => {
            clearTimeout(timer);
            own.isBusy = false;
            this.next(zone, own);
          })
          .then(resolve, reject);
      });
      this.next(zone, own);
    });
  }

  private next(name: string, zone: Zone): void {
    if (zone.isBusy) return;
    const begin = zone.waiting.take();
    if (begin === undefined) {
      this.zones.delete(name);
      return;
    }
    zone.isBusy = true;
    begin();
  }
}

function busy(zone: string, why: string): AppError {
  return new AppError("edge_dns_busy", `the zone ${zone} is busy: ${why}`, { retryable: true });
}
