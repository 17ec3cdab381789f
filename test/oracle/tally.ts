/** What a run of the oracle has met, and where proxy and oracle differ. */
import type { AuditEntry } from "../../src/proxy/audit";
import type { Answered } from "./differences";
import type { Expectation } from "./judge-request";
import type { GrantEntry } from "./model";
import type { RawRequest } from "./read-request";

export interface Difference {
  readonly grants: readonly GrantEntry[];
  readonly request: RawRequest;
  readonly expected: Expectation;
  readonly answered: Answered;
  readonly differences: readonly string[];
  /** What was asked before, and answered. */
  readonly history: readonly string[];
}

export class Tally {
  readonly counts = new Map<string, number>();
  readonly differences: Difference[] = [];

  differ(difference: Difference): void {
    this.add("differences");
    if (this.differences.length < 20) this.differences.push(difference);
  }

  count(
    grants: readonly GrantEntry[],
    { verdict, isMerged, place }: Expectation,
    { method }: RawRequest,
    audited: readonly AuditEntry[],
  ): void {
    this.add("requests");
    this.add(verdict);
    if (place !== undefined) this.add(`${method} ${isMerged ? "merged" : "whole"} ${verdict}`);
    for (const { event, reason, grant } of audited) {
      const entry = grants[Number(/\d+/.exec(grant ?? "")?.[0])];
      if (event === "write") this.add("written");
      if (event === "write") this.add(`written under ${entry?.allow ?? "records"}`);
      if (event === "decision" && reason !== undefined) this.add(reason);
    }
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  private add(what: string): void {
    this.counts.set(what, this.of(what) + 1);
  }
}
