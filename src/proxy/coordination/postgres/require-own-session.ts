import type { PoolClient } from "pg";
import { AppError } from "../../../platform/errors";

/**
 * Locks belong to a session. A pooler such as PgBouncer hands one session to many clients: seen by the number of the
 * server process, which is the pooler's own invention in what it says at the start. Errors: `invalid_config`,
 * `coordination_unavailable` for a standby.
 */
export async function requireOwnSession(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ pid: number; standby: boolean }>(
    "SELECT pg_backend_pid() AS pid, pg_is_in_recovery() AS standby",
  );
  const { processID } = client as PoolClient & { readonly processID?: number };
  if (rows[0]?.pid !== processID)
    throw new AppError("invalid_config", "a connection pooler stands before PostgreSQL, so zones cannot be locked", {
      hint: "name the server itself under coordination",
    });
  if (rows[0]?.standby !== false)
    throw new AppError("coordination_unavailable", "this PostgreSQL server is a standby: it shares no locks", {
      hint: "name the primary under coordination",
      retryable: true,
    });
}
