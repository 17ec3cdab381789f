/** `aws_cloudwatch_event_rule`: which events of the default bus are passed on (internal/service/events/rule.go). */
import { applyTagChange } from "../apply-tag-change";
import { sdk } from "../../../aws/sdk";
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import {
  bool,
  computed,
  defineSchema,
  map,
  matching,
  oneOf,
  optional,
  optionalComputed,
  string,
  type AppliedPlanOf,
  type PriorOf,
  type StateOf,
} from "../../../provider/schema";
import { prefixOfName } from "../generated-name";
import { known } from "../known";
import { planRegion } from "../plan-region";
import { planTagsAll, tagsState } from "../plan-tags";
import { refuseUnimplemented } from "../refuse-unimplemented";
import { isJson, sameJson } from "../same-json";
import type { EventBridge } from "../service-clients";
import type { StandInData } from "../stand-in-data";

const ruleName = matching(
  /^[0-9A-Za-z_.-]{1,64}$/,
  "at most 64 alphanumeric characters, hyphens, underscores and dots",
);

const schema = defineSchema({
  description: "Sandbox stand-in for aws_cloudwatch_event_rule of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    description: optional(string, { validate: matching(/^[^]{0,512}$/, "at most 512 characters") }),
    event_bus_name: optional(string, { default: "default", requiresReplace: true }),
    event_pattern: optional(string, { validate: [isJson, matching(/^[^]{0,4096}$/, "at most 4096 characters")] }),
    force_destroy: optional(bool, { default: false }),
    id: optionalComputed(string),
    is_enabled: optional(bool, { deprecated: true }),
    name: optionalComputed(string, { requiresReplace: true, validate: ruleName }),
    name_prefix: optionalComputed(string, { requiresReplace: true, validate: ruleName }),
    region: optionalComputed(string, { requiresReplace: true }),
    role_arn: optional(string),
    schedule_expression: optional(string, { validate: matching(/^[^]{0,256}$/, "at most 256 characters") }),
    state: optional(oneOf(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"])),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
  },
});

type Schema = typeof schema;
type State = StateOf<Schema>;

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
    const calls = data.services.eventBridge(region);
    const name = known(planned.name) ?? data.names.next(known(planned.name_prefix) ?? "terraform-");
    await put(calls, name, planned, signal);
    checkpoint({ id: name, name, region });
    return { state: await stateOf(calls, name, { ...planned, region }, signal) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    try {
      return {
        state: await stateOf(data.services.eventBridge(region), nameOf(state), { ...state, region }, signal),
      };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const region = prior.region ?? data.region;
    const calls = data.services.eventBridge(region);
    const name = nameOf(prior);
    await put(calls, name, planned, signal);
    const ResourceARN = prior.arn ?? "";
    await applyTagChange(prior.tags, planned.tags, {
      untag: (TagKeys) =>
        calls.call("UntagResource", ResourceARN, signal, (client, options) =>
          client.send(new (sdk.eventBridge().UntagResourceCommand)({ ResourceARN, TagKeys }), options),
        ),
      tag: (Tags) =>
        calls.call("TagResource", ResourceARN, signal, (client, options) =>
          client.send(new (sdk.eventBridge().TagResourceCommand)({ ResourceARN, Tags }), options),
        ),
    });
    return { state: await stateOf(calls, name, { ...planned, region }, signal) };
  },

  async delete({ state }, { data, signal }) {
    const name = nameOf(state);
    await data.services
      .eventBridge(state.region ?? data.region)
      .call("DeleteRule", name, signal, (client, options) =>
        client.send(
          new (sdk.eventBridge().DeleteRuleCommand)({ Name: name, Force: state.force_destroy ?? undefined }),
          options,
        ),
      );
  },

  importState: (id) => Promise.resolve({ state: { id, name: id } }),
};

async function put(
  calls: EventBridge,
  Name: string,
  planned: AppliedPlanOf<Schema>,
  signal: AbortSignal,
): Promise<void> {
  const enabled = planned.is_enabled === null ? undefined : planned.is_enabled ? "ENABLED" : "DISABLED";
  const input = {
    Name,
    Description: planned.description ?? undefined,
    EventPattern: planned.event_pattern ?? undefined,
    RoleArn: planned.role_arn ?? undefined,
    ScheduleExpression: planned.schedule_expression ?? undefined,
    State: planned.state ?? enabled,
    Tags: Object.entries(planned.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  } as const;
  await calls.call("PutRule", Name, signal, (client, options) =>
    client.send(new (sdk.eventBridge().PutRuleCommand)({ ...input, Tags: [...input.Tags] }), options),
  );
}

type Kept = Pick<PriorOf<Schema>, "event_pattern" | "force_destroy" | "is_enabled" | "state" | "tags"> & {
  readonly region: string;
};

/** Errors: `aws_not_found`. A state that was not written is not told, as the real provider hides its changes. */
async function stateOf(calls: EventBridge, name: string, kept: Kept, signal: AbortSignal): Promise<State> {
  const found = await calls.call("DescribeRule", name, signal, (client, options) =>
    client.send(new (sdk.eventBridge().DescribeRuleCommand)({ Name: name }), options),
  );
  const ResourceARN = found.Arn ?? "";
  const { Tags = [] } = await calls.call("ListTagsForResource", ResourceARN, signal, (client, options) =>
    client.send(new (sdk.eventBridge().ListTagsForResourceCommand)({ ResourceARN }), options),
  );
  return {
    arn: ResourceARN,
    description: found.Description ?? null,
    event_bus_name: "default",
    event_pattern: found.EventPattern === undefined ? null : sameJson(found.EventPattern, kept.event_pattern),
    force_destroy: kept.force_destroy ?? false,
    id: name,
    is_enabled: kept.is_enabled === null ? null : found.State !== "DISABLED",
    name,
    name_prefix: prefixOfName(name),
    region: kept.region,
    role_arn: found.RoleArn ?? null,
    schedule_expression: found.ScheduleExpression ?? null,
    state: kept.state === null ? null : (found.State ?? null),
    ...tagsState(kept.tags, Object.fromEntries(Tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]))),
  };
}

function nameOf({ name, id }: Pick<PriorOf<Schema>, "name" | "id">): string {
  const found = name ?? id;
  if (found === null) throw new AppError("internal", "the state of aws_cloudwatch_event_rule has no name");
  return found;
}

export const cloudWatchEventRule = defineResource<Schema, StandInData, never>({
  typeName: "aws_cloudwatch_event_rule",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, ["id", "tags_all"], diagnostics);
    if (typeof config.event_bus_name === "string" && config.event_bus_name !== "default")
      diagnostics.error("the sandbox has the default event bus alone", { path: ["event_bus_name"] });
    if (config.name !== null && config.name_prefix !== null)
      diagnostics.error("name and name_prefix cannot be set both", { path: ["name_prefix"] });
    if (config.state !== null && config.is_enabled !== null)
      diagnostics.error("state and is_enabled cannot be set both", { path: ["is_enabled"] });
    if (config.event_pattern === null && config.schedule_expression === null)
      diagnostics.error("one of event_pattern and schedule_expression must be set", { path: ["event_pattern"] });
  },
  load: () => Promise.resolve(operations),
});
