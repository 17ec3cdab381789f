/** Attributes of Classic Load Balancers (Elastic Load Balancing API reference, 2012-06-01, LoadBalancerAttributes). */
import { optionalText, record, records, text, type Input } from "../input";
import type { Operation, Output } from "../service";
import type { ClassicAttributes } from "./classic-elb-state";
import { loadBalancerName } from "./classic-listener-operations";

function attributesOutput(attributes: ClassicAttributes): Output {
  const { crossZone, accessLog, draining, idleTimeout, desyncMitigationMode } = attributes;
  return {
    CrossZoneLoadBalancing: { Enabled: crossZone },
    AccessLog: accessLog,
    ConnectionDraining: { Enabled: draining.enabled, Timeout: draining.timeout },
    ConnectionSettings: { IdleTimeout: idleTimeout },
    AdditionalAttributes: [{ Key: "elb.http.desyncmitigationmode", Value: desyncMitigationMode }],
  };
}

/** What a request leaves out stays as it is. */
function changed(given: Input, before: ClassicAttributes): ClassicAttributes {
  const draining = record(given, "ConnectionDraining");
  const mode = records(given, "AdditionalAttributes").find((each) => each.Key === "elb.http.desyncmitigationmode");
  const flag = (input: Input, fallback: boolean) => (optionalText(input, "Enabled") ?? String(fallback)) === "true";
  return {
    crossZone: flag(record(given, "CrossZoneLoadBalancing"), before.crossZone),
    accessLog: given.AccessLog === undefined ? before.accessLog : record(given, "AccessLog"),
    draining: {
      enabled: flag(draining, before.draining.enabled),
      timeout: Number(optionalText(draining, "Timeout") ?? before.draining.timeout),
    },
    idleTimeout: Number(optionalText(record(given, "ConnectionSettings"), "IdleTimeout") ?? before.idleTimeout),
    desyncMitigationMode: mode === undefined ? before.desyncMitigationMode : text(mode, "Value"),
  };
}

const describeLoadBalancerAttributes: Operation = {
  subject: loadBalancerName,
  reads: true,
  run: (input, { region }) => ({
    LoadBalancerAttributes: attributesOutput(region.classicElb.get(text(input, "LoadBalancerName")).attributes),
  }),
};

const modifyLoadBalancerAttributes: Operation = {
  subject: loadBalancerName,
  run(input, { region }) {
    const balancer = region.classicElb.get(text(input, "LoadBalancerName"));
    balancer.attributes = changed(record(input, "LoadBalancerAttributes"), balancer.attributes);
    return { LoadBalancerName: balancer.name, LoadBalancerAttributes: attributesOutput(balancer.attributes) };
  },
};

export const attributeOperations = {
  DescribeLoadBalancerAttributes: describeLoadBalancerAttributes,
  ModifyLoadBalancerAttributes: modifyLoadBalancerAttributes,
};
