/** `aws_sns_topic_policy`: who may do what with a topic (internal/service/sns/topic_policy.go). */
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import {
  computed,
  defineSchema,
  matching,
  optionalComputed,
  required,
  string,
  type PriorOf,
  type StateOf,
} from "../../../provider/schema";
import { planRegion } from "../plan-region";
import { refuseUnimplemented } from "../refuse-unimplemented";
import { isJson, sameJson } from "../same-json";
import type { Sns } from "../service-clients";
import { setTopicAttribute, topicAttributes } from "../sns-topic/topic-attributes";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for aws_sns_topic_policy of hashicorp/aws.",
  attributes: {
    arn: required(string, { requiresReplace: true, validate: matching(/^arn:[\w-]+:sns:/, "the ARN of a topic") }),
    id: optionalComputed(string),
    owner: computed(string),
    policy: required(string, { validate: isJson }),
    region: optionalComputed(string, { requiresReplace: true }),
  },
});

type Schema = typeof schema;
type State = StateOf<Schema>;

const operations: ResourceOperations<Schema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({ planned: { ...proposed, region: planRegion(config.region, proposed.region, data) } }),

  async create({ config, planned: { arn, policy } }, { data, signal }) {
    const region = config.region ?? data.region;
    const calls = data.services.sns(region);
    await setTopicAttribute(calls, arn, { name: "Policy", value: policy }, signal);
    return { state: await stateOf(calls, arn, { policy, region }, signal) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    const kept = { policy: state.policy, region };
    try {
      return { state: await stateOf(data.services.sns(region), arnOf(state), kept, signal) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned: { arn, policy } }, { data, signal }) {
    const region = prior.region ?? data.region;
    const calls = data.services.sns(region);
    await setTopicAttribute(calls, arn, { name: "Policy", value: policy }, signal);
    return { state: await stateOf(calls, arn, { policy, region }, signal) };
  },

  /** A topic cannot be without a policy; it gets back the one it had at first. */
  async delete({ state }, { data, signal }) {
    const arn = arnOf(state);
    const value = firstPolicy(arn, state.owner ?? "");
    await setTopicAttribute(
      data.services.sns(state.region ?? data.region),
      arn,
      { name: "Policy", value },
      signal,
    ).catch((error: unknown) => {
      if (!isAppError(error, "aws_not_found")) throw error;
    });
  },

  importState: (id) => Promise.resolve({ state: { id, arn: id } }),
};

function firstPolicy(topicArn: string, owner: string): string {
  const actions = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
    "Receive",
  ];
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": owner } },
      },
    ],
  });
}

interface Kept {
  readonly policy: string | null;
  readonly region: string;
}

/** Errors: `aws_not_found`. */
async function stateOf(calls: Sns, arn: string, kept: Kept, signal: AbortSignal): Promise<State> {
  const { Policy = "", Owner = "" } = await topicAttributes(calls, arn, signal);
  return { arn, id: arn, owner: Owner, policy: sameJson(Policy, kept.policy), region: kept.region };
}

function arnOf({ arn, id }: Pick<PriorOf<Schema>, "arn" | "id">): string {
  const found = arn ?? id;
  if (found === null) throw new AppError("internal", "the state of aws_sns_topic_policy has no ARN");
  return found;
}

export const snsTopicPolicy = defineResource<Schema, StandInData, never>({
  typeName: "aws_sns_topic_policy",
  schema,
  validate: (config, diagnostics) => refuseUnimplemented(config, ["id"], diagnostics),
  load: () => Promise.resolve(operations),
});
