/** Classic Load Balancers of one region (Elastic Load Balancing API reference, version 2012-06-01). */
import { AwsError } from "../aws-error";
import type { AwsFaults } from "../aws-faults";
import { checkUsable, type FindCertificate } from "../elbv2/check-usable";

export interface ClassicListener {
  readonly loadBalancerPort: number;
  readonly protocol: string;
  readonly instancePort: number;
  readonly instanceProtocol: string;
  /** ARN in ACM; only of HTTPS and SSL listeners. */
  certificateArn?: string;
}

export interface ClassicAttributes {
  readonly crossZone: boolean;
  readonly accessLog: Readonly<Record<string, unknown>>;
  readonly draining: { readonly enabled: boolean; readonly timeout: number };
  readonly idleTimeout: number;
  readonly desyncMitigationMode: string;
}

export interface HealthCheck {
  readonly target: string;
  readonly interval: number;
  readonly timeout: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
}

export interface ClassicLoadBalancer {
  readonly name: string;
  readonly dnsName: string;
  readonly createdAt: Date;
  readonly scheme: string;
  readonly availabilityZones: readonly string[];
  readonly subnets: readonly string[];
  readonly listeners: Map<number, ClassicListener>;
  readonly tags: Map<string, string>;
  readonly instances: Set<string>;
  securityGroups: readonly string[];
  attributes: ClassicAttributes;
  healthCheck: HealthCheck;
}

export interface ClassicElbStateOptions {
  readonly accountId: string;
  readonly region: string;
  readonly faults: () => AwsFaults;
  readonly newId: () => string;
  readonly findCertificate: FindCertificate;
}

type NewClassicLoadBalancer = Pick<
  ClassicLoadBalancer,
  "name" | "scheme" | "availabilityZones" | "subnets" | "securityGroups"
>;

interface Detachment {
  readonly certificateArn: string;
  readonly loadBalancerArn: string;
  readonly at: Date;
}

const protocols = ["HTTP", "HTTPS", "TCP", "SSL"];
const secure = ["HTTPS", "SSL"];

/** User guide for Classic Load Balancers: idle timeout 60 s, draining 300 s when it is turned on. */
const firstAttributes: ClassicAttributes = {
  crossZone: false,
  accessLog: { Enabled: false },
  draining: { enabled: false, timeout: 300 },
  idleTimeout: 60,
  desyncMitigationMode: "defensive",
};

/** What a load balancer is made with (API reference, ConfigureHealthCheck; user guide, "Health checks"). */
const firstHealthCheck = { interval: 30, timeout: 5, unhealthyThreshold: 2, healthyThreshold: 10 };

export class ClassicElbState {
  private readonly loadBalancers = new Map<string, ClassicLoadBalancer>();
  private readonly detachments: Detachment[] = [];

  constructor(private readonly options: ClassicElbStateOptions) {}

  all(): readonly ClassicLoadBalancer[] {
    return [...this.loadBalancers.values()];
  }

  get(name: string): ClassicLoadBalancer {
    const found = this.loadBalancers.get(name);
    if (found) return found;
    throw new AwsError("LoadBalancerNotFound", `There is no ACTIVE Load Balancer named '${name}'`);
  }

  arnOf({ name }: { readonly name: string }): string {
    return `arn:aws:elasticloadbalancing:${this.options.region}:${this.options.accountId}:loadbalancer/${name}`;
  }

  create(wanted: NewClassicLoadBalancer, listeners: readonly ClassicListener[], now: Date): ClassicLoadBalancer {
    const { name } = wanted;
    if (!/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/.test(name))
      throw new AwsError("ValidationError", `${name} is not a name: at most 32 letters, digits and hyphens`);
    if (this.loadBalancers.has(name))
      throw new AwsError("DuplicateLoadBalancerName", `The load balancer '${name}' already exists`);
    if (wanted.availabilityZones.length > 0 === wanted.subnets.length > 0)
      throw new AwsError("ValidationError", "Either AvailabilityZones or Subnets must be specified");
    if (listeners.length === 0) throw new AwsError("ValidationError", "Listeners must be specified");
    const id = this.options.newId().replace(/\D/g, "").slice(0, 10);
    const [first] = listeners;
    const made = {
      ...wanted,
      dnsName: `${name}-${id}.${this.options.region}.elb.amazonaws.com`,
      createdAt: now,
      listeners: new Map<number, ClassicListener>(),
      tags: new Map<string, string>(),
      instances: new Set<string>(),
      attributes: firstAttributes,
      healthCheck: { ...firstHealthCheck, target: `TCP:${first?.instancePort ?? 80}` },
    };
    this.addListeners(made, listeners);
    this.loadBalancers.set(name, made);
    return made;
  }

