/** Route 53: hosted zones, and the record sets in them. Names are as everywhere in our code: lower case, no final dot. */
import type {
  Change,
  HostedZone as ApiZone,
  ListResourceRecordSetsCommandInput,
  ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { canonicalName, type RecordSet } from "../dns/record-set";
import type { Sleep } from "../platform/clock";
import { AppError } from "../platform/errors";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";
import type { TagChange, Tags } from "./tagged-resources";

export interface HostedZonesOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => Route53Client;
  readonly sleep: Sleep;
}

export interface HostedZone {
  /** `Z…`, without prefix. */
  readonly id: string;
  readonly name: string;
  readonly comment: string;
  readonly isPrivate: boolean;
}

export interface RecordSetChange {
  /** DELETE wants the set exactly as it is, CREATE that there is none; UPSERT writes in any case. */
  readonly action: "CREATE" | "DELETE" | "UPSERT";
  readonly set: RecordSet;
}

/** Waits between questions whether a change has reached all name servers; the last one is repeated. */
const insyncDelaysMs = [250, 500, 1_000, 2_000, 4_000];

export class HostedZones {
  constructor(private readonly options: HostedZonesOptions) {}

  /** Every zone of the account, private ones included. */
  async list({ signal }: CallOptions = {}): Promise<HostedZone[]> {
    const zones: HostedZone[] = [];
    let Marker: string | undefined;
    do {
      const input = { Marker };
      const page = await this.call("ListHostedZones", "*", signal, (client, options) =>
        client.send(new (sdk.route53().ListHostedZonesCommand)(input), options),
      );
      zones.push(...(page.HostedZones ?? []).map(toZone));
      Marker = page.IsTruncated === true ? page.NextMarker : undefined;
    } while (Marker !== undefined);
    return zones;
  }

  /** Zones of exactly this name. Names are not unique: a private zone may stand beside a public one. */
  async listByName(name: string, { signal }: CallOptions = {}): Promise<HostedZone[]> {
    const wanted = canonicalName(name);
    const page = await this.call("ListHostedZonesByName", name, signal, (client, options) =>
      client.send(new (sdk.route53().ListHostedZonesByNameCommand)({ DNSName: name }), options),
    );
    return (page.HostedZones ?? []).map(toZone).filter((zone) => zone.name === wanted);
  }

  /** Errors: `aws_not_found`. */
  async get(
    id: string,
    { signal }: CallOptions = {},
  ): Promise<HostedZone & { readonly nameServers: readonly string[] }> {
    const answer = await this.call("GetHostedZone", id, signal, (client, options) =>
      client.send(new (sdk.route53().GetHostedZoneCommand)({ Id: id }), options),
    );
    return { ...toZone(answer.HostedZone), nameServers: answer.DelegationSet?.NameServers ?? [] };
  }

  /** A public zone; `callerReference` makes a repetition of the call an error. Gives the change to wait for as well. */
  async create(
    zone: { readonly name: string; readonly comment?: string; readonly callerReference: string },
    { signal }: CallOptions = {},
  ): Promise<{ readonly id: string; readonly changeId: string }> {
    const { name: Name, callerReference: CallerReference, comment } = zone;
    const input = { Name, CallerReference, HostedZoneConfig: { Comment: comment, PrivateZone: false } };
    const answer = await this.call(
      "CreateHostedZone",
      Name,
      signal,
      (client, options) => client.send(new (sdk.route53().CreateHostedZoneCommand)(input), options),
      false,
    );
    return { id: toZone(answer.HostedZone).id, changeId: changeIdOf(answer) };
  }

  async setComment(id: string, Comment: string, { signal }: CallOptions = {}): Promise<void> {
    await this.call("UpdateHostedZoneComment", id, signal, (client, options) =>
      client.send(new (sdk.route53().UpdateHostedZoneCommentCommand)({ Id: id, Comment }), options),
    );
  }

  /** Errors: `aws_not_found`; `aws_request` while record sets beside those of Route 53 itself are left. */
  async delete(id: string, { signal }: CallOptions = {}): Promise<string> {
    const answer = await this.call("DeleteHostedZone", id, signal, (client, options) =>
      client.send(new (sdk.route53().DeleteHostedZoneCommand)({ Id: id }), options),
    );
    return changeIdOf(answer);
  }

