import type { Clock, Sleep } from "../platform/clock";
import { AppError, messageOf } from "../platform/errors";
import { FileLedger } from "./file-ledger";
import type { Ledger } from "./ledger";
import type * as Postgres from "./postgres-ledger";
import type { PostgresLedger } from "./postgres-ledger";

/** Loads `pg`, which most programs that keep a ledger do not need. */
const postgres = () => module.require("./postgres-ledger") as typeof Postgres;

export interface LedgerOptions {
  readonly clock?: Clock;
  readonly sleep?: Sleep;
}

/** Whether the place of a ledger is a database; else it is a file. */
export function isPostgresPlace(place: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(place);
}

/** `place`: a file, or `postgres://USER@HOST/DATABASE`. Nothing is opened before the first entry. Errors: `invalid_config`. */
export function openLedger(place: string, options: LedgerOptions = {}): Ledger {
  return isPostgresPlace(place) ? openPostgresLedger(place, options) : new FileLedger(place, options);
}

/** Errors: `invalid_config` for a URL that cannot be used, or a file that it names. */
export function openPostgresLedger(url: string, options: LedgerOptions = {}): PostgresLedger {
  try {
    return new (postgres().PostgresLedger)(url, options);
  } catch (error) {
    throw new AppError("invalid_config", `the ledger cannot be opened: ${messageOf(error)}`, {
      hint: "write postgres://USER@HOST/DATABASE, with the password in PGPASSWORD or ~/.pgpass",
    });
  }
}