  /** All or none; a listener that is there already in the same form is no mistake (CreateLoadBalancerListeners). */
  addListeners(loadBalancer: ClassicLoadBalancer, added: readonly ClassicListener[]): void {
    for (const listener of added) {
      const known = loadBalancer.listeners.get(listener.loadBalancerPort);
      if (known && !isSame(known, listener))
        throw new AwsError(
          "DuplicateListener",
          `A listener already exists for ${loadBalancer.name} with LoadBalancerPort ${listener.loadBalancerPort}, but with a different InstancePort, Protocol, or SSLCertificateId`,
        );
      this.check(listener);
    }
    for (const listener of added) loadBalancer.listeners.set(listener.loadBalancerPort, listener);
  }

  removeListeners(loadBalancer: ClassicLoadBalancer, ports: readonly number[], now: Date): void {
    for (const port of ports) {
      this.detached(loadBalancer, loadBalancer.listeners.get(port), now);
      loadBalancer.listeners.delete(port);
    }
  }

  /** Errors also: `InvalidConfigurationRequest` for a listener that is not secure. */
  setCertificate(loadBalancer: ClassicLoadBalancer, port: number, certificateArn: string, now: Date): void {
    const listener = loadBalancer.listeners.get(port);
    if (listener === undefined)
      throw new AwsError("ListenerNotFound", `${loadBalancer.name} has no listener at port ${port}`);
    if (!secure.includes(listener.protocol))
      throw new AwsError("InvalidConfigurationRequest", `The listener at port ${port} is neither HTTPS nor SSL`);
    checkUsable(certificateArn, this.options.findCertificate);
    if (listener.certificateArn !== certificateArn) this.detached(loadBalancer, listener, now);
    listener.certificateArn = certificateArn;
  }

  /** Deleting what is not there succeeds (DeleteLoadBalancer). */
  delete(name: string, now: Date): void {
    const found = this.loadBalancers.get(name);
    for (const listener of found?.listeners.values() ?? []) if (found) this.detached(found, listener, now);
    this.loadBalancers.delete(name);
  }

  /** ARNs of load balancers, as ACM's InUseBy names them. */
  usersOf(certificateArn: string, now: Date): readonly string[] {
    const { inUseLagMs } = this.options.faults();
    const current = this.using(certificateArn).map(([loadBalancer]) => this.arnOf(loadBalancer));
    const recent = this.detachments
      .filter((each) => each.certificateArn === certificateArn && now.getTime() - each.at.getTime() < inUseLagMs)
      .map((each) => each.loadBalancerArn);
    return [...new Set([...current, ...recent])];
  }

  using(certificateArn: string): readonly [ClassicLoadBalancer, ClassicListener][] {
    return this.all().flatMap((loadBalancer) =>
      [...loadBalancer.listeners.values()]
        .filter((listener) => listener.certificateArn === certificateArn)
        .map((listener): [ClassicLoadBalancer, ClassicListener] => [loadBalancer, listener]),
    );
  }

  private check({ protocol, instanceProtocol, loadBalancerPort, certificateArn }: ClassicListener): void {
    for (const each of [protocol, instanceProtocol])
      if (!protocols.includes(each)) throw new AwsError("UnsupportedProtocol", `${each} is not a supported protocol`);
    const isHttp = (name: string) => name.startsWith("HTTP");
    if (isHttp(protocol) !== isHttp(instanceProtocol))
      throw new AwsError(
        "ValidationError",
        `${protocol} in front and ${instanceProtocol} behind are of different layers`,
      );
    if (!(loadBalancerPort >= 1 && loadBalancerPort <= 65_535))
      throw new AwsError("ValidationError", `LoadBalancerPort ${loadBalancerPort} is not between 1 and 65535`);
    if (secure.includes(protocol) !== (certificateArn !== undefined))
      throw new AwsError("InvalidConfigurationRequest", `${protocol} listeners and SSLCertificateId do not fit`);
    if (certificateArn !== undefined) checkUsable(certificateArn, this.options.findCertificate);
  }

  private detached(loadBalancer: ClassicLoadBalancer, listener: ClassicListener | undefined, at: Date): void {
    const certificateArn = listener?.certificateArn;
    if (certificateArn === undefined) return;
    this.detachments.push({ certificateArn, loadBalancerArn: this.arnOf(loadBalancer), at });
  }
}

function isSame(one: ClassicListener, other: ClassicListener): boolean {
  const fields = ({ protocol, instancePort, instanceProtocol, certificateArn }: ClassicListener) =>
    JSON.stringify([protocol, instancePort, instanceProtocol, certificateArn]);
  return fields(one) === fields(other);
}
