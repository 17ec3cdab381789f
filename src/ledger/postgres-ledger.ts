import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import { systemClock, type Clock, type Sleep } from "../platform/clock";
import { chainStart, formatChainLine, type ChainHead } from "../platform/hash-chain/chain-line";
import { openPool } from "../platform/postgres/open-pool";
import { PostgresDatabase, type Query } from "../platform/postgres/postgres-database";
import { isMistake } from "../platform/postgres/postgres-error";
import { retry, type RetryPolicy } from "../platform/retry";
import type { Ledger } from "./ledger";
import type { LedgerEntry } from "./ledger-entry";
import { ledgerSchema } from "./postgres-ledger-schema";

/** A server that restarts, or fails over, is back in seconds. */
const outagePolicy: RetryPolicy = { attempts: 6, firstDelayMs: 200, maxDelayMs: 5_000 };

export interface PostgresLedgerOptions {
  readonly clock?: Clock;
  readonly sleep?: Sleep;
}

/** Some megabytes. */
const rowsAtOnce = 5_000;

/** Rows that follow one another. */
export interface LedgerPage {
  /** Number of the last one. */
  readonly last: number;
  /** Without their line feeds. */
  readonly lines: readonly Buffer[];
}

/** A ledger in PostgreSQL, for many writers: the lines of the same chain, one row each. */
export class PostgresLedger implements Ledger {
  private readonly pool: Pool;
  private readonly database: PostgresDatabase;

  constructor(
    url: string,
    private readonly options: PostgresLedgerOptions = {},
  ) {
    this.pool = openPool({
      url,
      program: "unexpired",
      max: 2,
      connectMs: 5_000,
      statementMs: 30_000,
      answerMs: 31_000,
    });
    this.database = new PostgresDatabase(this.pool, {
      schema: ledgerSchema,
      unavailable: "ledger_unavailable",
      sleep: options.sleep,
    });
  }

  async append(entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { sleep } = this.options;
    // a commit whose answer was lost may have worked: the ids tell
    await retry(() => this.database.inTransaction((query) => this.write(query, entries)), {
      policy: outagePolicy,
      isRetryable: (error) => error.retryable && !isMistake(error),
      sleep,
    });
  }

  /** Lines with a greater number than `after`, in their order. While one page is looked at, the next is on its way. */
  async *pages(after: number): AsyncGenerator<LedgerPage> {
    for (let next = this.page(after); ;) {
      const page = await next;
      if (page.isFull) next = this.page(page.last);
      // whoever has enough does not wait for it
      next.catch(() => undefined);
      // the server begins with it before anybody works on this one
      await setImmediate();
      if (page.lines.length > 0) yield page;
      if (!page.isFull) return;
    }
  }

  async head(): Promise<ChainHead> {
    return headOf((text) => this.database.query(text));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async page(after: number): Promise<LedgerPage & { readonly isFull: boolean }> {
    const rows = await this.database.copyOut(
      `SELECT seq, line FROM unexpired.ledger WHERE seq > ${after} ORDER BY seq LIMIT ${rowsAtOnce}`,
    );
    const last = rows.at(-1)?.[0]?.readBigInt64BE();
    return {
      last: last === undefined ? after : Number(last),
      lines: rows.flatMap(([, line]) => line ?? []),
      isFull: rows.length === rowsAtOnce,
    };
  }

  private async write(query: Query, entries: readonly LedgerEntry[]): Promise<void> {
    const { clock = systemClock } = this.options;
    // writers take turns until their commit; nobody sees a number that is not there yet
    await query("SELECT pg_advisory_xact_lock($1, 1)", [ledgerSchema.lockNamespace]);
    const ids = entries.map(({ id }) => id);
    const there = await query<{ id: string }>("SELECT id FROM unexpired.ledger WHERE id = ANY($1::uuid[])", [ids]);
    const known = new Set(there.map(({ id }) => id));
    let { seq, hash } = await headOf(query);
    const rows = { seq: [] as number[], id: [] as string[], line: [] as string[] };
    for (const entry of entries) {
      if (known.has(entry.id)) continue;
      const facts = { seq: seq + 1, time: clock.now().toISOString(), prev: hash };
      const formatted = formatChainLine({ ...facts, ...(seq === 0 && { begins: "chain" }) }, JSON.stringify(entry));
      seq += 1;
      hash = formatted.hash;
      rows.seq.push(seq);
      rows.id.push(entry.id);
      rows.line.push(formatted.line.slice(0, -1));
    }
    if (rows.seq.length === 0) return;
    await query(
      `INSERT INTO unexpired.ledger (seq, id, line) SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[])`,
      [rows.seq, rows.id, rows.line],
    );
    await query("UPDATE unexpired.ledger_head SET seq = $1, hash = $2", [seq, hash]);
  }
}

async function headOf(query: Query): Promise<ChainHead> {
  const [row] = await query<{ seq: string; hash: string }>("SELECT seq, hash FROM unexpired.ledger_head");
  return row === undefined ? chainStart : { seq: Number(row.seq), hash: row.hash };
}
