import { AwsError } from "../aws-error";
import { isPolicy } from "../resource-policy";
import type { Queue } from "./queue";

/** As it is written in the attribute. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** 1 to 1,000, as a number or digits. */
  readonly maxReceiveCount: number | string;
}

/** Those with numbers: the least, the most, and what a queue has that nobody set (SQS API reference, SetQueueAttributes). */
const numbers: Readonly<Record<string, readonly [least: number, most: number, initial: number]>> = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1_024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
};

const texts = ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "SqsManagedSseEnabled"];

export function numberOf({ attributes }: Queue, name: string): number {
  return Number(attributes.get(name) ?? numbers[name]?.[2]);
}

/** Throws AwsError `InvalidAttributeName`, `InvalidAttributeValue`. */
export function setAttributes({ attributes }: Queue, given: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(given)) {
    check(name, String(value));
    if (value === "") attributes.delete(name);
    else attributes.set(name, String(value));
  }
}

/** What GetQueueAttributes tells. */
export function attributesOf(queue: Queue, now: Date): Readonly<Record<string, string>> {
  const hidden = queue.all().filter(({ visibleAt }) => visibleAt > now.getTime());
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(queue.all().length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length),
    ApproximateNumberOfMessagesDelayed: "0",
    ...Object.fromEntries(Object.entries(numbers).map(([name, [, , initial]]) => [name, String(initial)])),
    ...Object.fromEntries(queue.attributes),
  };
}

function check(name: string, value: string): void {
  const range = numbers[name];
  if (range === undefined && !texts.includes(name))
    throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
  if (range !== undefined && !(/^\d+$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1]))
    invalid(name);
  if (name === "Policy" && value !== "" && !isPolicy(value)) invalid(name);
  if (name === "RedrivePolicy" && value !== "" && !isRedrivePolicy(value)) invalid(name);
}

function isRedrivePolicy(text: string): boolean {
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as Partial<RedrivePolicy>;
    const count = Number(maxReceiveCount);
    return /^arn:[\w-]+:sqs:/.test(deadLetterTargetArn ?? "") && count >= 1 && count <= 1_000;
  } catch {
    return false;
  }
}

function invalid(name: string): never {
  throw new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);
}
