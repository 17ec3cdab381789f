import type { ClassicLoadBalancers, Listener } from "../../../aws/classic-load-balancers";
import { AppError, isAppError } from "../../../platform/errors";
import type { ResourceOperations } from "../../../provider/rpc/resource";
import { isUnknown, type AppliedPlanOf, type PriorOf, type StateOf } from "../../../provider/schema";
import type { Unknown } from "../../../provider/wire/value";
import { planRegion } from "../plan-region";
import { planTagsAll, tagChange, tagsState } from "../plan-tags";
import { retryUntilCertificateIsSeen } from "../retry-until-certificate-is-seen";
import type { StandInData } from "../stand-in-data";
import type { elbSchema, ListenerState } from "./elb-schema";

type Schema = typeof elbSchema;
type State = StateOf<Schema>;
type Applied = AppliedPlanOf<Schema>;

export const elbOperations: ResourceOperations<Schema, StandInData> = {
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
    const balancers = data.aws.classicLoadBalancers(region);
    const name = nameOf(planned);
    const known = (values: readonly string[] | Unknown | null) =>
      isUnknown(values) || values === null ? undefined : [...values];
    const input = {
      LoadBalancerName: name,
      AvailabilityZones: known(planned.availability_zones),
      Subnets: known(planned.subnets),
      SecurityGroups: known(planned.security_groups),
      Scheme: planned.internal === true ? "internal" : undefined,
      Listeners: planned.listener.map(toApi),
      Tags: Object.entries(planned.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    };
    await retryUntilCertificateIsSeen(() => balancers.create(input, { signal }), signal);
    checkpoint({ id: name, name, region });
    await applySettings(balancers, name, planned, signal);
    return { state: await stateOf(data, name, { ...planned, region }, signal) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    try {
      return {
        state: await stateOf(data, nameOf(state), { ...state, region }, signal),
      };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const balancers = data.aws.classicLoadBalancers(prior.region ?? data.region);
    const name = nameOf(prior);
    const key = (listener: ListenerState) => JSON.stringify(toApi(listener));
    const before = prior.listener.map(key);
    const after = planned.listener.map(key);
    const gone = prior.listener.filter((listener) => !after.includes(key(listener)));
    const added = planned.listener.filter((listener) => !before.includes(key(listener)));
    if (gone.length > 0)
      await balancers.removeListeners(
        name,
        gone.map(({ lb_port }) => lb_port),
        { signal },
      );
    if (added.length > 0)
      await retryUntilCertificateIsSeen(() => balancers.addListeners(name, added.map(toApi), { signal }), signal);
    const groups = planned.security_groups;
    if (!isUnknown(groups) && groups !== null && groups.join() !== prior.security_groups?.join())
      await balancers.setSecurityGroups(name, groups, { signal });
    await applySettings(balancers, name, planned, signal);
    await balancers.changeTags(name, tagChange(prior.tags, planned.tags), { signal });
    return { state: await stateOf(data, name, { ...planned, region: prior.region }, signal) };
  },

  async delete({ state }, { data, signal }) {
    const balancers = data.aws.classicLoadBalancers(state.region ?? data.region);
    await balancers.delete(nameOf(state), { signal });
  },

  importState: (id) => Promise.resolve({ state: { id, name: id } }),
};

async function applySettings(
  balancers: ClassicLoadBalancers,
  name: string,
  planned: Applied,
  signal: AbortSignal,
): Promise<void> {
  await balancers.setAttributes(
    name,
    {
      CrossZoneLoadBalancing: { Enabled: planned.cross_zone_load_balancing },
      ConnectionDraining: { Enabled: planned.connection_draining, Timeout: planned.connection_draining_timeout },
      ConnectionSettings: { IdleTimeout: planned.idle_timeout },
      AdditionalAttributes: [{ Key: "elb.http.desyncmitigationmode", Value: planned.desync_mitigation_mode }],
    },
    { signal },
  );
  const [check] = planned.health_check;
  if (check === undefined) return;
  await balancers.setHealthCheck(
    name,
    {
      Target: check.target,
      Interval: check.interval,
      Timeout: check.timeout,
      UnhealthyThreshold: check.unhealthy_threshold,
      HealthyThreshold: check.healthy_threshold,
    },
    { signal },
  );
}

interface Kept extends Pick<PriorOf<Schema>, "region" | "tags"> {
  readonly listener: readonly ListenerState[];
  readonly health_check: readonly unknown[];
}

async function stateOf(data: StandInData, name: string, kept: Kept, signal: AbortSignal): Promise<State> {
  const region = kept.region ?? data.region;
  const balancers = data.aws.classicLoadBalancers(region);
  const { accountId } = await data.aws.identity.get(signal);
  const found = await balancers.describe(name, { signal });
  const attributes = await balancers.attributes(name, { signal });
  const { HealthCheck: check } = found;
  const mode = attributes.AdditionalAttributes?.find(({ Key }) => Key === "elb.http.desyncmitigationmode")?.Value;
  return {
    arn: `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${name}`,
    availability_zones: found.AvailabilityZones ?? [],
    connection_draining: attributes.ConnectionDraining?.Enabled ?? false,
    connection_draining_timeout: attributes.ConnectionDraining?.Timeout ?? 300,
    cross_zone_load_balancing: attributes.CrossZoneLoadBalancing?.Enabled ?? false,
    desync_mitigation_mode: (mode ?? "defensive") as State["desync_mitigation_mode"],
    dns_name: found.DNSName ?? "",
    id: name,
    idle_timeout: attributes.ConnectionSettings?.IdleTimeout ?? 60,
    instances: (found.Instances ?? []).map(({ InstanceId }) => InstanceId ?? ""),
    internal: found.Scheme === "internal",
    name,
    name_prefix: "",
    region,
    security_groups: found.SecurityGroups ?? [],
    source_security_group: `${found.SourceSecurityGroup?.OwnerAlias ?? ""}/${found.SourceSecurityGroup?.GroupName ?? ""}`,
    source_security_group_id: "",
    subnets: found.Subnets ?? [],
    ...tagsState(kept.tags, await balancers.tags(name, { signal })),
    zone_id: found.CanonicalHostedZoneNameID ?? "",
    access_logs: [],
    health_check:
      check !== undefined && kept.health_check.length > 0
        ? [
            {
              healthy_threshold: check.HealthyThreshold ?? 0,
              interval: check.Interval ?? 0,
              target: check.Target ?? "",
              timeout: check.Timeout ?? 0,
              unhealthy_threshold: check.UnhealthyThreshold ?? 0,
            },
          ]
        : [],
    listener: (found.ListenerDescriptions ?? []).flatMap(({ Listener: listener }) =>
      listener ? [fromApi(listener, kept.listener)] : [],
    ),
    timeouts: null,
  };
}

function toApi({
  instance_port,
  instance_protocol,
  lb_port,
  lb_protocol,
  ssl_certificate_id,
}: ListenerState): Listener {
  return {
    InstancePort: instance_port,
    InstanceProtocol: instance_protocol.toUpperCase(),
    LoadBalancerPort: lb_port,
    Protocol: lb_protocol.toUpperCase(),
    SSLCertificateId: ssl_certificate_id ?? undefined,
  };
}

/** Protocols are answered in upper case; what was written in another case stays as it was. */
function fromApi(listener: Listener, kept: readonly ListenerState[]): ListenerState {
  const before = kept.find(({ lb_port }) => lb_port === listener.LoadBalancerPort);
  const spelling = (answered: string | undefined, written: string | undefined) =>
    written !== undefined && written.toUpperCase() === answered ? written : (answered ?? "").toLowerCase();
  return {
    instance_port: listener.InstancePort ?? 0,
    instance_protocol: spelling(listener.InstanceProtocol, before?.instance_protocol),
    lb_port: listener.LoadBalancerPort ?? 0,
    lb_protocol: spelling(listener.Protocol, before?.lb_protocol),
    ssl_certificate_id: listener.SSLCertificateId ?? null,
  };
}

function nameOf({
  name,
  id,
}: {
  readonly name: string | Unknown | null;
  readonly id: string | Unknown | null;
}): string {
  if (name !== null && !isUnknown(name)) return name;
  if (id !== null && !isUnknown(id)) return id;
  throw new AppError("internal", "the state of aws_elb has no name");
}
