/** `aws_sns_topic`: where alarms and events are published. */
import { applyTagChange } from "../apply-tag-change";
import { sdk } from "../../../aws/sdk";
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import type { AppliedPlanOf, PriorOf, StateOf } from "../../../provider/schema";
import { prefixOfName } from "../generated-name";
import { changedPairs } from "../key-value-attributes";
import { known } from "../known";
import { planRegion } from "../plan-region";
import { planTagsAll, tagsState } from "../plan-tags";
import { sameJson } from "../same-json";
import type { Sns } from "../service-clients";
import type { StandInData } from "../stand-in-data";
import { refusedState, snsTopicSchema, validateSnsTopic } from "./sns-topic-schema";
import { setTopicAttribute, topicAttributes } from "./topic-attributes";

type Schema = typeof snsTopicSchema;
type State = StateOf<Schema>;

const attributeNames = {
  display_name: "DisplayName",
  kms_master_key_id: "KmsMasterKeyId",
  policy: "Policy",
  signature_version: "SignatureVersion",
  tracing_config: "TracingConfig",
} as const;

const operations: ResourceOperations<Schema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({
      planned: {
        ...proposed,
        region: planRegion(config.region, proposed.region, data),
        tags_all: planTagsAll(proposed.tags),
      },
    }),

  async create({ config, planned }, { data, signal, checkpoint }) {
    const region = config.region ?? data.region;
    const calls = data.services.sns(region);
    const Name = known(planned.name) ?? data.names.next(known(planned.name_prefix) ?? "terraform-");
    const Tags = Object.entries(planned.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
    const { TopicArn = "" } = await calls.call("CreateTopic", Name, signal, (client, options) =>
      client.send(new (sdk.sns().CreateTopicCommand)({ Name, Tags }), options),
    );
    checkpoint({ arn: TopicArn, id: TopicArn, region });
    await setAttributes(calls, TopicArn, planned, {}, signal);
    return { state: await stateOf(calls, TopicArn, { ...planned, region }, signal) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    try {
      return { state: await stateOf(data.services.sns(region), arnOf(state), { ...state, region }, signal) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const region = prior.region ?? data.region;
    const calls = data.services.sns(region);
    const ResourceArn = arnOf(prior);
    await setAttributes(calls, ResourceArn, planned, prior, signal);
    await applyTagChange(prior.tags, planned.tags, {
      untag: (TagKeys) =>
        calls.call("UntagResource", ResourceArn, signal, (client, options) =>
          client.send(new (sdk.sns().UntagResourceCommand)({ ResourceArn, TagKeys }), options),
        ),
      tag: (Tags) =>
        calls.call("TagResource", ResourceArn, signal, (client, options) =>
          client.send(new (sdk.sns().TagResourceCommand)({ ResourceArn, Tags }), options),
        ),
    });
    return { state: await stateOf(calls, ResourceArn, { ...planned, region }, signal) };
  },

  async delete({ state }, { data, signal }) {
    const TopicArn = arnOf(state);
    await data.services
      .sns(state.region ?? data.region)
      .call("DeleteTopic", TopicArn, signal, (client, options) =>
        client.send(new (sdk.sns().DeleteTopicCommand)({ TopicArn }), options),
      );
  },

  importState(id) {
    if (/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+$/.test(id)) return Promise.resolve({ state: { id, arn: id } });
    throw new AppError("invalid_argument", `"${id}" is not the ARN of a topic`, { hint: "import a topic by its ARN" });
  },
};

/** What was set and is no more is set to nothing, as the real provider does. */
async function setAttributes(
  calls: Sns,
  arn: string,
  planned: AppliedPlanOf<Schema>,
  prior: Partial<State>,
  signal: AbortSignal,
): Promise<void> {
  const pairs = changedPairs(attributeNames, planned, prior).map(({ Key, Value }) => ({ name: Key, value: Value }));
  const emptied = (["display_name", "kms_master_key_id"] as const).filter(
    (name) => planned[name] === null && typeof prior[name] === "string",
  );
  for (const attribute of [...pairs, ...emptied.map((name) => ({ name: attributeNames[name], value: "" }))])
    await setTopicAttribute(calls, arn, attribute, signal);
}

type Kept = Pick<PriorOf<Schema>, "tags"> & { readonly region: string; readonly policy: unknown };

/** Errors: `aws_not_found`. */
async function stateOf(calls: Sns, arn: string, kept: Kept, signal: AbortSignal): Promise<State> {
  const attributes = await topicAttributes(calls, arn, signal);
  const { Tags = [] } = await calls.call("ListTagsForResource", arn, signal, (client, options) =>
    client.send(new (sdk.sns().ListTagsForResourceCommand)({ ResourceArn: arn }), options),
  );
  const name = arn.slice(arn.lastIndexOf(":") + 1);
  return {
    ...refusedState,
    arn,
    beginning_archive_time: "",
    content_based_deduplication: false,
    display_name: attributes.DisplayName || null,
    fifo_topic: false,
    id: arn,
    kms_master_key_id: attributes.KmsMasterKeyId || null,
    name,
    name_prefix: prefixOfName(name),
    owner: attributes.Owner ?? "",
    policy: sameJson(attributes.Policy ?? "", typeof kept.policy === "string" ? kept.policy : null),
    region: kept.region,
    signature_version: attributes.SignatureVersion === undefined ? null : Number(attributes.SignatureVersion),
    ...tagsState(kept.tags, Object.fromEntries(Tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]))),
    tracing_config: (attributes.TracingConfig ?? null) as State["tracing_config"],
  };
}

function arnOf({ arn, id }: Pick<PriorOf<Schema>, "arn" | "id">): string {
  const found = arn ?? id;
  if (found === null) throw new AppError("internal", "the state of aws_sns_topic has no ARN");
  return found;
}

export const snsTopic = defineResource<Schema, StandInData, never>({
  typeName: "aws_sns_topic",
  schema: snsTopicSchema,
  validate: validateSnsTopic,
  load: () => Promise.resolve(operations),
});
