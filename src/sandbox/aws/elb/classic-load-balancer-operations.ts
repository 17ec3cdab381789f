/** Classic Load Balancers themselves (Elastic Load Balancing API reference, 2012-06-01). */
import { optionalNumber, optionalText, record, records, tagPairs, text, texts } from "../input";
import { page } from "../page";
import type { Operation, Output } from "../service";
import type { ClassicLoadBalancer } from "./classic-elb-state";
import { loadBalancerName, readListeners } from "./classic-listener-operations";

/** The load balancer's own group that back ends may name as a source, as in every VPC that makes no other. */
const sourceSecurityGroup = { OwnerAlias: "amazon-elb", GroupName: "amazon-elb-sg" };

const createLoadBalancer: Operation = {
  subject: loadBalancerName,
  async run(input, { region, now }) {
    const listeners = readListeners(input);
    const made = region.classicElb.create(
      {
        name: text(input, "LoadBalancerName"),
        scheme: optionalText(input, "Scheme") ?? "internet-facing",
        availabilityZones: texts(input, "AvailabilityZones"),
        subnets: texts(input, "Subnets"),
        securityGroups: texts(input, "SecurityGroups"),
      },
      listeners,
      now,
    );
    for (const [key, value] of tagPairs(input)) made.tags.set(key, value);
    await region.classicListenersChanged(made.name, [...made.listeners.keys()]);
    return { DNSName: made.dnsName };
  },
};

const describeLoadBalancers: Operation = {
  reads: true,
  run(input, { region, pageSize }) {
    const names = texts(input, "LoadBalancerNames");
    const found = names.length > 0 ? names.map((name) => region.classicElb.get(name)) : region.classicElb.all();
    const { items, next } = page(found, {
      token: optionalText(input, "Marker"),
      size: pageSize(optionalNumber(input, "PageSize"), 400),
      idOf: ({ name }) => name,
    });
    return { LoadBalancerDescriptions: items.map(description), NextMarker: next };
  },
};

function description(balancer: ClassicLoadBalancer): Output {
  const { healthCheck } = balancer;
  return {
    LoadBalancerName: balancer.name,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneName: balancer.dnsName,
    CanonicalHostedZoneNameID: "Z35SXDOTRQ7X7K",
    ListenerDescriptions: [...balancer.listeners.values()].map((listener) => ({
      Listener: {
        Protocol: listener.protocol,
        LoadBalancerPort: listener.loadBalancerPort,
        InstanceProtocol: listener.instanceProtocol,
        InstancePort: listener.instancePort,
        SSLCertificateId: listener.certificateArn,
      },
      PolicyNames: listener.certificateArn === undefined ? [] : ["ELBSecurityPolicy-2016-08"],
    })),
    Policies: { AppCookieStickinessPolicies: [], LBCookieStickinessPolicies: [], OtherPolicies: [] },
    BackendServerDescriptions: [],
    AvailabilityZones: balancer.availabilityZones,
    Subnets: balancer.subnets,
    Instances: [...balancer.instances].map((InstanceId) => ({ InstanceId })),
    HealthCheck: {
      Target: healthCheck.target,
      Interval: healthCheck.interval,
      Timeout: healthCheck.timeout,
      UnhealthyThreshold: healthCheck.unhealthyThreshold,
      HealthyThreshold: healthCheck.healthyThreshold,
    },
    SourceSecurityGroup: sourceSecurityGroup,
    SecurityGroups: balancer.securityGroups,
    CreatedTime: balancer.createdAt,
    Scheme: balancer.scheme,
  };
}

const deleteLoadBalancer: Operation = {
  subject: loadBalancerName,
  async run(input, { region, now }) {
    const name = text(input, "LoadBalancerName");
    const ports = region.classicElb
      .all()
      .filter((each) => each.name === name)
      .flatMap(({ listeners }) => [...listeners.keys()]);
    region.classicElb.delete(name, now);
    await region.classicListenersChanged(name, ports);
    return {};
  },
};

const applySecurityGroups: Operation = {
  subject: loadBalancerName,
  run(input, { region }) {
    const balancer = region.classicElb.get(text(input, "LoadBalancerName"));
    balancer.securityGroups = texts(input, "SecurityGroups");
    return { SecurityGroups: balancer.securityGroups };
  },
};

const configureHealthCheck: Operation = {
  subject: loadBalancerName,
  run(input, { region }) {
    const balancer = region.classicElb.get(text(input, "LoadBalancerName"));
    const given = record(input, "HealthCheck");
    balancer.healthCheck = {
      target: text(given, "Target"),
      interval: Number(text(given, "Interval")),
      timeout: Number(text(given, "Timeout")),
      unhealthyThreshold: Number(text(given, "UnhealthyThreshold")),
      healthyThreshold: Number(text(given, "HealthyThreshold")),
    };
    return { HealthCheck: given };
  },
};

const instanceIds = (input: Parameters<Operation["run"]>[0]) =>
  records(input, "Instances").map((each) => text(each, "InstanceId"));

const registerInstances: Operation = {
  subject: loadBalancerName,
  run(input, { region }) {
    const { instances } = region.classicElb.get(text(input, "LoadBalancerName"));
    for (const id of instanceIds(input)) instances.add(id);
    return { Instances: [...instances].map((InstanceId) => ({ InstanceId })) };
  },
};

const deregisterInstances: Operation = {
  subject: loadBalancerName,
  run(input, { region }) {
    const { instances } = region.classicElb.get(text(input, "LoadBalancerName"));
    for (const id of instanceIds(input)) instances.delete(id);
    return { Instances: [...instances].map((InstanceId) => ({ InstanceId })) };
  },
};

export const loadBalancerOperations = {
  CreateLoadBalancer: createLoadBalancer,
  DescribeLoadBalancers: describeLoadBalancers,
  DeleteLoadBalancer: deleteLoadBalancer,
  ApplySecurityGroupsToLoadBalancer: applySecurityGroups,
  ConfigureHealthCheck: configureHealthCheck,
  RegisterInstancesWithLoadBalancer: registerInstances,
  DeregisterInstancesFromLoadBalancer: deregisterInstances,
};
