/** Connections to PostgreSQL, with a limit to every wait. */
import { Client, Pool, type PoolClient } from "pg";

/** What one pool needs to know. */
export interface PoolOptions {
  /** `postgres://USER:PASSWORD@HOST/DATABASE`. */
  readonly url: string;
  /** What the server shows in `pg_stat_activity`. */
  readonly program: string;
  /** Connections at most. */
  readonly max: number;
  /** For a connection, a free one of the pool included, in milliseconds. */
  readonly connectMs: number;
  /** For the server to end a statement, or a wait for a lock, in milliseconds. */
  readonly statementMs: number;
  /** For an answer, in milliseconds; for servers that cannot be reached any more. @default no limit */
  readonly answerMs?: number;
  /** Refuses a connection by throwing. */
  readonly check?: (client: PoolClient) => Promise<void>;
}

/**
 * The server looks every 2 s whether a waiting client is still there, so that a killed program leaves the queue of a lock;
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
export function openPool({ url, program, max, connectMs, statementMs, answerMs, check }: PoolOptions): Pool {
  // a pool looks into its URL at the first connection only
  new Client({ connectionString: url });
  const pool = new Pool({
    connectionString: url,
    application_name: program,
    options: sessionSettings,
    max,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    lock_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    query_timeout: answerMs,
    keepAlive: true,
    ...(check && { verify: (client, done) => void check(client).then(() => done(), done) }),
  });
  // a connection that breaks while nobody uses it is replaced by the pool; whoever uses one hears of it by its statement
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
