/** Tags of Classic Load Balancers (Elastic Load Balancing API reference, 2012-06-01). */
import { atMost, records, tagPairs, text, texts, type Input } from "../input";
import type { Operation } from "../service";

const names = (input: Input) => texts(input, "LoadBalancerNames");
const subject = (input: Input) => names(input).join(",");

/** Up to 20 load balancers in a call (API reference, DescribeTags). */
const describeTags: Operation = {
  subject,
  reads: true,
  run: (input, { region }) => ({
    TagDescriptions: atMost(20, names(input), "loadBalancerNames").map((LoadBalancerName) => ({
      LoadBalancerName,
      Tags: [...region.classicElb.get(LoadBalancerName).tags].map(([Key, Value]) => ({ Key, Value })),
    })),
  }),
};

const addTags: Operation = {
  subject,
  run(input, { region }) {
    for (const name of names(input))
      for (const [key, value] of tagPairs(input)) region.classicElb.get(name).tags.set(key, value);
    return {};
  },
};

const removeTags: Operation = {
  subject,
  run(input, { region }) {
    const keys = records(input, "Tags").map((tag) => text(tag, "Key"));
    for (const name of names(input)) for (const key of keys) region.classicElb.get(name).tags.delete(key);
    return {};
  },
};

export const tagOperations = { DescribeTags: describeTags, AddTags: addTags, RemoveTags: removeTags };
