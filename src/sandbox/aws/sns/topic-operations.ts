/** Topics, their attributes and their tags (SNS API reference). */
import { AwsError } from "../aws-error";
import { optionalText, record, tagPairs, text, texts, type Input } from "../input";
import { page } from "../page";
import type { Operation } from "../service";
import { checkMessage } from "./check-message";

const topicArn = (input: Input) => optionalText(input, "TopicArn");
const resourceArn = (input: Input) => optionalText(input, "ResourceArn");

const createTopic: Operation = {
  subject: (input) => optionalText(input, "Name"),
  run(input, { region }) {
    const attributes = Object.entries(record(input, "Attributes"));
    if (attributes.some(([name, value]) => name === "FifoTopic" && value === "true"))
      throw new AwsError("InvalidParameter", "Invalid parameter: the sandbox has no FIFO topics");
    const topic = region.topics.create(text(input, "Name"), tagPairs(input));
    for (const [name, value] of attributes)
      if (name !== "FifoTopic") region.topics.setAttribute(topic, name, String(value));
    return { TopicArn: topic.arn };
  },
};

/** What is not set is not answered, but for what every topic has (GetTopicAttributes). */
const getTopicAttributes: Operation = {
  subject: topicArn,
  reads: true,
  run(input, { region, accountId }) {
    const { arn, attributes, subscriptions } = region.topics.get(text(input, "TopicArn"));
    const delivery = JSON.stringify({
      http: {
        defaultHealthyRetryPolicy: {
          minDelayTarget: 20,
          maxDelayTarget: 20,
          numRetries: 3,
          numMaxDelayRetries: 0,
          numNoDelayRetries: 0,
          numMinDelayRetries: 0,
          backoffFunction: "linear",
        },
        disableSubscriptionOverrides: false,
        defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
      },
    });
    const known = [
      ["TopicArn", arn],
      ["Owner", accountId],
      ["DisplayName", ""],
      ["EffectiveDeliveryPolicy", delivery],
      ["SubscriptionsConfirmed", String(subscriptions.size)],
      ["SubscriptionsPending", "0"],
      ["SubscriptionsDeleted", "0"],
      ...attributes,
    ] as const;
    return { Attributes: new Map(known) };
  },
};

const setTopicAttributes: Operation = {
  subject: topicArn,
  run(input, { region }) {
    const topic = region.topics.get(text(input, "TopicArn"));
    region.topics.setAttribute(topic, text(input, "AttributeName"), optionalText(input, "AttributeValue") ?? "");
    return {};
  },
};

/** The caller's own right to publish counts; that of services is the topic's policy. */
const publish: Operation = {
  subject: topicArn,
  run(input, { region, callerArn }) {
    const message = { subject: optionalText(input, "Subject"), body: optionalText(input, "Message") ?? "" };
    checkMessage({ ...message, attributes: record(input, "MessageAttributes") });
    const topic = region.topics.get(text(input, "TopicArn"));
    return { MessageId: region.topics.keep(topic, callerArn, message) };
  },
};

const deleteTopic: Operation = {
  subject: topicArn,
  run(input, { region }) {
    region.topics.delete(text(input, "TopicArn"));
    return {};
  },
};

const listTopics: Operation = {
  reads: true,
  run(input, { region, pageSize }) {
    const { items, next } = page(region.topics.all(), {
      token: optionalText(input, "NextToken"),
      size: pageSize(undefined, 100),
      idOf: ({ arn }) => arn,
    });
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: next };
  },
};

const listTags: Operation = {
  subject: resourceArn,
  reads: true,
  run: (input, { region }) => ({
    Tags: [...region.topics.get(text(input, "ResourceArn")).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
};

const tagResource: Operation = {
  subject: resourceArn,
  run(input, { region }) {
    const { tags } = region.topics.get(text(input, "ResourceArn"));
    for (const [key, value] of tagPairs(input)) tags.set(key, value);
    return {};
  },
};

const untagResource: Operation = {
  subject: resourceArn,
  run(input, { region }) {
    const { tags } = region.topics.get(text(input, "ResourceArn"));
    for (const key of texts(input, "TagKeys")) tags.delete(key);
    return {};
  },
};

export const topicOperations = {
  CreateTopic: createTopic,
  GetTopicAttributes: getTopicAttributes,
  SetTopicAttributes: setTopicAttributes,
  Publish: publish,
  DeleteTopic: deleteTopic,
  ListTopics: listTopics,
  ListTagsForResource: listTags,
  TagResource: tagResource,
  UntagResource: untagResource,
};
