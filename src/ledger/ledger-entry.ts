/**
 * One entry of the ledger: who did what to which thing, why, and what became of it. Entries are flat enough for people to
 * read and for a SIEM to index; docs/reference/ledger.md has the members. They hold names, ARNs and numbers, never a secret.
 */

/** What happened. Names are part of the public contract: add, never rename. */
export const ledgerEvents = [
  "certificate.issued",
  "certificate.imported",
  "certificate.deleted",
  "certificate.revoked",
  "attachment.changed",
  "renewal.begun",
  "renewal.ended",
  "rollout.ended",
  "drift.checked",
  "change.approved",
  "policy.denied",
  "waiver.used",
] as const;
export type LedgerEvent = (typeof ledgerEvents)[number];

/**
 * `done`: it is so now. `failed`: it is not, or was put back. `refused`: nothing was begun, since a rule or a check said
 * no. `unknown`: the other side could not be asked what became of it.
 */
export const ledgerOutcomes = ["done", "failed", "refused", "unknown"] as const;
export type LedgerOutcome = (typeof ledgerOutcomes)[number];

/** Who acts, the same for all entries of a run. */
export interface LedgerActor {
  /** A person or a CI job, as the system says that started it: `github:octocat`, `alice@build-7`. */
  readonly who: string;
  /** With its version: `manage-certs 0.1.0`. */
  readonly program: string;
  /** Entries of one run have the same; a UUID. */
  readonly run: string;
  /** The pipeline's own page of this run. */
  readonly runUrl?: string;
}

/** What it was done to; what does not apply is absent. */
export interface LedgerSubject {
  readonly names?: readonly string[];
  readonly certificateArn?: string;
  /** Of the leaf, in lower-case hex. */
  readonly serial?: string;
  /** SHA-256 of the leaf's DER octets, in lower-case hex. */
  readonly fingerprint?: string;
  /** A listener, distribution or domain name that serves it. */
  readonly attachment?: string;
  readonly account?: string;
  readonly region?: string;
  /** A Terraform stack or folder. */
  readonly stack?: string;
  /** The id of a rule. */
  readonly rule?: string;
}

export interface LedgerEntry {
  /** A UUID: what is appended again, because nobody knew whether it arrived, is there once. */
  readonly id: string;
  readonly event: LedgerEvent;
  readonly outcome: LedgerOutcome;
  readonly actor: LedgerActor;
  readonly subject: LedgerSubject;
  /** For people: `due: 12 days left of 90`. */
  readonly why?: string;
  /** Of `failed`, `refused` and `unknown`. `code`: docs/reference/errors.md. */
  readonly error?: { readonly code: string; readonly message: string };
  /** What others know the act by: an order's URL, an AWS request id, a request id of the proxy. */
  readonly requestIds?: Readonly<Record<string, string>>;
  /** What else a reader wants to know: `notAfter`, `checksum`, `role`. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}
