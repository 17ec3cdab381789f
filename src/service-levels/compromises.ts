import type { LedgerLine } from "../ledger/ledger-line";

/** A certificate with a compromised key that was replaced. */
export interface Replacement {
  readonly at: Date;
  readonly seconds: number;
}

interface Compromise {
  sinceMs: number;
  readonly arn?: string;
  /** Sorted, joined. */
  readonly names: string;
}

/** Certificates with a compromised key, from the first word of it to their replacement in service. */
export class Compromises {
  private readonly open = new Map<string, Compromise>();
  /** What was replaced may be revoked once more. */
  private readonly closed = new Set<string>();

  /** What an entry says was replaced. */
  add(entry: LedgerLine): readonly Replacement[] {
    switch (entry.event) {
      case "certificate.revoked":
        return this.revoked(entry);
      case "renewal.ended":
      case "rollout.ended":
        return entry.outcome === "done" ? this.replaced(entry) : [];
      default:
        return [];
    }
  }

  /** How many have been in service longer than that. */
  overdue(now: Date, limitMs: number): number {
    return [...this.open.values()].filter(({ sinceMs }) => now.getTime() - sinceMs > limitMs).length;
  }

  private revoked({ time, outcome, subject, facts = {} }: LedgerLine): readonly Replacement[] {
    const { reason, begunAt, replacement, unused } = facts;
    const key = `${subject.serial ?? ""} ${subject.certificateArn ?? ""}`;
    if (reason !== "keyCompromise" || outcome === "refused" || unused === true || this.closed.has(key)) return [];
    const begunMs = Math.min(Date.parse(time), typeof begunAt === "string" ? Date.parse(begunAt) : Infinity);
    const known = this.open.get(key) ?? { sinceMs: begunMs, arn: subject.certificateArn, names: namesOf(subject) };
    known.sinceMs = Math.min(known.sinceMs, begunMs);
    this.open.set(key, known);
    return replacement === undefined ? [] : [this.close(key, known, time)];
  }

  /** A new certificate has the places of one with the same ARN or the same names. */
  private replaced({ time, subject }: LedgerLine): readonly Replacement[] {
    if (this.open.size === 0) return [];
    const names = namesOf(subject);
    return [...this.open]
      .filter(([, { arn, names: own }]) => (names !== "" && own === names) || (arn && arn === subject.certificateArn))
      .map(([key, compromise]) => this.close(key, compromise, time));
  }

  private close(key: string, { sinceMs }: Compromise, time: string): Replacement {
    this.open.delete(key);
    this.closed.add(key);
    const at = new Date(time);
    return { at, seconds: (at.getTime() - sinceMs) / 1000 };
  }
}

function namesOf({ names = [] }: LedgerLine["subject"]): string {
  return [...names].sort().join();
}
