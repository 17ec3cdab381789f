import type { PostgresDatabase } from "../../../platform/postgres/postgres-database";

export interface PurgeLimits {
  /** Memories of clients, all replicas together. @default 100,000 */
  readonly maxMemories?: number;
}

/**
 * Removes what nobody will ask for: replay keys that ended, memories not used for a day, and those used longest ago where
 * there are too many. Replicas may do it at the same time: rows that another one is at are left to it.
 */
export async function purge(database: PostgresDatabase, { maxMemories = 100_000 }: PurgeLimits = {}): Promise<void> {
  await database.query(
    `DELETE FROM adp.replay_keys WHERE key IN
       (SELECT key FROM adp.replay_keys WHERE expires_at <= clock_timestamp() LIMIT 50000 FOR UPDATE SKIP LOCKED)`,
  );
  await database.query(
    `DELETE FROM adp.client_memories WHERE (client, zone, name, type) IN
       (SELECT client, zone, name, type FROM adp.client_memories
        WHERE used_at <= clock_timestamp() - interval '1 day'
           OR used_at < (SELECT used_at FROM adp.client_memories ORDER BY used_at DESC OFFSET $1 LIMIT 1)
        LIMIT 50000 FOR UPDATE SKIP LOCKED)`,
    [maxMemories - 1],
  );
}
