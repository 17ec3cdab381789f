/** What can be changed of a load balancer: attributes, subnets, groups, addresses, capacity (elbv2 API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, record, tagPairs, text, texts, type Input } from "../input";
import type { CallContext, Operation, Output } from "../service";
import { checkAttribute } from "./load-balancer-attributes";
import { availabilityZones, loadBalancerArn, subnetsOf } from "./load-balancer-operations";
import type { LoadBalancerRecord } from "./load-balancer-record";

function operation(
  run: (loadBalancer: LoadBalancerRecord, input: Input, context: CallContext) => Output,
  reads = false,
): Operation {
  return {
    subject: loadBalancerArn,
    reads,
    run: (input, context) => run(context.region.elb.getLoadBalancer(text(input, "LoadBalancerArn")), input, context),
  };
}

const attributesOutput = ({ attributes }: LoadBalancerRecord): Output => ({
  Attributes: [...attributes].map(([Key, Value]) => ({ Key, Value })),
});

const describeAttributes = operation(attributesOutput, true);

const modifyAttributes = operation((loadBalancer, input) => {
  const given = tagPairs(input, "Attributes");
  for (const [key, value] of given) checkAttribute(loadBalancer.type, key, value);
  for (const [key, value] of given) loadBalancer.attributes.set(key, value);
  return attributesOutput(loadBalancer);
});

const setSecurityGroups = operation((loadBalancer, input) => {
  loadBalancer.change({ securityGroups: texts(input, "SecurityGroups") });
  const enforced = optionalText(input, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic");
  if (enforced !== undefined) loadBalancer.enforcesPrivateLinkRules = enforced;
  return {
    SecurityGroupIds: loadBalancer.settings.securityGroups,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: loadBalancer.enforcesPrivateLinkRules,
  };
});

const setSubnets = operation((loadBalancer, input, { region }) => {
  loadBalancer.change({ subnets: subnetsOf(input), ...addressType(input) });
  const { subnets, ipAddressType } = loadBalancer.settings;
  return { AvailabilityZones: availabilityZones(subnets, region.name), IpAddressType: ipAddressType };
});

const setIpAddressType = operation((loadBalancer, input) => {
  loadBalancer.change({ ipAddressType: text(input, "IpAddressType") });
  return { IpAddressType: loadBalancer.settings.ipAddressType };
});

function addressType(input: Input) {
  const ipAddressType = optionalText(input, "IpAddressType");
  return ipAddressType === undefined ? {} : { ipAddressType };
}

/** elbv2 API reference, DescribeCapacityReservation: the state is that of each zone. */
function capacityOutput({ reservedCapacity, settings }: LoadBalancerRecord, { region, now }: CallContext): Output {
  if (reservedCapacity === undefined) return { DecreaseRequestsRemaining: 2, CapacityReservationState: [] };
  return {
    LastModifiedTime: now,
    DecreaseRequestsRemaining: 2,
    MinimumLoadBalancerCapacity: { CapacityUnits: reservedCapacity },
    CapacityReservationState: availabilityZones(settings.subnets, region.name).map(({ ZoneName }) => ({
      State: { Code: "provisioned" },
      AvailabilityZone: ZoneName,
      EffectiveCapacityUnits: reservedCapacity / settings.subnets.length,
    })),
  };
}

const describeCapacity = operation((loadBalancer, _, context) => capacityOutput(loadBalancer, context), true);

const modifyCapacity = operation((loadBalancer, input, context) => {
  const units = optionalNumber(record(input, "MinimumLoadBalancerCapacity"), "CapacityUnits");
  const resets = optionalText(input, "ResetCapacityReservation") === "true";
  if (resets === (units !== undefined))
    throw new AwsError("ValidationError", "Specify either a minimum capacity or that the reservation is reset");
  loadBalancer.reservedCapacity = units;
  return capacityOutput(loadBalancer, context);
});

export const loadBalancerSettingsOperations = {
  DescribeLoadBalancerAttributes: describeAttributes,
  ModifyLoadBalancerAttributes: modifyAttributes,
  SetSecurityGroups: setSecurityGroups,
  SetSubnets: setSubnets,
  SetIpAddressType: setIpAddressType,
  DescribeCapacityReservation: describeCapacity,
  ModifyCapacityReservation: modifyCapacity,
};
