/** Tags of distributions (CloudFront API reference, TagResource, UntagResource, ListTagsForResource). */
import { optionalText, record, text, type Input } from "../input";
import type { Operation } from "../service";
import { elements } from "../xml";

const byArn = (input: Input) => optionalText(input, "Resource");

/** `Tags` of a request: `Items` with a `Tag` each. */
export function readTags(tags: unknown): [string, string][] {
  const { Items } = (typeof tags === "object" && tags !== null ? tags : {}) as Input;
  return elements(Items, "Tag").map((each) => {
    const tag = each as Input;
    return [text(tag, "Key"), optionalText(tag, "Value") ?? ""];
  });
}

const tagResource: Operation = {
  subject: byArn,
  run(input, { region }) {
    const { distributions } = region.account;
    distributions.setTags(distributions.getByArn(text(input, "Resource")), readTags(input.Tags));
    return {};
  },
};

const untagResource: Operation = {
  subject: byArn,
  run(input, { region }) {
    const { tags } = region.account.distributions.getByArn(text(input, "Resource"));
    for (const key of elements(record(input, "TagKeys").Items, "Key")) if (typeof key === "string") tags.delete(key);
    return {};
  },
};

const listTagsForResource: Operation = {
  subject: byArn,
  reads: true,
  run(input, { region }) {
    const { tags } = region.account.distributions.getByArn(text(input, "Resource"));
    return { Tags: { Items: { Tag: [...tags].map(([Key, Value]) => ({ Key, Value })) } } };
  },
};

export const tagOperations = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
