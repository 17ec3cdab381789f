/** Tags of hosted zones (Route 53 API reference, ChangeTagsForResource and ListTagsForResource). */
import { AwsError } from "../aws-error";
import { optionalText, record, text, type Input } from "../input";
import type { Operation } from "../service";
import { elements } from "../xml";
import type { AwsRegion } from "../aws-region";
import type { HostedZone } from "./hosted-zone";

const byId = (input: Input) => optionalText(input, "ResourceId");

/** Tags of one resource (Route 53 developer guide, "Tagging Amazon Route 53 resources"). */
const tagQuota = 50;

function zoneOf(input: Input, region: AwsRegion): HostedZone {
  if (text(input, "ResourceType") !== "hostedzone")
    throw new AwsError("InvalidInput", "the sandbox has tags of hosted zones only");
  return region.account.hostedZones.get(text(input, "ResourceId"));
}

const listTagsForResource: Operation = {
  subject: byId,
  reads: true,
  run(input, { region }) {
    const zone = zoneOf(input, region);
    const Tag = [...zone.tags].map(([Key, Value]) => ({ Key, Value }));
    return { ResourceTagSet: { ResourceType: "hostedzone", ResourceId: zone.facts.id, Tags: { Tag } } };
  },
};

const changeTagsForResource: Operation = {
  subject: byId,
  run(input, { region }) {
    const { tags } = zoneOf(input, region);
    const added = elements(record(input, "AddTags"), "Tag").map((tag) => tag as Input);
    const removed = elements(record(input, "RemoveTagKeys"), "Key").map(String);
    const keys = new Set(
      [...tags.keys(), ...added.map((tag) => text(tag, "Key"))].filter((key) => !removed.includes(key)),
    );
    if (keys.size > tagQuota) throw new AwsError("InvalidInput", `a hosted zone can have ${tagQuota} tags at most`);
    for (const key of removed) tags.delete(key);
    for (const tag of added) tags.set(text(tag, "Key"), optionalText(tag, "Value") ?? "");
    return {};
  },
};

export const tagOperations = {
  ListTagsForResource: listTagsForResource,
  ChangeTagsForResource: changeTagsForResource,
};
