/** `aws_route53_zone`: a public hosted zone. */
import { randomUUID } from "node:crypto";
import type { HostedZones } from "../../../aws/hosted-zones";
import type { Tags } from "../../../aws/tagged-resources";
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import {
  bool,
  computed,
  defineSchema,
  list,
  map,
  optional,
  optionalComputed,
  required,
  setBlock,
  singleBlock,
  string,
  type StateOf,
} from "../../../provider/schema";
import { planTagsAll, tagChange, tagsState } from "../plan-tags";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for aws_route53_zone of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    comment: optional(string, { default: "Managed by Terraform" }),
    delegation_set_id: optional(string),
    enable_accelerated_recovery: optional(bool),
    force_destroy: optional(bool, { default: false }),
    id: optionalComputed(string),
    name: required(string, { requiresReplace: true }),
    name_servers: computed(list(string)),
    primary_name_server: computed(string),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    zone_id: computed(string),
  },
  blocks: {
    timeouts: singleBlock({
      attributes: { create: optional(string), delete: optional(string), update: optional(string) },
    }),
    vpc: setBlock({ attributes: { vpc_id: required(string), vpc_region: optional(string) } }),
  },
});

type State = StateOf<typeof schema>;

const refused = ["delegation_set_id", "enable_accelerated_recovery", "timeouts", "vpc", "id", "tags_all"];

const operations: ResourceOperations<typeof schema, StandInData> = {
  plan: ({ proposed }) => Promise.resolve({ planned: { ...proposed, tags_all: planTagsAll(proposed.tags) } }),

  async create({ planned }, { data, signal, checkpoint }) {
    const zones = data.aws.hostedZones();
    const { name, comment } = planned;
    const { id, changeId } = await zones.create({ name, comment, callerReference: randomUUID() }, { signal });
    checkpoint({ id, zone_id: id });
    await zones.waitForInsync(changeId, { signal });
    await zones.changeTags(id, tagChange(null, planned.tags), { signal });
    return { state: await stateOf(zones, id, planned, signal) };
  },

  async read({ state }, { data, signal }) {
    const id = state.zone_id ?? state.id;
    if (id === null) throw new AppError("internal", "the state of aws_route53_zone has no ID");
    try {
      const { name, force_destroy, tags } = state;
      return {
        state: await stateOf(data.aws.hostedZones(), id, { name, force_destroy: force_destroy ?? false, tags }, signal),
      };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const zones = data.aws.hostedZones();
    const id = prior.zone_id ?? "";
    if (planned.comment !== prior.comment) await zones.setComment(id, planned.comment, { signal });
    await zones.changeTags(id, tagChange(prior.tags, planned.tags), { signal });
    return { state: await stateOf(zones, id, planned, signal) };
  },

  async delete({ state }, { data, signal }) {
    const id = state.zone_id ?? state.id;
    if (id === null) return;
    const zones = data.aws.hostedZones();
    try {
      if (state.force_destroy === true) await removeRecords(zones, id, state.name ?? "", signal);
      await zones.waitForInsync(await zones.delete(id, { signal }), { signal });
    } catch (error) {
      if (!isAppError(error, "aws_not_found")) throw error;
    }
  },

  importState: (id) => Promise.resolve({ state: { id, zone_id: id } }),
};

/** All but what Route 53 made with the zone. */
async function removeRecords(zones: HostedZones, id: string, name: string, signal: AbortSignal): Promise<void> {
  const sets = await zones.listRecordSets(id, { signal });
  const others = sets.filter((set) => set.name !== name || !["NS", "SOA"].includes(set.type));
  if (others.length === 0) return;
  const change = await zones.change(
    id,
    others.map((set) => ({ action: "DELETE", set })),
    { signal },
  );
  await zones.waitForInsync(change, { signal });
}

interface Kept {
  readonly name: string | null;
  readonly force_destroy: boolean;
  readonly tags: Tags | null;
}

async function stateOf(zones: HostedZones, id: string, kept: Kept, signal: AbortSignal): Promise<State> {
  const { name, comment, nameServers } = await zones.get(id, { signal });
  return {
    arn: `arn:aws:route53:::hostedzone/${id}`,
    comment,
    delegation_set_id: null,
    enable_accelerated_recovery: null,
    force_destroy: kept.force_destroy,
    id,
    name: kept.name ?? name,
    name_servers: [...nameServers].sort(),
    primary_name_server: nameServers[0] ?? "",
    ...tagsState(kept.tags, await zones.tags(id, { signal })),
    zone_id: id,
    timeouts: null,
    vpc: [],
  };
}

export const route53Zone = defineResource<typeof schema, StandInData, never>({
  typeName: "aws_route53_zone",
  schema,
  validate: (config, diagnostics) => refuseUnimplemented(config, refused, diagnostics),
  load: () => Promise.resolve(operations),
});
