/** Topics of Amazon SNS in one region, to be written to. */
import type { SNSClient } from "@aws-sdk/client-sns";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";

export interface TopicMessage {
  /** For mail. What SNS does not take in a subject is left out or cut. */
  readonly subject: string;
  /** At most 256 KiB of UTF-8; what is longer is cut. */
  readonly message: string;
  /** Texts, for filter policies of subscriptions. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface TopicsOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => SNSClient;
}

/** SNS API reference, Publish: 262,144 bytes, attributes counted; they have their share (developer guide). */
const mostBytes = 256 * 1024 - 2_048;
/** SNS API reference, Publish, Subject: less than 100 characters. */
const longestSubject = 99;

export class Topics {
  constructor(private readonly options: TopicsOptions) {}

  /** Errors: those of AWS. A message whose answer was lost is sent again. */
  async publish(topicArn: string, message: TopicMessage, { signal }: CallOptions = {}): Promise<void> {
    const { region, caller, client } = this.options;
    const attributes = Object.entries(message.attributes ?? {});
    const input = {
      TopicArn: topicArn,
      Subject: subjectFrom(message.subject),
      Message: cutToBytes(message.message, mostBytes),
      MessageAttributes: Object.fromEntries(
        attributes.map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
      ),
    };
    await caller.call({
      action: "sns:Publish",
      resource: topicArn,
      region,
      signal,
      send: (abortSignal) => client().send(new (sdk.sns().PublishCommand)(input), { abortSignal }),
    });
  }
}

/** ASCII without control characters, with a letter, a digit or punctuation first (SNS API reference, Publish). */
function subjectFrom(text: string): string {
  const plain = text.replace(/\s+/g, " ").replace(/[^\x20-\x7e]/g, "?");
  return plain.trimStart().slice(0, longestSubject);
}

/** Never in the middle of a character. */
function cutToBytes(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return text;
  return new TextDecoder().decode(bytes.subarray(0, most - 8), { stream: true }) + " …";
}
