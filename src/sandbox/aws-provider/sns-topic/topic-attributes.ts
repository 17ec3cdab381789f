/** What a topic is asked and told, beside its own creation. */
import { sdk } from "../../../aws/sdk";
import type { Sns } from "../service-clients";

/** Errors: `aws_not_found`. */
export async function topicAttributes(
  calls: Sns,
  TopicArn: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const { Attributes = {} } = await calls.call("GetTopicAttributes", TopicArn, signal, (client, options) =>
    client.send(new (sdk.sns().GetTopicAttributesCommand)({ TopicArn }), options),
  );
  return Attributes;
}

export async function setTopicAttribute(
  calls: Sns,
  TopicArn: string,
  attribute: { readonly name: string; readonly value: string },
  signal: AbortSignal,
): Promise<void> {
  const input = { TopicArn, AttributeName: attribute.name, AttributeValue: attribute.value };
  await calls.call("SetTopicAttributes", TopicArn, signal, (client, options) =>
    client.send(new (sdk.sns().SetTopicAttributesCommand)(input), options),
  );
}
