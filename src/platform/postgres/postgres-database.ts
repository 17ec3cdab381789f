import type { Pool, PoolClient, QueryResultRow } from "pg";
import { sleep as realSleep, type Sleep } from "../clock";
import type { ErrorCode } from "../errors";
import { retry, type RetryPolicy } from "../retry";
import { copyOut, type CopiedRow } from "./copy-out";
import { isRolledBack, postgresError } from "./postgres-error";
import { ensureSchema, type Schema } from "./schema";

/** Sends one statement and gives its rows. */
export type Query = <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A deadlock is over as soon as one of its transactions is rolled back. */
const deadlockRetryPolicy: RetryPolicy = { attempts: 6, firstDelayMs: 10, maxDelayMs: 200 };

export interface PostgresDatabaseOptions {
  readonly schema: Schema;
  /** What users of it know as the error that PostgreSQL cannot be used. */
  readonly unavailable: ErrorCode;
  /** @default the real one */
  readonly sleep?: Sleep;
}

/**
 * Statements and transactions on a pool. What met a deadlock or a serialization failure is done again; the tables are
 * made when they are first needed. Errors: `invalid_config`, and the one given for a database that cannot be used.
 */
export class PostgresDatabase {
  private schema: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly options: PostgresDatabaseOptions,
  ) {}

  /** One statement, a transaction by itself. */
  async query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    await this.requireSchema();
    return this.repeating(async () => (await this.pool.query<Row>(text, [...values])).rows);
  }

  /** Rows of a SELECT without parameters, as `copyOut` gives them: for many megabytes. */
  async copyOut(select: string): Promise<readonly CopiedRow[]> {
    await this.requireSchema();
    return this.onConnection((client) => copyOut(client, select));
  }

  /** Statements that count together or not at all. `work` may be run more than once. */
  async inTransaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    await this.requireSchema();
    return this.transaction(work);
  }

  /** Like `inTransaction`, for those who make the tables. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return this.onConnection(async (client) => {
      await client.query("BEGIN");
      const result = await work(queryOn(client));
      await client.query("COMMIT");
      return result;
    });
  }

  /** Until it has worked once. */
  requireSchema(): Promise<void> {
    this.schema ??= ensureSchema(this, this.options.schema).catch((error: unknown) => {
      this.schema = undefined;
      throw error;
    });
    return this.schema;
  }

  private onConnection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.repeating(async () => {
      const client = await this.pool.connect();
      let failure: unknown;
      try {
        return await work(client);
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        // the server rolls back what a closed connection had begun
        client.release(failure !== undefined);
      }
    });
  }

  private repeating<T>(operation: () => Promise<T>): Promise<T> {
    const { unavailable, sleep = realSleep } = this.options;
    const attempt = () =>
      operation().catch((error: unknown) => {
        throw postgresError(error, unavailable);
      });
    return retry(attempt, {
      policy: deadlockRetryPolicy,
      sleep,
      isRetryable: isRolledBack,
    });
  }
}

export function queryOn(client: PoolClient): Query {
  return async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await (values.length === 0 ? client.query<Row>(text) : client.query<Row>(text, [...values]))).rows;
}
