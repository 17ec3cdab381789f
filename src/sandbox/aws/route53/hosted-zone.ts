import type { RecordSet } from "../../../dns/record-set";
import { AwsError } from "../aws-error";
import { checkRecords } from "./check-records";
import { reversedLabels, toPlainName, toRoute53Name } from "./domain-name";
import { zoneFileText } from "./zone-file-text";

/** A record set of a hosted zone: records with a life time, or an alias for something else of AWS. */
export interface HostedRecordSet {
  /** Without escapes and final dot. */
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds?: number;
  /** As written, in the order written. */
  readonly values: readonly string[];
  /** Kept and shown, not served. */
  readonly alias?: Readonly<Record<string, unknown>>;
}

export type ChangeAction = "CREATE" | "DELETE" | "UPSERT";

export interface RecordSetChange {
  readonly action: ChangeAction;
  readonly set: HostedRecordSet;
}

/** Of a name server set and of the SOA that Route 53 makes with a zone (Route 53 developer guide, "NS and SOA records"). */
const ownTtl = { NS: 172_800, SOA: 900 } as const;

/** Records of one batch; an UPSERT counts twice (Route 53 API reference, ChangeResourceRecordSets, "Limits"). */
const largestBatch = 1000;

export interface HostedZoneFacts {
  /** `Z…`, without prefix. */
  readonly id: string;
  /** Without final dot. */
  readonly name: string;
  readonly callerReference: string;
  readonly comment: string;
  readonly nameServers: readonly string[];
}

/** A public hosted zone and the rules for its record sets. */
export class HostedZone {
  readonly tags = new Map<string, string>();
  comment: string;
  private sets = new Map<string, HostedRecordSet>();

  constructor(readonly facts: HostedZoneFacts) {
    this.comment = facts.comment;
    const [primary = ""] = facts.nameServers;
    const { name } = facts;
    const soa = `${primary}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
    const servers = facts.nameServers.map((server) => `${server}.`);
    this.put(this.sets, { name, type: "NS", ttlSeconds: ownTtl.NS, values: servers });
    this.put(this.sets, { name, type: "SOA", ttlSeconds: ownTtl.SOA, values: [soa] });
  }

  /** In the order of lists. */
  all(): readonly HostedRecordSet[] {
    const key = ({ name, type }: HostedRecordSet) => `${reversedLabels(name)} ${type}`;
    return [...this.sets.values()].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  }

  /** What name servers answer: all but the zone's own NS and SOA, and aliases. */
  served(): readonly RecordSet[] {
    return this.all()
      .filter((set) => set.alias === undefined && !this.isRequired(set))
      .map(({ name, type, ttlSeconds = 0, values }) => {
        const rdata = type === "TXT" || type === "SPF" ? values.map(zoneFileText) : values;
        return { name, type, ttlSeconds, rdata };
      });
  }

  /** Whether only what Route 53 made is left. */
  isEmpty(): boolean {
    return this.all().every((set) => this.isRequired(set));
  }

  /**
   * All changes or none, in their order (Route 53 API reference, ChangeResourceRecordSets). Throws `InvalidChangeBatch`
   * with everything that is wrong.
   */
  change(changes: readonly RecordSetChange[]): void {
    const records = changes.reduce(
      (sum, { action, set }) => sum + set.values.length * (action === "UPSERT" ? 2 : 1),
      0,
    );
    if (records > largestBatch) throw invalidBatch([`Number of records limit of ${largestBatch} exceeded.`]);
    const trial = new Map(this.sets);
    const seen = new Set<string>();
    const problems = changes.flatMap(({ action, set }) => {
      const once = `${action === "DELETE" ? "DELETE" : "PUT"} ${keyOf(set)}`;
      if (seen.has(once))
        return [
          `The request contains an invalid set of changes for a resource record set '${set.type} ${toRoute53Name(set.name)}'`,
        ];
      seen.add(once);
      return action === "DELETE" ? this.remove(trial, set) : this.set(trial, set, action);
    });
    if (problems.length > 0) throw invalidBatch(problems);
    this.sets = trial;
  }

  private set(trial: Map<string, HostedRecordSet>, set: HostedRecordSet, action: ChangeAction): readonly string[] {
    const name = toRoute53Name(set.name);
    const zone = toRoute53Name(this.facts.name);
    if (`${set.name}.` !== `${this.facts.name}.` && !set.name.endsWith(`.${this.facts.name}`))
      return [`RRSet with DNS name ${name} is not permitted in zone ${zone}`];
    if (action === "CREATE" && trial.has(keyOf(set)))
      return [`Tried to create ${described(set)} but it already exists`];
    if (set.type === "CNAME" && set.name === this.facts.name)
      return [`RRSet of type CNAME with DNS name ${name} is not permitted at apex in zone ${zone}`];
    const others = [...trial.values()].filter((other) => other.name === set.name && other.type !== set.type);
    if (set.type === "CNAME" && others.length > 0)
      return [
        `RRSet of type CNAME with DNS name ${name} is not permitted as it conflicts with other records with the same DNS name in zone ${zone}`,
      ];
    if (others.some(({ type }) => type === "CNAME"))
      return [
        `RRSet of type ${set.type} with DNS name ${name} is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zone}`,
      ];
    const problems = set.alias === undefined ? checkRecords(set) : [];
    if (problems.length === 0) this.put(trial, set);
    return problems;
  }

  /** Everything must be as it is stored: type, time to live and every value (same page, "DELETE"). */
  private remove(trial: Map<string, HostedRecordSet>, set: HostedRecordSet): readonly string[] {
    const stored = trial.get(keyOf(set));
    if (stored === undefined) return [`Tried to delete ${described(set)} but it was not found`];
    if (this.isRequired(set))
      return [
        set.type === "NS"
          ? "A HostedZone must contain at least one NS record for the zone itself."
          : "A HostedZone must contain exactly one SOA record.",
      ];
    if (contentOf(stored) !== contentOf(set))
      return [`Tried to delete ${described(set)} but the values provided do not match the current values`];
    trial.delete(keyOf(set));
    return [];
  }

  private isRequired({ name, type }: HostedRecordSet): boolean {
    return name === this.facts.name && (type === "NS" || type === "SOA");
  }

  private put(sets: Map<string, HostedRecordSet>, set: HostedRecordSet): void {
    sets.set(keyOf(set), set);
  }
}

function keyOf({ name, type }: HostedRecordSet): string {
  return `${type} ${name}`;
}

function contentOf({ ttlSeconds, values, alias }: HostedRecordSet): string {
  return JSON.stringify([ttlSeconds, [...values].sort(), alias]);
}

function described({ name, type }: HostedRecordSet): string {
  return `resource record set [name='${toRoute53Name(toPlainName(name))}', type='${type}']`;
}

function invalidBatch(problems: readonly string[]): AwsError {
  return new AwsError("InvalidChangeBatch", `[${problems.join(", ")}]`);
}
