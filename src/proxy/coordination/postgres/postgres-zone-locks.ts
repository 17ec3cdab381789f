import { createHash, randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { sleep as realSleep, type Sleep } from "../../../platform/clock";
import { silentLogger, type Logger } from "../../../platform/log";
import { unlessAborted } from "../../../platform/unless-aborted";
import type { ZoneLocks } from "../zone-locks";
import type { PostgresDatabase } from "../../../platform/postgres/postgres-database";
import { postgresError } from "../../../platform/postgres/postgres-error";
import { lockNamespace } from "./schema";
import { ZoneSession, type HeartbeatLimits } from "./zone-session";

export interface ZoneLockOptions extends HeartbeatLimits {
  /**
   * How long the next holder waits after one that died, in milliseconds, so that what that one had sent arrives before.
   * @default 10,000
   */
  readonly lockDelayMs?: number;
  readonly logger?: Logger;
  /** @default the real one */
  readonly sleep?: Sleep;
}

/** A row that is older was left by a write that must be over, whatever became of it: nobody waits that long for one. */
const longestWriteMs = 120_000;

/**
 * One writer per zone over all replicas: an advisory lock of a session, which ends with its connection, so that a killed
 * replica holds nothing. PostgreSQL serves those who wait in order. A row beside the lock says who writes: whoever finds
 * one has come after a holder that died, whose last request may still be on its way to Edge DNS.
 */
export class PostgresZoneLocks implements ZoneLocks {
  private readonly replica = randomUUID();

  constructor(
    private readonly pool: Pool,
    private readonly database: PostgresDatabase,
    private readonly options: ZoneLockOptions = {},
  ) {}

  async hold<T>(zone: string, signal: AbortSignal, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    await unlessAborted(this.database.requireSchema(), signal);
    const session = new ZoneSession(await this.connect(signal), zone, signal, this.options);
    let isLocked = false;
    let isReady = false;
    try {
      await session.wait("SELECT pg_advisory_lock($1, $2)", [lockNamespace, numberOf(zone)]);
      isLocked = true;
      await this.followUp(session, zone);
      isReady = true;
      return await operation(session.signal);
    } finally {
      if (!isLocked || !session.isAlive) session.release(false);
      else await this.letGo(session, zone, isReady);
    }
  }

  private async connect(signal: AbortSignal): Promise<PoolClient> {
    const connecting = this.pool.connect();
    try {
      return await unlessAborted(connecting, signal);
    } catch (error) {
      if (signal.aborted)
        void connecting.then(
          (client) => client.release(),
          () => undefined,
        );
      throw postgresError(error, "coordination_unavailable");
    }
  }

  /** Puts our row in place of one that was left, and then waits. Until it has waited, the next one would have to. */
  private async followUp(session: ZoneSession, zone: string): Promise<void> {
    const { logger = silentLogger, sleep = realSleep, lockDelayMs = 10_000 } = this.options;
    const [left] = await session.ask<{ since: number | null }>(
      `WITH before AS (SELECT taken_at FROM adp.zone_holders WHERE zone = $1)
       INSERT INTO adp.zone_holders (zone, replica, taken_at) VALUES ($1, $2, clock_timestamp())
       ON CONFLICT (zone) DO UPDATE SET replica = excluded.replica, taken_at = excluded.taken_at
       RETURNING (SELECT extract(epoch FROM clock_timestamp() - taken_at)::float8 * 1000 FROM before) AS since`,
      [zone, this.replica],
    );
    const since = left?.since ?? Infinity;
    if (since > longestWriteMs) return;
    logger.log("warn", "the last writer of a zone was lost: what it sent is waited for", { zone, waitMs: lockDelayMs });
    await sleep(lockDelayMs, session.signal);
  }

  /** The row goes before the lock does, so that nobody finds it. Should this fail, the connection's end frees the lock. */
  private async letGo(session: ZoneSession, zone: string, isReady: boolean): Promise<void> {
    let isSound = false;
    try {
      if (isReady)
        await session.ask("DELETE FROM adp.zone_holders WHERE zone = $1 AND replica = $2", [zone, this.replica]);
      await session.ask("SELECT pg_advisory_unlock($1, $2)", [lockNamespace, numberOf(zone)]);
      isSound = true;
    } catch (error) {
      const { logger = silentLogger } = this.options;
      logger.log("warn", "the lock of a zone ended with its connection", {
        zone,
        reason: postgresError(error, "coordination_unavailable").message,
      });
    } finally {
      session.release(isSound);
    }
  }
}

/** 32 bits with a sign. Two zones with the same number only wait for each other. */
function numberOf(zone: string): number {
  return createHash("sha256").update(zone).digest().readInt32BE(0);
}
