import { AppError } from "../../platform/errors";
import { canonicalName, isWithinZone, type RecordSet } from "../../dns/record-set";
import type { Upstream } from "../upstream/upstream";

/** What the proxy would send to Edge DNS. */
export interface UpstreamWrite {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  /** Undefined for a deletion. */
  readonly set?: RecordSet;
}

/** Edge DNS as it would stand, in memory: it holds these sets, and notes what is written. */
export class StandingZone implements Upstream {
  readonly writes: UpstreamWrite[] = [];
  private readonly sets = new Map<string, RecordSet>();

  constructor(
    private readonly zoneNames: readonly string[],
    standing: readonly RecordSet[],
  ) {
    for (const set of standing) this.sets.set(keyOf(set), set);
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  zone(zone: string) {
    return Promise.resolve({ zone });
  }

  zones() {
    return Promise.resolve(this.zoneNames.map((zone) => ({ zone })));
  }

  authorities(contractIds: readonly string[]) {
    return Promise.resolve(contractIds.map((contractId) => ({ contractId, authorities: [] })));
  }

  recordSets(zone: string): Promise<RecordSet[]> {
    return Promise.resolve([...this.sets.values()].filter(({ name }) => isWithinZone(canonicalName(name), zone)));
  }

  recordSet(_zone: string, name: string, type: string): Promise<RecordSet | undefined> {
    return Promise.resolve(this.sets.get(keyOf({ name, type })));
  }

  recordSetOnce(zone: string, name: string, type: string): Promise<RecordSet | undefined> {
    return this.recordSet(zone, name, type);
  }

  create(zone: string, set: RecordSet): Promise<void> {
    return this.createAll(zone, [set]);
  }

  /** Errors: `edge_dns_problem` (409) if one of them is there, as Edge DNS has it. */
  createAll(zone: string, sets: readonly RecordSet[]): Promise<void> {
    const taken = sets.find((set) => this.sets.has(keyOf(set)));
    if (taken !== undefined)
      return Promise.reject(
        new AppError("edge_dns_problem", `${taken.name} ${taken.type} is there already`, { facts: { status: 409 } }),
      );
    for (const set of sets) this.put("POST", zone, set);
    return Promise.resolve();
  }

  replace(zone: string, set: RecordSet): Promise<void> {
    this.put("PUT", zone, set);
    return Promise.resolve();
  }

  delete(zone: string, name: string, type: string): Promise<void> {
    this.sets.delete(keyOf({ name, type }));
    this.writes.push({ method: "DELETE", zone, name, type });
    return Promise.resolve();
  }

  private put(method: "POST" | "PUT", zone: string, set: RecordSet): void {
    this.sets.set(keyOf(set), set);
    this.writes.push({ method, zone, name: set.name, type: set.type, set });
  }
}

function keyOf({ name, type }: { readonly name: string; readonly type: string }): string {
  return `${canonicalName(name)} ${type}`;
}
