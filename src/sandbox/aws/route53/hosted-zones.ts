/** The hosted zones of an account. One whose name no other zone of the sandbox had before is delegated: it is served. */
import type { RecordSet } from "../../../dns/record-set";
import type { ZoneStore } from "../../zone-store";
import { AwsError } from "../aws-error";
import type { AwsFaults } from "../aws-faults";
import { toPlainName } from "./domain-name";
import { HostedZone, type RecordSetChange } from "./hosted-zone";

export interface HostedZonesOptions {
  readonly faults: () => AwsFaults;
  readonly newId: () => string;
  readonly now: () => Date;
  /** What the name servers of the sandbox serve. @default none */
  readonly zones?: ZoneStore;
}

export interface ZoneChange {
  /** `C…`, without prefix. */
  readonly id: string;
  readonly submittedAt: Date;
  readonly insyncAt: Date;
}

export interface NewHostedZone {
  readonly name: string;
  readonly callerReference: string;
  readonly comment?: string;
}

export class HostedZones {
  private readonly zones = new Map<string, HostedZone>();
  private readonly changes = new Map<string, ZoneChange>();
  private readonly callerReferences = new Set<string>();
  /** What the name servers have of each delegated zone. */
  private readonly served = new Map<string, readonly RecordSet[]>();
  private readonly busy = new Set<string>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly options: HostedZonesOptions) {}

  all(): readonly HostedZone[] {
    return [...this.zones.values()];
  }

  get(id: string): HostedZone {
    const found = this.zones.get(withoutPrefix(id));
    if (found) return found;
    throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${withoutPrefix(id)}`, 404);
  }

  create({ name, callerReference, comment = "" }: NewHostedZone): { zone: HostedZone; change: ZoneChange } {
    if (this.callerReferences.has(callerReference))
      throw new AwsError(
        "HostedZoneAlreadyExists",
        "A hosted zone has already been created with the specified caller reference.",
        409,
      );
    const plain = toPlainName(name);
    if (!/^(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}$/.test(plain) || plain.length > 253)
      throw new AwsError("InvalidDomainName", `${name} is not a valid domain name`);
    const id = `Z${this.shortId(20)}`;
    const number = parseInt(this.options.newId().slice(0, 3), 16) % 64;
    const nameServers = ["com", "net", "org", "co.uk"].map(
      (end, index) => `ns-${number + 512 * index}.awsdns-0${index}.${end}`,
    );
    const zone = new HostedZone({ id, name: plain, callerReference, comment, nameServers });
    this.callerReferences.add(callerReference);
    this.zones.set(id, zone);
    if (this.options.zones?.zone(plain) === undefined) {
      this.options.zones?.createZone(plain);
      this.served.set(id, []);
    }
    return { zone, change: this.changed(zone) };
  }

  delete(zone: HostedZone): ZoneChange {
    const { id, name } = zone.facts;
    if (!zone.isEmpty())
      throw new AwsError(
        "HostedZoneNotEmpty",
        "The specified hosted zone contains non-required resource record sets  and so cannot be deleted.",
      );
    this.zones.delete(id);
    if (this.served.delete(id)) this.options.zones?.removeZone(name);
    return this.changed(zone);
  }

  /**
   * One batch after the other: while one is worked on, further ones for the zone are refused (Route 53 API reference,
   * ChangeResourceRecordSets, PriorRequestNotComplete).
   */
  async change(zone: HostedZone, changes: readonly RecordSetChange[]): Promise<ZoneChange> {
    const { id } = zone.facts;
    if (this.busy.has(id))
      throw new AwsError(
        "PriorRequestNotComplete",
        "The request was rejected because Route 53 was still processing a prior request.",
      );
    const { recordWriteMs } = this.options.faults();
    this.busy.add(id);
    try {
      if (recordWriteMs > 0) await new Promise<void>((resolve) => this.after(recordWriteMs, resolve));
      zone.change(changes);
      return this.changed(zone);
    } finally {
      this.busy.delete(id);
    }
  }

  getChange(id: string): ZoneChange {
    const found = this.changes.get(withoutPrefix(id));
    if (found) return found;
    throw new AwsError("NoSuchChange", `Could not find resource with ID: ${withoutPrefix(id)}`, 404);
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** INSYNC is said once the name servers have it (Route 53 API reference, GetChange). */
  private changed(zone: HostedZone): ZoneChange {
    const { changeDelayMs } = this.options.faults();
    const submittedAt = this.options.now();
    const insyncAt = new Date(submittedAt.getTime() + changeDelayMs);
    const change = { id: `C${this.shortId(20)}`, submittedAt, insyncAt };
    this.changes.set(change.id, change);
    const sets = zone.served();
    if (changeDelayMs === 0) this.serve(zone, sets);
    else this.after(changeDelayMs, () => this.serve(zone, sets));
    return change;
  }

  private serve({ facts: { id, name } }: HostedZone, put: readonly RecordSet[]): void {
    const before = this.served.get(id);
    if (before === undefined) return;
    const remove = before.filter((set) => !put.some((each) => each.name === set.name && each.type === set.type));
    this.options.zones?.write(name, { put, remove });
    this.served.set(id, put);
  }

  private after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }

  private shortId(length: number): string {
    return this.options.newId().replaceAll("-", "").slice(0, length).toUpperCase();
  }
}

/** Both `Z123` and `/hostedzone/Z123` name a zone, both `C123` and `/change/C123` a change. */
function withoutPrefix(id: string): string {
  return id.replace(/^\/?(?:hostedzone|change)\//, "");
}
