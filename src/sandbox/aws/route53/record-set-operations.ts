/** Record sets and their changes (Route 53 API reference). */
import { AwsError } from "../aws-error";
import { optionalText, record, text, type Input } from "../input";
import type { Operation, Output } from "../service";
import { elements } from "../xml";
import { reversedLabels, toPlainName, toRoute53Name } from "./domain-name";
import type { HostedRecordSet, RecordSetChange } from "./hosted-zone";
import { changeInfo, pageSizeOf } from "./shared-shapes";

const byId = (input: Input) => optionalText(input, "Id");

/** Record sets of one page (ListResourceRecordSets, maxitems). */
const largestPage = 300;

const changeResourceRecordSets: Operation = {
  subject: byId,
  async run(input, { region, now }) {
    const zone = region.account.hostedZones.get(text(input, "Id"));
    const changes = elements(record(record(input, "ChangeBatch"), "Changes"), "Change").map(readChange);
    if (changes.length === 0) throw new AwsError("InvalidInput", "the batch holds no change");
    return { ChangeInfo: changeInfo(await region.account.hostedZones.change(zone, changes), now) };
  },
};

function readChange(given: unknown): RecordSetChange {
  const change = asInput(given);
  const action = text(change, "Action");
  if (action !== "CREATE" && action !== "DELETE" && action !== "UPSERT")
    throw new AwsError("InvalidInput", `Value '${action}' at 'Action' must be one of CREATE, DELETE, UPSERT`);
  const set = record(change, "ResourceRecordSet");
  if (set.SetIdentifier !== undefined)
    throw new AwsError("InvalidInput", "the sandbox has simple routing only: SetIdentifier is not known here");
  const ttl = optionalText(set, "TTL");
  return {
    action,
    set: {
      name: toPlainName(text(set, "Name")),
      type: text(set, "Type"),
      ttlSeconds: ttl === undefined ? undefined : Number(ttl),
      values: elements(record(set, "ResourceRecords"), "ResourceRecord").map((each) => text(asInput(each), "Value")),
      alias: set.AliasTarget === undefined ? undefined : record(set, "AliasTarget"),
    },
  };
}

/** From a name and type on (ListResourceRecordSets, "Specifying where to start"). */
const listResourceRecordSets: Operation = {
  subject: byId,
  reads: true,
  run(input, { region, pageSize }) {
    const zone = region.account.hostedZones.get(text(input, "Id"));
    const name = optionalText(input, "name");
    const type = optionalText(input, "type");
    if (type !== undefined && name === undefined) throw new AwsError("InvalidInput", "a type is given without a name");
    const size = pageSize(pageSizeOf(input), largestPage);
    const key = (set: { name: string; type: string }) => `${reversedLabels(set.name)} ${set.type}`;
    const first = name === undefined ? "" : key({ name: toPlainName(name), type: type ?? "" });
    const sets = zone.all().filter((set) => key(set) >= first);
    const next = sets[size];
    return {
      ResourceRecordSets: { ResourceRecordSet: sets.slice(0, size).map(setOutput) },
      IsTruncated: next !== undefined,
      NextRecordName: next && toRoute53Name(next.name),
      NextRecordType: next?.type,
      MaxItems: size,
    };
  },
};

function setOutput({ name, type, ttlSeconds, values, alias }: HostedRecordSet): Output {
  return {
    Name: toRoute53Name(name),
    Type: type,
    TTL: ttlSeconds,
    ResourceRecords: alias === undefined ? { ResourceRecord: values.map((Value) => ({ Value })) } : undefined,
    AliasTarget: alias,
  };
}

const getChange: Operation = {
  subject: byId,
  reads: true,
  run: (input, { region, now }) => ({
    ChangeInfo: changeInfo(region.account.hostedZones.getChange(text(input, "Id")), now),
  }),
};

function asInput(value: unknown): Input {
  return typeof value === "object" && value !== null ? (value as Input) : {};
}

export const recordSetOperations = {
  ChangeResourceRecordSets: changeResourceRecordSets,
  ListResourceRecordSets: listResourceRecordSets,
  GetChange: getChange,
};
