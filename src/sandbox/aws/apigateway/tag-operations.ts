/** Tags of domain names, the same in both versions of the API (API Gateway API references, Tags). */
import { record, text, type Input } from "../input";
import type { Operation } from "../service";

const resourceArn = (input: Input) => text(input, "resourceArn");

const getTags: Operation = {
  subject: resourceArn,
  reads: true,
  run: (input, { region }) => ({ tags: region.account.domainNames.byArn(resourceArn(input)).tags }),
};

const tagResource: Operation = {
  subject: resourceArn,
  run(input, { region }) {
    const { domainNames } = region.account;
    const found = domainNames.byArn(resourceArn(input));
    domainNames.setTags(found, { ...found.tags, ...(record(input, "tags") as Readonly<Record<string, string>>) });
    return {};
  },
};

const untagResource: Operation = {
  subject: resourceArn,
  run(input, { region }) {
    const { domainNames } = region.account;
    const found = domainNames.byArn(resourceArn(input));
    const gone: readonly unknown[] = [input.tagKeys].flat();
    domainNames.setTags(found, Object.fromEntries(Object.entries(found.tags).filter(([key]) => !gone.includes(key))));
    return {};
  },
};

export const tagOperations = { GetTags: getTags, TagResource: tagResource, UntagResource: untagResource };
