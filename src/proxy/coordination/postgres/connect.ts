/** Connections to PostgreSQL, with a limit to every wait, and only to a server that fits. */
import { Client, Pool, type PoolClient } from "pg";
import { AppError } from "../../../platform/errors";

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

/** What one pool needs to know. */
export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  readonly connectMs: number;
  /** For the server to end a statement, or a wait for a lock, in milliseconds. */
  readonly statementMs: number;
  /** For an answer, in milliseconds; for servers that cannot be reached any more. @default no limit */
  readonly answerMs?: number;
}

/**
 * The server looks every 2 s whether a waiting client is still there, so that a killed replica leaves the queue of a zone;
 * and it takes a host that is silent for 20 s for dead, which frees its locks. PostgreSQL 14 or later.
 */
const sessionSettings = [
  "client_connection_check_interval=2s",
  "tcp_keepalives_idle=5",
  "tcp_keepalives_interval=5",
  "tcp_keepalives_count=3",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");

/** Connects nothing yet. Errors: those of reading a file that the URL names, say `sslrootcert`. */
export function openPool({ url, max, connectMs, statementMs, answerMs }: PoolOptions): Pool {
  // a pool looks into its URL at the first connection only
  new Client({ connectionString: url });
  const pool = new Pool({
    connectionString: url,
    application_name: "akamai-dns-proxy",
    options: sessionSettings,
    max,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    lock_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    query_timeout: answerMs,
    keepAlive: true,
    verify: (client, done) => void checkServer(client).then(() => done(), done),
  });
  // a connection that breaks while nobody uses it is replaced by the pool; whoever uses one hears of it by its statement
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/**
 * Locks belong to a session. A pooler such as PgBouncer hands one session to many clients: seen by the number of the
 * server process, which is the pooler's own invention in what it says at the start.
 */
async function checkServer(client: PoolClient): Promise<void> {
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
