/**
 * The audit trail: one line of a hash chain for each decision and each write upstream. It holds names, values and
 * tokens of clients, which are public or not secret; never a signature, a secret or a header.
 */
import { systemClock, type Clock } from "../platform/clock";
import type { ChainHead } from "../platform/hash-chain/chain-line";
import { HashChain } from "../platform/hash-chain/hash-chain";
import type { RecordSet } from "../dns/record-set";
import type { GrantKind } from "./policy/policy";

export interface AuditEntry {
  /**
   * `decision`: a signed request was judged. `write`: what became of one that was allowed and changes something.
   * `refused`: the signature was good, but the client was not let in, or nothing could be decided. `token`: short-lived credentials were issued.
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
  /** To be called after the file was moved away; what follows goes to a new one. */
  reopen(): Promise<void>;
  /** The last entry on record; whoever notes it elsewhere can tell later that nothing before it was changed. */
  head(): ChainHead;
  close(): Promise<void>;
}

/** Hears what became of each entry. MUST NOT throw. */
export interface AuditObserver {
  readonly onRecord?: (entry: AuditEntry) => void;
  /** The entry could not be written. */
  readonly failed?: (error: unknown) => void;
}

/** The same trail, with those who hear of it. */
export function observedAudit(audit: Pick<Audit, "write">, observers: readonly AuditObserver[]): Pick<Audit, "write"> {
  return {
    write: async (entry) => {
      try {
        await audit.write(entry);
      } catch (error) {
        for (const observer of observers) observer.failed?.(error);
        throw error;
      }
      for (const observer of observers) observer.onRecord?.(entry);
    },
  };
}

/** Appends to a file that only its owner may read. Errors: those of `HashChain.open`. */
export async function openAuditFile(path: string, clock: Clock = systemClock): Promise<Audit> {
  const chain = await HashChain.open(path, { clock });
  return {
    write: (entry) => chain.append(entry),
    reopen: () => chain.reopen(),
    head: () => chain.head(),
    close: () => chain.close(),
  };
}
