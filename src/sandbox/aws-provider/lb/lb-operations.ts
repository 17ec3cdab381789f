import { sdk } from "../../../aws/sdk";
import { AppError, isAppError } from "../../../platform/errors";
import type { AttributePath } from "../../../provider/wire/attribute-path";
import type { ResourceOperations } from "../../../provider/rpc/resource";
import { isUnknown, type AppliedPlanOf, type PlanOf, type PriorOf, type StateOf } from "../../../provider/schema";
import { containsUnknown, type Unknown } from "../../../provider/wire/value";
import { type ElasticLoadBalancing, toTagList } from "../elastic-load-balancing";
import { changedPairs } from "../key-value-attributes";
import { known } from "../known";
import { planRegion } from "../plan-region";
import { planTagsAll } from "../plan-tags";
import type { StandInData } from "../stand-in-data";
import { keysByType } from "./lb-attribute-keys";
import type { lbSchema } from "./lb-schema";
import { lbState } from "./lb-state";

type Schema = typeof lbSchema;
type State = StateOf<Schema>;

export const lbOperations: ResourceOperations<Schema, StandInData> = {
  plan: ({ config, proposed, prior }, { data }) =>
    Promise.resolve({
      planned: {
        ...proposed,
        region: planRegion(config.region, proposed.region, data),
        tags_all: planTagsAll(proposed.tags),
      },
      requiresReplace: prior === null ? [] : networkReplacements(prior, proposed),
    }),

  async create({ config, planned }, { data, signal, checkpoint }) {
    const region = config.region ?? data.region;
    const client = data.in(region);
    const name = known(planned.name) ?? data.names.next(known(planned.name_prefix) ?? "tf-lb-");
    const input = {
      Name: name,
      Type: typeOf(planned),
      Scheme: planned.internal === true ? ("internal" as const) : undefined,
      IpAddressType: known(planned.ip_address_type),
      SecurityGroups: setOf(planned.security_groups),
      Subnets: setOf(planned.subnets),
      Tags: planned.tags === null ? undefined : toTagList(planned.tags),
    };
    const made = await client.call("CreateLoadBalancer", name, signal, (elb, abortSignal) =>
      elb.send(new (sdk.elbv2().CreateLoadBalancerCommand)(input), { abortSignal }),
    );
    const arn = made.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
    checkpoint({ arn, id: arn, region });
    await setAttributes(client, arn, changedPairs(keysByType[typeOf(planned)], planned), signal);
    const enforced = known(planned.enforce_security_group_inbound_rules_on_private_link_traffic);
    if (enforced !== undefined) await setGroups(client, arn, planned, signal);
    return { state: await lbState(client, arn, { ...planned, region }, signal) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    try {
      return { state: await lbState(data.in(region), arnOf(state), { ...state, region }, signal) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const arn = arnOf(prior);
    const client = data.in(prior.region);
    await setAttributes(client, arn, changedPairs(keysByType[typeOf(planned)], planned, prior), signal);
    const enforcing = "enforce_security_group_inbound_rules_on_private_link_traffic";
    if (differ(prior.security_groups, planned.security_groups) || differ(prior[enforcing], planned[enforcing]))
      await setGroups(client, arn, planned, signal);
    if (differ(prior.subnets, planned.subnets))
      await client.call("SetSubnets", arn, signal, (elb, abortSignal) =>
        elb.send(new (sdk.elbv2().SetSubnetsCommand)({ LoadBalancerArn: arn, Subnets: setOf(planned.subnets) }), {
          abortSignal,
        }),
      );
    const IpAddressType = known(planned.ip_address_type);
    if (IpAddressType !== undefined && IpAddressType !== prior.ip_address_type)
      await client.call("SetIpAddressType", arn, signal, (elb, abortSignal) =>
        elb.send(new (sdk.elbv2().SetIpAddressTypeCommand)({ LoadBalancerArn: arn, IpAddressType }), { abortSignal }),
      );
    await client.changeTags(arn, prior.tags ?? {}, planned.tags ?? {}, signal);
    return { state: await lbState(client, arn, { ...planned, region: prior.region ?? data.region }, signal) };
  },

  async delete({ state }, { data, signal }) {
    const arn = arnOf(state);
    await data
      .in(state.region)
      .call("DeleteLoadBalancer", arn, signal, (elb, abortSignal) =>
        elb.send(new (sdk.elbv2().DeleteLoadBalancerCommand)({ LoadBalancerArn: arn }), { abortSignal }),
      );
  },

  importState(id) {
    if (/^arn:[\w-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/(?:app|net)\//.test(id))
      return Promise.resolve({ state: { id, arn: id } });
    throw new AppError("invalid_argument", `"${id}" is not the ARN of an application or network load balancer`, {
      hint: "import a load balancer by its ARN",
    });
  },
};

/** A network load balancer keeps its subnets and cannot gain or lose security groups as such (load_balancer.go, customizeDiffLoadBalancerNLB). */
function networkReplacements(prior: State, planned: PlanOf<Schema>): AttributePath[] {
  if (prior.load_balancer_type !== "network") return [];
  const subnets = wholly(planned.subnets);
  const groups = wholly(planned.security_groups);
  const isRemoval = subnets !== null && prior.subnets?.some((subnet) => !subnets.includes(subnet)) === true;
  const isFirstOrLast = groups !== null && (groups.length === 0) !== ((prior.security_groups ?? []).length === 0);
  return [...(isRemoval ? [["subnets"]] : []), ...(isFirstOrLast ? [["security_groups"]] : [])];
}

function wholly(values: PlanOf<Schema>["subnets"]): readonly string[] | null {
  return values === null || containsUnknown(values) ? null : (values as readonly string[]);
}

async function setAttributes(
  client: ElasticLoadBalancing,
  arn: string,
  Attributes: ReturnType<typeof changedPairs>,
  signal: AbortSignal,
): Promise<void> {
  if (Attributes.length === 0) return;
  await client.call("ModifyLoadBalancerAttributes", arn, signal, (elb, abortSignal) =>
    elb.send(new (sdk.elbv2().ModifyLoadBalancerAttributesCommand)({ LoadBalancerArn: arn, Attributes }), {
      abortSignal,
    }),
  );
}

async function setGroups(
  client: ElasticLoadBalancing,
  arn: string,
  planned: AppliedPlanOf<Schema>,
  signal: AbortSignal,
): Promise<void> {
  const input = {
    LoadBalancerArn: arn,
    SecurityGroups: setOf(planned.security_groups) ?? [],
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: known(
      planned.enforce_security_group_inbound_rules_on_private_link_traffic,
    ),
  };
  await client.call("SetSecurityGroups", arn, signal, (elb, abortSignal) =>
    elb.send(new (sdk.elbv2().SetSecurityGroupsCommand)(input), { abortSignal }),
  );
}

function typeOf({ load_balancer_type }: Pick<State, "load_balancer_type">): "application" | "network" {
  return load_balancer_type === "network" ? "network" : "application";
}

function setOf(values: readonly string[] | Unknown | null): string[] | undefined {
  const found = known(values);
  return found && [...found];
}

/** Whether a known value is planned that is not the one before; sets have no order. */
function differ(before: unknown, after: unknown): boolean {
  if (after === null || isUnknown(after)) return false;
  const text = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...(value as unknown[])].sort() : value);
  return text(before) !== text(after);
}

function arnOf({ arn, id }: Pick<PriorOf<Schema>, "arn" | "id">): string {
  const found = arn ?? id;
  if (found === null) throw new AppError("internal", "the state of aws_lb has no ARN");
  return found;
}
