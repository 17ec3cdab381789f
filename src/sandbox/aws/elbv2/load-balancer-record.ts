import { AwsError } from "../aws-error";
import { firstAttributes } from "./load-balancer-attributes";

export type LoadBalancerType = "application" | "network";

export interface LoadBalancerSettings {
  readonly name: string;
  readonly type: LoadBalancerType;
  readonly scheme: "internet-facing" | "internal";
  /** IDs: the sandbox has no VPC, it looks at their form alone. */
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly ipAddressType: string;
}

/** What stands for the VPC that the sandbox does not have. */
export const sandboxVpc = {
  id: "vpc-0000000000000000a",
  subnets: ["subnet-0000000000000000a", "subnet-0000000000000000b"],
  defaultSecurityGroup: "sg-0000000000000000a",
} as const;

const ipAddressTypes = ["ipv4", "dualstack", "dualstack-without-public-ipv4"];

/** Host names under which Route 53 knows load balancers of us-east-1 (AWS general reference, "ELB endpoints and quotas"). */
const canonicalZones = { application: "Z35SXDOTRQ7X7K", network: "Z26RNL4JYFTOTI" } as const;

/** An application or network load balancer (elbv2 API reference, LoadBalancer). */
export class LoadBalancerRecord {
  readonly name: string;
  readonly type: LoadBalancerType;
  readonly tags = new Map<string, string>();
  readonly attributes: Map<string, string>;
  readonly dnsName: string;
  readonly createdAt: Date;
  /** LCUs kept ready; undefined where none are. */
  reservedCapacity: number | undefined;
  enforcesPrivateLinkRules: string | undefined;
  private current: LoadBalancerSettings;

  constructor(
    readonly arn: string,
    settings: LoadBalancerSettings,
    { region, id, createdAt }: { readonly region: string; readonly id: string; readonly createdAt: Date },
  ) {
    checkSettings(settings);
    this.current = settings;
    this.name = settings.name;
    this.type = settings.type;
    this.createdAt = createdAt;
    this.attributes = firstAttributes(settings.type);
    const host = `${settings.scheme === "internal" ? "internal-" : ""}${settings.name}-${id}`;
    // User guides: "DNS name".
    this.dnsName =
      settings.type === "network"
        ? `${settings.name}-${id}.elb.${region}.amazonaws.com`
        : `${host}.${region}.elb.amazonaws.com`;
  }

  get settings(): LoadBalancerSettings {
    return this.current;
  }

  get canonicalZoneId(): string {
    return canonicalZones[this.type];
  }

  /** Errors: those of creation; nothing is changed then. */
  change(changes: Partial<Pick<LoadBalancerSettings, "subnets" | "securityGroups" | "ipAddressType">>): void {
    const changed = { ...this.current, ...changes };
    checkSettings(changed);
    if (this.type === "network") this.checkNetworkChange(changed);
    this.current = changed;
  }

  /** NLB user guide, "Update the Availability Zones", "Security groups": what such a load balancer cannot be given later. */
  private checkNetworkChange({ subnets, securityGroups }: LoadBalancerSettings): void {
    const had = this.current;
    if (had.subnets.some((subnet) => !subnets.includes(subnet)))
      throw new AwsError("InvalidConfigurationRequest", "Subnet removal is not supported for Network Load Balancers");
    if ((had.securityGroups.length === 0) !== (securityGroups.length === 0))
      throw new AwsError(
        "InvalidConfigurationRequest",
        "You cannot add security groups to a Network Load Balancer that was created without one, nor remove all of them",
      );
  }
}

/** Rules of names: elbv2 API reference, CreateLoadBalancer, Name. */
function checkSettings({ name, type, subnets, securityGroups, ipAddressType }: LoadBalancerSettings): void {
  if (name.length > 32) invalid(`The load balancer name '${name}' cannot be longer than '32' characters`);
  if (!/^[0-9A-Za-z-]+$/.test(name))
    invalid(
      `The load balancer name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
    );
  if (/^-|-$/.test(name)) invalid(`The load balancer name '${name}' cannot begin or end with a hyphen`);
  if (name.startsWith("internal-")) invalid(`The load balancer name '${name}' cannot begin with 'internal-'`);
  for (const subnet of subnets)
    if (!/^subnet-[0-9a-f]{8,17}$/.test(subnet)) invalid(`The subnet ID '${subnet}' is not valid`);
  for (const group of securityGroups)
    if (!/^sg-[0-9a-f]{8,17}$/.test(group)) invalid(`The security group ID '${group}' is not valid`);
  if (subnets.length < 2 && type === "application")
    invalid("At least two subnets in two different Availability Zones must be specified");
  if (subnets.length < 1) invalid("At least one subnet must be specified");
  if (!ipAddressTypes.includes(ipAddressType)) invalid(`'${ipAddressType}' is not a valid IP address type`);
}

function invalid(message: string): never {
  throw new AwsError("ValidationError", message);
}
