import type { LedgerLine } from "../../../ledger/ledger-line";
import { Latest } from "./latest";

const most = 50;
/** What more runs than these did to listeners matters no more. */
const mostRuns = 200;

/** A certificate that some of its listeners serve, and others do not. */
export interface PartialDeployment {
  readonly names: readonly string[];
  readonly at: Date;
  /** Who says so, and why. */
  readonly message: string;
  readonly listeners: readonly ListenerState[];
}

export interface ListenerState {
  /** Its ARN or address, or the name of a distribution or domain name. */
  readonly name: string;
  readonly state: "new" | "old" | "failed" | "unknown";
}

interface Change extends ListenerState {
  readonly certificateArn: string;
}

/** Deployments that ended half-way, each with what became of its listeners, until one of the same names is complete. */
export class PartialDeployments {
  private readonly latest = new Latest<PartialDeployment>(most);
  /** When a deployment was last complete, of names that had a partial one. */
  private readonly complete = new Map<string, Date>();
  private readonly changes = new Map<string, Change[]>();

  add(entry: LedgerLine): void {
    if (entry.event === "attachment.changed") this.addChange(entry);
    const { actor, subject, facts = {}, error, time } = entry;
    const { names = [], certificateArn } = subject;
    if (facts.deployment === undefined) return;
    const at = new Date(time);
    const changes = this.changes.get(actor.run) ?? [];
    const own = changes.filter((change) => change.certificateArn === certificateArn);
    // a renewal that failed is told with the ARN that it began with
    const listeners = (own.length > 0 ? own : changes).map(({ name, state }) => ({ name, state }));
    this.changes.set(
      actor.run,
      changes.filter((change) => own.length > 0 && !own.includes(change)),
    );
    if (facts.deployment === "partial") {
      this.latest.add({ names, at, message: error?.message ?? "", listeners });
      this.complete.set(keyOf(names), new Date(0));
    } else if (facts.deployment === "complete" && this.complete.has(keyOf(names))) this.complete.set(keyOf(names), at);
  }

  /** Latest first, of each certificate the last. */
  get open(): readonly PartialDeployment[] {
    const seen = new Set<string>();
    return this.latest.items.filter(({ names, at }) => {
      const key = keyOf(names);
      const isOpen = !seen.has(key) && (this.complete.get(key) ?? at) <= at;
      seen.add(key);
      return isOpen;
    });
  }

  private addChange({ actor, subject, outcome, facts = {} }: LedgerLine): void {
    const { attachment, certificateArn = "" } = subject;
    if (attachment === undefined || facts.change === "detached") return;
    const state = outcome === "done" ? "new" : outcome === "unknown" ? "unknown" : "failed";
    const others = (this.changes.get(actor.run) ?? []).filter(({ name }) => name !== attachment);
    this.changes.set(actor.run, [...others, { name: attachment, state, certificateArn }]);
    const [oldest] = this.changes.keys();
    if (this.changes.size > mostRuns && oldest !== undefined) this.changes.delete(oldest);
  }
}

function keyOf(names: readonly string[]): string {
  return [...names].sort().join();
}
