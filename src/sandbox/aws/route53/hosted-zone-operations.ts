/** Hosted zones (Route 53 API reference). */
import { AwsError } from "../aws-error";
import { optionalText, record, text, type Input } from "../input";
import type { Operation, Output } from "../service";
import { reversedLabels, toPlainName, toRoute53Name } from "./domain-name";
import type { HostedZone } from "./hosted-zone";
import { changeInfo, pageSizeOf } from "./shared-shapes";

const byId = (input: Input) => optionalText(input, "Id");
const byName = (input: Input) => optionalText(input, "Name");

/** Zones of one page (ListHostedZones, maxitems). */
const largestPage = 100;

function zoneOutput(zone: HostedZone): Output {
  const { id, name, callerReference } = zone.facts;
  return {
    Id: `/hostedzone/${id}`,
    Name: toRoute53Name(name),
    CallerReference: callerReference,
    Config: { Comment: zone.comment === "" ? undefined : zone.comment, PrivateZone: false },
    ResourceRecordSetCount: zone.all().length,
  };
}

const delegationSet = ({ facts }: HostedZone) => ({ NameServers: { NameServer: facts.nameServers } });

const createHostedZone: Operation = {
  subject: byName,
  run(input, { region }) {
    const config = record(input, "HostedZoneConfig");
    if (
      input.VPC !== undefined ||
      optionalText(config, "PrivateZone") === "true" ||
      input.DelegationSetId !== undefined
    )
      throw new AwsError("InvalidInput", "the sandbox has no private hosted zones and no reusable delegation sets");
    const { zone, change } = region.account.hostedZones.create({
      name: text(input, "Name"),
      callerReference: text(input, "CallerReference"),
      comment: optionalText(config, "Comment"),
    });
    return {
      HostedZone: zoneOutput(zone),
      ChangeInfo: changeInfo(change, change.submittedAt),
      DelegationSet: delegationSet(zone),
      Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.facts.id}`,
    };
  },
};

const getHostedZone: Operation = {
  subject: byId,
  reads: true,
  run(input, { region }) {
    const zone = region.account.hostedZones.get(text(input, "Id"));
    return { HostedZone: zoneOutput(zone), DelegationSet: delegationSet(zone) };
  },
};

const updateHostedZoneComment: Operation = {
  subject: byId,
  run(input, { region }) {
    const zone = region.account.hostedZones.get(text(input, "Id"));
    zone.comment = optionalText(input, "Comment") ?? "";
    return { HostedZone: zoneOutput(zone) };
  },
};

const deleteHostedZone: Operation = {
  subject: byId,
  run(input, { region, now }) {
    const { hostedZones } = region.account;
    return { ChangeInfo: changeInfo(hostedZones.delete(hostedZones.get(text(input, "Id"))), now) };
  },
};

const listHostedZones: Operation = {
  reads: true,
  run(input, { region, pageSize }) {
    const zones = [...region.account.hostedZones.all()].sort((one, other) => compare(one.facts.id, other.facts.id));
    const marker = optionalText(input, "marker");
    const size = pageSize(pageSizeOf(input), largestPage);
    const start = marker === undefined ? 0 : zones.findIndex(({ facts }) => facts.id === marker);
    if (start < 0) throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${marker ?? ""}`, 404);
    const next = zones[start + size];
    return {
      HostedZones: { HostedZone: zones.slice(start, start + size).map(zoneOutput) },
      Marker: marker,
      IsTruncated: next !== undefined,
      NextMarker: next?.facts.id,
      MaxItems: size,
    };
  },
};

/** Sorted by reversed labels, from a name on (ListHostedZonesByName). */
const listHostedZonesByName: Operation = {
  reads: true,
  run(input, { region, pageSize }) {
    const dnsName = optionalText(input, "dnsname");
    const hostedZoneId = optionalText(input, "hostedzoneid");
    const size = pageSize(pageSizeOf(input), largestPage);
    const key = ({ facts }: HostedZone) => `${reversedLabels(facts.name)} ${facts.id}`;
    const first = dnsName === undefined ? "" : `${reversedLabels(toPlainName(dnsName))} ${hostedZoneId ?? ""}`;
    const zones = [...region.account.hostedZones.all()]
      .sort((one, other) => compare(key(one), key(other)))
      .filter((zone) => key(zone) >= first);
    const next = zones[size];
    return {
      HostedZones: { HostedZone: zones.slice(0, size).map(zoneOutput) },
      DNSName: dnsName,
      HostedZoneId: hostedZoneId,
      IsTruncated: next !== undefined,
      NextDNSName: next && toRoute53Name(next.facts.name),
      NextHostedZoneId: next?.facts.id,
      MaxItems: size,
    };
  },
};

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

export const hostedZoneOperations = {
  CreateHostedZone: createHostedZone,
  GetHostedZone: getHostedZone,
  UpdateHostedZoneComment: updateHostedZoneComment,
  DeleteHostedZone: deleteHostedZone,
  ListHostedZones: listHostedZones,
  ListHostedZonesByName: listHostedZonesByName,
};
