/** `aws_cloudwatch_event_target`: where a rule sends events (internal/service/events/target.go). */
import { sdk } from "../../../aws/sdk";
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import {
  bool,
  defineSchema,
  matching,
  optional,
  optionalComputed,
  required,
  string,
  type AppliedPlanOf,
  type PriorOf,
  type StateOf,
} from "../../../provider/schema";
import { known } from "../known";
import { planRegion } from "../plan-region";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { EventBridge } from "../service-clients";
import type { StandInData } from "../stand-in-data";
import { refusedBlocks, refusedState } from "./unimplemented";

const identifier = matching(
  /^[0-9A-Za-z_.-]{1,64}$/,
  "at most 64 alphanumeric characters, hyphens, underscores and dots",
);

const schema = defineSchema({
  description: "Sandbox stand-in for aws_cloudwatch_event_target of hashicorp/aws.",
  attributes: {
    arn: required(string),
    event_bus_name: optional(string, { default: "default", requiresReplace: true }),
    force_destroy: optional(bool, { default: false }),
    id: optionalComputed(string),
    input: optional(string),
    input_path: optional(string),
    region: optionalComputed(string, { requiresReplace: true }),
    role_arn: optional(string),
    rule: required(string, { requiresReplace: true, validate: identifier }),
    target_id: optionalComputed(string, { requiresReplace: true, validate: identifier }),
  },
  blocks: refusedBlocks,
});

type Schema = typeof schema;
type State = StateOf<Schema>;

const operations: ResourceOperations<Schema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({ planned: { ...proposed, region: planRegion(config.region, proposed.region, data) } }),

  async create({ config, planned }, { data, signal }) {
    const region = config.region ?? data.region;
    const id = known(planned.target_id) ?? data.names.next("terraform-");
    await put(data.services.eventBridge(region), id, planned, signal);
    return { state: stateOf(planned, id, region) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    const { rule, id } = namesOf(state);
    const found = await find(data.services.eventBridge(region), rule, id, signal);
    if (found === undefined) return null;
    const { Arn = "", Input = null, InputPath = null, RoleArn = null } = found;
    const force_destroy = state.force_destroy ?? false;
    const answered = { rule, force_destroy, arn: Arn, input: Input, input_path: InputPath, role_arn: RoleArn };
    return { state: stateOf(answered, id, region) };
  },

  async update({ prior, planned }, { data, signal }) {
    const region = prior.region ?? data.region;
    const { id } = namesOf(prior);
    await put(data.services.eventBridge(region), id, planned, signal);
    return { state: stateOf(planned, id, region) };
  },

  async delete({ state }, { data, signal }) {
    const { rule, id } = namesOf(state);
    const input = { Rule: rule, Ids: [id], Force: state.force_destroy ?? undefined };
    await data.services
      .eventBridge(state.region ?? data.region)
      .call("RemoveTargets", rule, signal, (client, options) =>
        client.send(new (sdk.eventBridge().RemoveTargetsCommand)(input), options),
      )
      .catch((error: unknown) => {
        if (!isAppError(error, "aws_not_found")) throw error;
      });
  },

  importState(id) {
    const [rule, target_id, ...rest] = id.split("/");
    if (rule && target_id && rest.length === 0) return Promise.resolve({ state: { id, rule, target_id } });
    throw new AppError("invalid_argument", `"${id}" is not the ID of a target`, { hint: "write <rule>/<target ID>" });
  },
};

/** Undefined if it or its rule is gone. */
async function find(calls: EventBridge, Rule: string, id: string, signal: AbortSignal) {
  let NextToken: string | undefined;
  do {
    const input = { Rule, NextToken, Limit: 100 };
    const page = await calls
      .call("ListTargetsByRule", Rule, signal, (client, options) =>
        client.send(new (sdk.eventBridge().ListTargetsByRuleCommand)(input), options),
      )
      .catch((error: unknown) => {
        if (isAppError(error, "aws_not_found")) return { Targets: [], NextToken: undefined };
        throw error;
      });
    const found = page.Targets?.find((target) => target.Id === id);
    if (found) return found;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}

async function put(calls: EventBridge, Id: string, planned: AppliedPlanOf<Schema>, signal: AbortSignal): Promise<void> {
  const target = {
    Id,
    Arn: planned.arn,
    Input: planned.input ?? undefined,
    InputPath: planned.input_path ?? undefined,
    RoleArn: planned.role_arn ?? undefined,
  };
  const { FailedEntries = [] } = await calls.call("PutTargets", planned.rule, signal, (client, options) =>
    client.send(new (sdk.eventBridge().PutTargetsCommand)({ Rule: planned.rule, Targets: [target] }), options),
  );
  const [failed] = FailedEntries;
  if (failed === undefined) return;
  throw new AppError(
    "aws_request",
    `EventBridge refused the target ${Id} of ${planned.rule}: ${failed.ErrorMessage ?? ""}`,
  );
}

type Answered = Pick<State, "arn" | "force_destroy" | "input" | "input_path" | "role_arn" | "rule">;

function stateOf(target: Answered, target_id: string, region: string): State {
  return {
    ...refusedState,
    arn: target.arn,
    event_bus_name: "default",
    force_destroy: target.force_destroy,
    id: `${target.rule}-${target_id}`,
    input: target.input,
    input_path: target.input_path,
    region,
    role_arn: target.role_arn,
    rule: target.rule,
    target_id,
  };
}

function namesOf({ rule, target_id }: Pick<PriorOf<Schema>, "rule" | "target_id">) {
  if (rule === null || target_id === null)
    throw new AppError("internal", "the state of aws_cloudwatch_event_target has no rule or no target");
  return { rule, id: target_id };
}

export const cloudWatchEventTarget = defineResource<Schema, StandInData, never>({
  typeName: "aws_cloudwatch_event_target",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, ["id", ...Object.keys(refusedBlocks)], diagnostics);
    if (typeof config.event_bus_name === "string" && config.event_bus_name !== "default")
      diagnostics.error("the sandbox has the default event bus alone", { path: ["event_bus_name"] });
    if (config.input !== null && config.input_path !== null)
      diagnostics.error("input and input_path cannot be set both", { path: ["input_path"] });
  },
  load: () => Promise.resolve(operations),
});
