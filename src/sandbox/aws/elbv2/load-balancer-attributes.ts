/** Attributes of load balancers and their defaults (elbv2 API reference, LoadBalancerAttribute). */
import { AwsError } from "../aws-error";
import type { LoadBalancerType } from "./load-balancer-record";

const ofBoth = {
  "deletion_protection.enabled": "false",
  "access_logs.s3.enabled": "false",
  "access_logs.s3.bucket": "",
  "access_logs.s3.prefix": "",
  "ipv6.deny_all_igw_traffic": "false",
  "zonal_shift.config.enabled": "false",
};

const defaults: Readonly<Record<LoadBalancerType, Readonly<Record<string, string>>>> = {
  application: {
    ...ofBoth,
    "load_balancing.cross_zone.enabled": "true",
    "idle_timeout.timeout_seconds": "60",
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.enabled": "false",
    "connection_logs.s3.bucket": "",
    "connection_logs.s3.prefix": "",
    "health_check_logs.s3.enabled": "false",
    "health_check_logs.s3.bucket": "",
    "health_check_logs.s3.prefix": "",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
  },
  network: {
    ...ofBoth,
    "load_balancing.cross_zone.enabled": "false",
    "dns_record.client_routing_policy": "any_availability_zone",
    "secondary_ips.auto_assigned.per_subnet": "0",
  },
};

const choices: Readonly<Record<string, readonly string[]>> = {
  "routing.http.desync_mitigation_mode": ["monitor", "defensive", "strictest"],
  "routing.http.xff_header_processing.mode": ["append", "preserve", "remove"],
  "dns_record.client_routing_policy": [
    "availability_zone_affinity",
    "partial_availability_zone_affinity",
    "any_availability_zone",
  ],
};

const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  "idle_timeout.timeout_seconds": [1, 4000],
  "client_keep_alive.seconds": [60, 604_800],
  "secondary_ips.auto_assigned.per_subnet": [0, 7],
};

export function firstAttributes(type: LoadBalancerType): Map<string, string> {
  return new Map(Object.entries(defaults[type]));
}

/**
 * Throws where a load balancer does not take the value. The two texts about keys are those that hashicorp/aws looks for
 * (internal/service/elbv2/load_balancer.go, modifyLoadBalancerAttributes).
 */
export function checkAttribute(type: LoadBalancerType, key: string, value: string): void {
  if (defaults[type][key] === undefined) {
    const isKnown = Object.values(defaults).some((each) => key in each);
    throw isKnown
      ? new AwsError(
          "InvalidConfigurationRequest",
          `Load balancer attribute key '${key}' is not supported on load balancers with type '${type}'`,
        )
      : new AwsError("ValidationError", `Load balancer attribute key '${key}' is not recognized`);
  }
  if (fits(key, value, defaults[type][key])) return;
  throw new AwsError("ValidationError", `The value '${value}' is not valid for the load balancer attribute '${key}'`);
}

function fits(key: string, value: string, first: string): boolean {
  const [least, most] = ranges[key] ?? [];
  if (least !== undefined && most !== undefined)
    return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
  if (first === "true" || first === "false") return value === "true" || value === "false";
  return choices[key]?.includes(value) ?? true;
}
