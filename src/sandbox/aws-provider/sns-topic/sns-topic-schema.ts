/** Schema and rules of `aws_sns_topic`, as hashicorp/aws 6 has them (internal/service/sns/topic.go). */
import {
  bool,
  computed,
  defineSchema,
  integerBetween,
  map,
  matching,
  number,
  oneOf,
  optional,
  optionalComputed,
  string,
  type ConfigOf,
  type Diagnostics,
} from "../../../provider/schema";
import type { AttributeType, NumberType, StringType } from "../../../provider/wire/block-type";
import { refuseUnimplemented } from "../refuse-unimplemented";
import { isJson } from "../same-json";

/** What SNS can report the delivery to; its three attributes are refused. */
const reported = ["application", "firehose", "http", "lambda", "sqs"] as const;

type Reported = (typeof reported)[number];
type Feedback = Record<
  `${Reported}_failure_feedback_role_arn` | `${Reported}_success_feedback_role_arn`,
  AttributeType<StringType, "optional">
> &
  Record<`${Reported}_success_feedback_sample_rate`, AttributeType<NumberType, "optional">>;

const feedback = Object.fromEntries(
  reported.flatMap((kind) => [
    [`${kind}_failure_feedback_role_arn`, optional(string)],
    [`${kind}_success_feedback_role_arn`, optional(string)],
    [`${kind}_success_feedback_sample_rate`, optional(number)],
  ]),
) as Feedback;

const topicName = matching(/^[\w-]{1,256}$/, "at most 256 alphanumeric characters, hyphens and underscores");

export const snsTopicSchema = defineSchema({
  description: "Sandbox stand-in for aws_sns_topic of hashicorp/aws.",
  attributes: {
    ...feedback,
    archive_policy: optional(string),
    arn: computed(string),
    beginning_archive_time: computed(string),
    content_based_deduplication: optional(bool, { default: false }),
    delivery_policy: optional(string),
    display_name: optional(string),
    fifo_throughput_scope: optionalComputed(oneOf(["Topic", "MessageGroup"])),
    fifo_topic: optional(bool, { default: false, requiresReplace: true }),
    id: optionalComputed(string),
    kms_master_key_id: optional(string),
    name: optionalComputed(string, { requiresReplace: true, validate: topicName }),
    name_prefix: optionalComputed(string, { requiresReplace: true, validate: topicName }),
    owner: computed(string),
    policy: optionalComputed(string, { validate: isJson }),
    region: optionalComputed(string, { requiresReplace: true }),
    signature_version: optionalComputed(number, { validate: integerBetween({ min: 1, max: 2 }) }),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    tracing_config: optionalComputed(oneOf(["Active", "PassThrough"])),
  },
});

const refused = [
  ...Object.keys(feedback),
  "archive_policy",
  "delivery_policy",
  "fifo_throughput_scope",
  "id",
  "tags_all",
];

export function validateSnsTopic(config: ConfigOf<typeof snsTopicSchema>, diagnostics: Diagnostics): void {
  refuseUnimplemented(config, refused, diagnostics);
  for (const name of ["fifo_topic", "content_based_deduplication"] as const)
    if (config[name] === true) diagnostics.error("the sandbox has no FIFO topics", { path: [name] });
  if (config.name !== null && config.name_prefix !== null)
    diagnostics.error("name and name_prefix cannot be set both", { path: ["name_prefix"] });
}

/** Values of the refused attributes in every state. */
export const refusedState = Object.fromEntries(
  [...Object.keys(feedback), "archive_policy", "delivery_policy", "fifo_throughput_scope"].map((name) => [name, null]),
) as Readonly<Record<keyof Feedback | "archive_policy" | "delivery_policy" | "fifo_throughput_scope", null>>;
