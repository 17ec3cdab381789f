/** Topics of one region. Messages are kept for tests to read; nobody is written to. */
import { AwsError } from "../aws-error";
import { isPolicy } from "../resource-policy";
import { firstPolicy, mayPublish } from "./topic-policy";

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly tags: Map<string, string>;
  /** Those that SetTopicAttributes takes. */
  readonly attributes: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Map<string, string>;
}

export interface PublishedMessage {
  readonly topicArn: string;
  /** Principal of the service that published it, or ARN of the caller. */
  readonly from: string;
  readonly subject?: string;
  readonly body: string;
  readonly at: Date;
}

export interface TopicsOptions {
  readonly accountId: string;
  readonly region: string;
  readonly newId: () => string;
  readonly now: () => Date;
}

const settable = [
  "ApplicationFailureFeedbackRoleArn",
  "ApplicationSuccessFeedbackRoleArn",
  "ApplicationSuccessFeedbackSampleRate",
  "DeliveryPolicy",
  "DisplayName",
  "FirehoseFailureFeedbackRoleArn",
  "FirehoseSuccessFeedbackRoleArn",
  "FirehoseSuccessFeedbackSampleRate",
  "HTTPFailureFeedbackRoleArn",
  "HTTPSuccessFeedbackRoleArn",
  "HTTPSuccessFeedbackSampleRate",
  "KmsMasterKeyId",
  "LambdaFailureFeedbackRoleArn",
  "LambdaSuccessFeedbackRoleArn",
  "LambdaSuccessFeedbackSampleRate",
  "Policy",
  "SQSFailureFeedbackRoleArn",
  "SQSSuccessFeedbackRoleArn",
  "SQSSuccessFeedbackSampleRate",
  "SignatureVersion",
  "TracingConfig",
];

export class Topics {
  private readonly topics = new Map<string, Topic>();
  private readonly published: PublishedMessage[] = [];

  constructor(private readonly options: TopicsOptions) {}

  /** A topic of the same name is answered again; with other tags it is refused (SNS API reference, CreateTopic). */
  create(name: string, tags: readonly (readonly [string, string])[]): Topic {
    if (!/^[\w-]{1,256}$/.test(name)) invalid("Topic Name");
    const { region, accountId } = this.options;
    const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
    const known = this.topics.get(arn);
    if (known && tags.some(([key, value]) => known.tags.get(key) !== value))
      invalid("Tags Reason: Topic already exists with different tags");
    if (known) return known;
    const attributes = new Map([["Policy", firstPolicy(arn, accountId)]]);
    const made = { arn, name, tags: new Map(tags), attributes, subscriptions: new Map<string, Subscription>() };
    this.topics.set(arn, made);
    return made;
  }

  all(): readonly Topic[] {
    return [...this.topics.values()];
  }

  get(arn: string): Topic {
    const found = this.topics.get(arn);
    if (found) return found;
    throw new AwsError("NotFound", "Topic does not exist", 404);
  }

  /** Done as well if it is gone (DeleteTopic). Its subscriptions go with it. */
  delete(arn: string): void {
    this.topics.delete(arn);
  }

  setAttribute(topic: Topic, name: string, value: string): void {
    if (!settable.includes(name)) invalid("AttributeName");
    if (name === "Policy" && !isPolicy(value)) invalid("Policy Error: null");
    topic.attributes.set(name, value);
  }

  /** What a service of AWS says to a topic; without the right to, nothing comes of it. */
  publish(topicArn: string, service: string, { subject, body }: Pick<PublishedMessage, "subject" | "body">): void {
    const topic = this.topics.get(topicArn);
    const policy = topic?.attributes.get("Policy");
    const publisher = { service, accountId: this.options.accountId };
    if (topic === undefined || policy === undefined || !mayPublish(policy, topicArn, publisher)) return;
    this.keep(topic, service, { subject, body });
  }

  /** Takes a message, and gives its id. */
  keep({ arn: topicArn }: Topic, from: string, { subject, body }: Pick<PublishedMessage, "subject" | "body">): string {
    this.published.push({ topicArn, from, subject, body, at: this.options.now() });
    return this.options.newId();
  }

  messages(): readonly PublishedMessage[] {
    return this.published;
  }

  newId(): string {
    return this.options.newId();
  }
}

/** SNS begins every text about a parameter so. */
function invalid(reason: string): never {
  throw new AwsError("InvalidParameter", `Invalid parameter: ${reason}`);
}
