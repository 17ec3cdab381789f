import type { KeyAccessAnomaly } from "../../../service-levels/key-access/fold-key-accesses";
import type { LedgerLine } from "../../../ledger/ledger-line";
import { causeOf } from "../../../service-levels/failure-cause";
import { causeNames } from "./cause-names";
import { Latest } from "./latest";

/** Failures of one cause with less than that between them are one incident. */
const pauseMs = 3600_000;
const most = 200;

/** Something that somebody had to look at. */
export interface Incident {
  /** What stands behind it, in a word or two. */
  readonly kind: string;
  readonly begunAt: Date;
  lastAt: Date;
  failures: number;
  /** What the last failure said. */
  message: string;
}

/** What goes wrong with certificates, put together: an outage of a CA is one incident, however many renewals it stops. */
export class Incidents {
  private readonly latest = new Latest<Incident>(most);
  private readonly open = new Map<string, Incident>();

  add(entry: LedgerLine): void {
    const { event, subject, error, facts = {}, time } = entry;
    if (facts.deployment === "partial")
      this.happened("partial deployment", time, `${subject.names?.[0] ?? ""} is on some of its listeners only`);
    if (event === "certificate.revoked" && facts.reason === "keyCompromise")
      this.happened("key compromise", time, `${subject.names?.[0] ?? subject.serial ?? ""} is revoked`);
    const cause = causeOf(entry);
    // a denial is the policy at work, not an incident
    if (error !== undefined && cause !== undefined && cause !== "policy" && event !== "drift.checked")
      this.happened(causeNames[cause], time, error.message);
  }

  /** A use of a key or secret that nobody expects. */
  addAccess({ event: { eventName, eventTime, userIdentity } }: KeyAccessAnomaly): void {
    this.happened("key access", eventTime, `${eventName} by ${userIdentity?.arn ?? "somebody who is not told"}`);
  }

  /** Those that went on after that, latest first. */
  since(moment: Date): readonly Incident[] {
    return this.latest.items.filter(({ lastAt }) => lastAt > moment);
  }

  private happened(kind: string, time: string, message: string): void {
    const at = new Date(time);
    const known = this.open.get(kind);
    if (known !== undefined && at.getTime() - known.lastAt.getTime() < pauseMs) {
      known.lastAt = at;
      known.failures += 1;
      known.message = message;
      return;
    }
    const incident = { kind, begunAt: at, lastAt: at, failures: 1, message };
    this.open.set(kind, incident);
    this.latest.add(incident);
  }
}
