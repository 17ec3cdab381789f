import { createHash } from "node:crypto";
import type { ReplayKeys } from "../replay-keys";
import type { PostgresDatabase } from "../../../platform/postgres/postgres-database";

/**
 * Replay keys in a table. Of two that insert one key at once the later waits for the earlier. Ends count by the database's
 * clock, because those of replicas differ.
 */
export class PostgresReplayKeys implements ReplayKeys {
  constructor(private readonly database: PostgresDatabase) {}

  async admit(key: string, keepMs: number): Promise<boolean> {
    const digest = createHash("sha256").update(key).digest();
    const admitted = await this.database.query(
      `INSERT INTO adp.replay_keys AS kept (key, expires_at)
       VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
       ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE kept.expires_at <= clock_timestamp()
       RETURNING 1`,
      [digest, keepMs],
    );
    return admitted.length > 0;
  }
}
