/**
 * The audit trail: one JSON object per line for each decision and each write upstream. It holds names, values and
 * tokens of clients, which are public or not secret; never a signature, a secret or a header.
 */
import { open } from "node:fs/promises";
import { systemClock, type Clock } from "../platform/clock";
import { AppError, messageOf } from "../platform/errors";
import type { RecordSet } from "../dns/record-set";
import type { GrantKind } from "./policy/policy";

export interface AuditEntry {
  /**
   * `decision`: a signed request was judged. `write`: what became of one that was allowed and changes something.
   * `refused`: the signature was good, but the client was not let in. `token`: short-lived credentials were issued.
   */
  readonly event: "decision" | "write" | "refused" | "token";
  readonly requestId: string;
  readonly client: string;
  readonly token: string;
  readonly remoteAddress: string;
  readonly operation?: string;
  readonly zone?: string;
  readonly name?: string;
  readonly type?: string;
  readonly verdict?: "allow" | "deny";
  /** Of `deny` and `refused`. */
  readonly reason?: string;
  /** Of `allow`: where the grant stands in the policy file. */
  readonly grant?: string;
  /** What kind of grant that is; the file may be another one when the trail is read. */
  readonly allow?: GrantKind;
  /** Of `write`: `unknown` means that Edge DNS could not be asked whether the write was done. */
  readonly outcome?: "done" | "failed" | "unknown";
  /** Of `token`: who proved by an OpenID Connect token to be the client, and until when the credentials are good. */
  readonly issuer?: string;
  readonly subject?: string;
  readonly expires?: string;
  /** Of a request for several sets: what it changes, each with its grant. */
  readonly changes?: readonly AuditedChange[];
  /** The set before and after; null is an absent set. */
  readonly before?: RecordSet | null;
  readonly after?: RecordSet | null;
}

export interface AuditedChange {
  readonly name: string;
  readonly type: string;
  readonly grant: string;
  readonly allow: GrantKind;
  readonly before: RecordSet | null;
  readonly after: RecordSet | null;
}

/** Where entries go. `write` MUST resolve only when the entry is handed to the system: what is not on record is not done. */
export interface Audit {
  write(entry: AuditEntry): Promise<void>;
  close(): Promise<void>;
}

/** Appends to a file that only its owner may read. Errors: `store_unwritable`. */
export async function openAuditFile(path: string, clock: Clock = systemClock): Promise<Audit> {
  const failed = (error: unknown) =>
    new AppError("store_unwritable", `cannot write the audit file ${path}: ${messageOf(error)}`, {
      cause: error,
      hint: "check that its folder exists, belongs to this user and is not full",
    });
  const file = await open(path, "a", 0o600).catch((error: unknown) => {
    throw failed(error);
  });
  let last: Promise<unknown> = Promise.resolve();
  return {
    write: (entry) => {
      const line = JSON.stringify({ time: clock.now().toISOString(), ...entry }) + "\n";
      const written = last
        .then(() => file.appendFile(line))
        .catch((error: unknown) => {
          throw failed(error);
        });
      last = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
}
