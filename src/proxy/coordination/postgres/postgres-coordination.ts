import type { Sleep } from "../../../platform/clock";
import { messageOf } from "../../../platform/errors";
import { silentLogger, type Logger } from "../../../platform/log";
import { openPool } from "../../../platform/postgres/open-pool";
import { PostgresDatabase } from "../../../platform/postgres/postgres-database";
import { unlessAborted } from "../../../platform/unless-aborted";
import type { Coordination } from "../coordination";
import { PostgresMemoryStore } from "./postgres-memory-store";
import { PostgresReplayKeys } from "./postgres-replay-keys";
import { PostgresZoneLocks, type ZoneLockOptions } from "./postgres-zone-locks";
import { purge, type PurgeLimits } from "./purge";
import { requireOwnSession } from "./require-own-session";
import { coordinationSchema } from "./schema";

export interface PostgresLimits {
  /** For a connection, a free one of the pool included, in milliseconds. @default 5,000 */
  readonly connectMs?: number;
  /** For one statement that is not a wait for a zone, in milliseconds. @default 5,000 */
  readonly statementMs?: number;
  /** Connections for statements. @default 10 */
  readonly maxConnections?: number;
  /** Connections for zones in work, one each. @default 32 */
  readonly maxZones?: number;
}

export interface PostgresCoordinationOptions extends PostgresLimits, PurgeLimits, ZoneLockOptions {
  /** `postgres://user@host/database`. */
  readonly url: string;
  /** Between removals of what is old, in milliseconds. @default 60,000 */
  readonly purgeEveryMs?: number;
  readonly logger?: Logger;
  readonly sleep?: Sleep;
}

/** For a write that waits for its zone; each has a deadline of its own, long before this. */
const longestWaitMs = 10 * 60_000;

/** What replicas share, in PostgreSQL. Nothing is connected before it is needed; a server that went away may come back. */
export function postgresCoordination(options: PostgresCoordinationOptions): Coordination {
  const { url, connectMs = 5_000, statementMs = 5_000, maxConnections = 10, maxZones = 32 } = options;
  const { logger = silentLogger, purgeEveryMs = 60_000 } = options;
  const limits = { url, connectMs, program: "akamai-dns-proxy", check: requireOwnSession };
  const statements = openPool({ ...limits, max: maxConnections, statementMs, answerMs: statementMs + 1_000 });
  const zones = openPool({ ...limits, max: maxZones, statementMs: longestWaitMs });
  const database = new PostgresDatabase(statements, {
    schema: coordinationSchema,
    unavailable: "coordination_unavailable",
    sleep: options.sleep,
  });
  const purging = setInterval(() => {
    purge(database, options).catch((error: unknown) => {
      logger.log("warn", "what is old stays in PostgreSQL for now", { reason: messageOf(error) });
    });
  }, purgeEveryMs).unref();
  let closing: Promise<void> | undefined;
  return {
    zones: new PostgresZoneLocks(zones, database, options),
    replays: new PostgresReplayKeys(database),
    memories: new PostgresMemoryStore(database),
    check: async (signal) => {
      await unlessAborted(database.query("SELECT version FROM adp.schema_version"), signal);
    },
    close: () => {
      clearInterval(purging);
      return (closing ??= Promise.all([statements.end(), zones.end()]).then(() => undefined));
    },
  };
}