  async tags(id: string, { signal }: CallOptions = {}): Promise<Tags> {
    const input = { ResourceType: "hostedzone" as const, ResourceId: id };
    const answer = await this.call("ListTagsForResource", id, signal, (client, options) =>
      client.send(new (sdk.route53().ListTagsForResourceCommand)(input), options),
    );
    return Object.fromEntries((answer.ResourceTagSet?.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  }

  async changeTags(id: string, change: TagChange, { signal }: CallOptions = {}): Promise<void> {
    const set = Object.entries(change.set).map(([Key, Value]) => ({ Key, Value }));
    const remove = [...change.remove];
    if (set.length === 0 && remove.length === 0) return;
    const input = {
      ResourceType: "hostedzone" as const,
      ResourceId: id,
      AddTags: set.length > 0 ? set : undefined,
      RemoveTagKeys: remove.length > 0 ? remove : undefined,
    };
    await this.call("ChangeTagsForResource", id, signal, (client, options) =>
      client.send(new (sdk.route53().ChangeTagsForResourceCommand)(input), options),
    );
  }

  /** All record sets of a zone with plain records; aliases and routing policies are left out. */
  async listRecordSets(zoneId: string, { signal }: CallOptions = {}): Promise<RecordSet[]> {
    const sets: RecordSet[] = [];
    const input: ListResourceRecordSetsCommandInput = { HostedZoneId: zoneId };
    let isTruncated: boolean | undefined;
    do {
      const page = await this.call("ListResourceRecordSets", zoneId, signal, (client, options) =>
        client.send(new (sdk.route53().ListResourceRecordSetsCommand)(input), options),
      );
      sets.push(...(page.ResourceRecordSets ?? []).flatMap(toRecordSet));
      isTruncated = page.IsTruncated;
      input.StartRecordName = page.NextRecordName;
      input.StartRecordType = page.NextRecordType;
    } while (isTruncated === true);
    return sets;
  }

  /** The set with this name and type, if there is one. Errors: `aws_not_found` if the zone does not exist. */
  async recordSet(
    zoneId: string,
    { name, type }: Pick<RecordSet, "name" | "type">,
    { signal }: CallOptions = {},
  ): Promise<RecordSet | undefined> {
    const input = {
      HostedZoneId: zoneId,
      StartRecordName: name,
      StartRecordType: type as ResourceRecordSet["Type"],
      MaxItems: 1,
    };
    const page = await this.call("ListResourceRecordSets", zoneId, signal, (client, options) =>
      client.send(new (sdk.route53().ListResourceRecordSetsCommand)(input), options),
    );
    const [found] = (page.ResourceRecordSets ?? []).flatMap(toRecordSet);
    return found?.name === canonicalName(name) && found.type === type ? found : undefined;
  }

  /**
   * All changes or none. A DELETE of the set as it was read together with a CREATE of the new one is a write that
   * fails, rather than overwrites, if somebody else was faster. Gives the change to wait for. Errors: `aws_request`
   * with InvalidChangeBatch in `facts.error`, `aws_not_found`.
   */
  async change(zoneId: string, changes: readonly RecordSetChange[], { signal }: CallOptions = {}): Promise<string> {
    const input = { HostedZoneId: zoneId, ChangeBatch: { Changes: changes.map(toApiChange) } };
    const answer = await this.call("ChangeResourceRecordSets", zoneId, signal, (client, options) =>
      client.send(new (sdk.route53().ChangeResourceRecordSetsCommand)(input), options),
    );
    return changeIdOf(answer);
  }

  /** Resolves once every name server has a change; bounded by the signal alone. */
  async waitForInsync(changeId: string, { signal }: CallOptions = {}): Promise<void> {
    for (let tries = 0; ; tries++) {
      const { ChangeInfo } = await this.call("GetChange", changeId, signal, (client, options) =>
        client.send(new (sdk.route53().GetChangeCommand)({ Id: changeId }), options),
      );
      if (ChangeInfo?.Status === "INSYNC") return;
      await this.options.sleep(insyncDelaysMs[Math.min(tries, insyncDelaysMs.length - 1)] ?? 0, signal);
    }
  }

  private call<T>(
    action: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: Route53Client, options: { abortSignal: AbortSignal }) => Promise<T>,
    repeatable = true,
  ): Promise<T> {
    return this.options.caller.call({
      action: `route53:${action}`,
      resource,
      region: this.options.region,
      signal,
      repeatable,
      send: (abortSignal) => send(this.options.client(), { abortSignal }),
    });
  }
}

function toZone(zone: ApiZone | undefined): HostedZone {
  if (zone?.Id === undefined || zone.Name === undefined)
    throw new AppError("aws_request", "Route 53 answered without a hosted zone");
  return {
    id: zone.Id.replace(/^\/hostedzone\//, ""),
    name: plainName(zone.Name),
    comment: zone.Config?.Comment ?? "",
    isPrivate: zone.Config?.PrivateZone ?? false,
  };
}

function toRecordSet({ Name, Type, TTL, ResourceRecords, SetIdentifier }: ResourceRecordSet): RecordSet[] {
  if (Name === undefined || Type === undefined || ResourceRecords === undefined || SetIdentifier !== undefined)
    return [];
  return [
    { name: plainName(Name), type: Type, ttlSeconds: TTL ?? 0, rdata: ResourceRecords.map(({ Value }) => Value ?? "") },
  ];
}

function toApiChange({ action, set }: RecordSetChange): Change {
  return {
    Action: action,
    ResourceRecordSet: {
      Name: set.name,
      Type: set.type as ResourceRecordSet["Type"],
      TTL: set.ttlSeconds,
      ResourceRecords: set.rdata.map((Value) => ({ Value })),
    },
  };
}

/** Answers escape what is no letter, digit, hyphen or underscore in octal, `\052` for an asterisk. */
function plainName(name: string): string {
  const plain = name.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
  return canonicalName(plain);
}

function changeIdOf({ ChangeInfo }: { ChangeInfo?: { Id?: string } | undefined }): string {
  if (ChangeInfo?.Id === undefined) throw new AppError("aws_request", "Route 53 answered without a change");
  return ChangeInfo.Id.replace(/^\/change\//, "");
}
