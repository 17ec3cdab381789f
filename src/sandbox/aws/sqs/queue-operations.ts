/** Queues, their attributes and their tags (SQS API reference). */
import { optionalText, record, text, texts, type Input } from "../input";
import { page } from "../page";
import type { CallContext, Operation, Output } from "../service";
import type { Queue } from "./queue";
import { attributesOf, setAttributes } from "./queue-attributes";

export const queueUrl = (input: Input) => optionalText(input, "QueueUrl");

function onQueue(run: (queue: Queue, input: Input, context: CallContext) => Output, reads = false): Operation {
  return {
    subject: queueUrl,
    reads,
    run: (input, context) => run(context.region.queues.byUrl(text(input, "QueueUrl")), input, context),
  };
}

const createQueue: Operation = {
  subject: (input) => optionalText(input, "QueueName"),
  run(input, { region, origin }) {
    const tags = Object.entries(record(input, "tags")).map(([key, value]) => [key, String(value)] as const);
    const name = text(input, "QueueName");
    return { QueueUrl: region.queues.create({ name, origin, attributes: record(input, "Attributes"), tags }).url };
  },
};

const getQueueUrl: Operation = {
  subject: (input) => optionalText(input, "QueueName"),
  reads: true,
  run: (input, { region }) => ({ QueueUrl: region.queues.named(text(input, "QueueName")).url }),
};

const listQueues: Operation = {
  reads: true,
  run(input, { region, pageSize }) {
    const prefix = optionalText(input, "QueueNamePrefix") ?? "";
    const { items, next } = page(
      region.queues.all().filter(({ name }) => name.startsWith(prefix)),
      { token: optionalText(input, "NextToken"), size: pageSize(undefined, 1_000), idOf: ({ arn }) => arn },
    );
    return { QueueUrls: items.map(({ url }) => url), NextToken: next };
  },
};

const getQueueAttributes = onQueue((queue, input, { now }) => {
  const wanted = texts(input, "AttributeNames");
  const all = Object.entries(attributesOf(queue, now));
  return { Attributes: Object.fromEntries(all.filter(([name]) => wanted.includes("All") || wanted.includes(name))) };
}, true);

const setQueueAttributes = onQueue((queue, input) => {
  setAttributes(queue, record(input, "Attributes"));
  return {};
});

const deleteQueue = onQueue((queue, _, { region }) => {
  region.queues.delete(queue);
  return {};
});

const listQueueTags = onQueue(({ tags }) => ({ Tags: Object.fromEntries(tags) }), true);

const tagQueue = onQueue(({ tags }, input) => {
  for (const [key, value] of Object.entries(record(input, "Tags"))) tags.set(key, String(value));
  return {};
});

const untagQueue = onQueue(({ tags }, input) => {
  for (const key of texts(input, "TagKeys")) tags.delete(key);
  return {};
});

export const queueOperations = {
  CreateQueue: createQueue,
  GetQueueUrl: getQueueUrl,
  ListQueues: listQueues,
  GetQueueAttributes: getQueueAttributes,
  SetQueueAttributes: setQueueAttributes,
  DeleteQueue: deleteQueue,
  ListQueueTags: listQueueTags,
  TagQueue: tagQueue,
  UntagQueue: untagQueue,
};
