import { emptyMemory, type ClientMemory, type Recollection } from "../../merge/client-memory";
import type { MemoryStore, SetOfClient } from "../memory-store";
import type { PostgresDatabase } from "../../../platform/postgres/postgres-database";

interface Row {
  readonly memory: ClientMemory;
  readonly now: number;
}

/** Memories of clients as JSON documents. The first statement makes the row or locks it; it is free at the commit. */
export class PostgresMemoryStore implements MemoryStore {
  constructor(private readonly database: PostgresDatabase) {}

  transact<T>(
    { client, zone, name, type }: SetOfClient,
    change: (memory: ClientMemory, now: number) => Recollection<T>,
  ): Promise<T> {
    const key = [client, zone, name, type];
    return this.database.inTransaction(async (query) => {
      const [row] = await query<Row>(
        `INSERT INTO adp.client_memories AS kept (client, zone, name, type, memory, used_at)
         VALUES ($1, $2, $3, $4, $5, clock_timestamp())
         ON CONFLICT (client, zone, name, type) DO UPDATE SET used_at = clock_timestamp()
         RETURNING memory, extract(epoch FROM used_at)::float8 * 1000 AS now`,
        [...key, JSON.stringify(emptyMemory)],
      );
      const before = row?.memory ?? emptyMemory;
      const { memory, result } = change(before, row?.now ?? 0);
      if (memory !== before)
        await query(
          "UPDATE adp.client_memories SET memory = $5 WHERE client = $1 AND zone = $2 AND name = $3 AND type = $4",
          [...key, JSON.stringify(memory)],
        );
      return result;
    });
  }
}
