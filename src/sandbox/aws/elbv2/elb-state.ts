/** Load balancers, target groups and listeners of one region. */
import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../aws-error";
import type { AwsFaults } from "../aws-faults";
import { checkUsable, type FindCertificate } from "./check-usable";
import { ListenerRecord, type ListenerSettings } from "./listener-record";
import { LoadBalancerRecord, type LoadBalancerSettings, type LoadBalancerType } from "./load-balancer-record";
import { TargetGroupRecord, type HealthCheck, type TargetGroupSettings } from "./target-group-record";

export interface ElbStateOptions {
  readonly accountId: string;
  readonly region: string;
  readonly faults: () => AwsFaults;
  readonly newId: () => string;
  readonly findCertificate: FindCertificate;
}

interface Detachment {
  readonly certificateArn: string;
  readonly loadBalancerArn: string;
  readonly at: Date;
}

export class ElbState {
  readonly loadBalancers = new Map<string, LoadBalancerRecord>();
  readonly targetGroups = new Map<string, TargetGroupRecord>();
  readonly listeners = new Map<string, ListenerRecord>();
  private readonly detachments: Detachment[] = [];

  constructor(private readonly options: ElbStateOptions) {}

  /** One of the same name and settings is answered again (elbv2 API reference, CreateLoadBalancer). */
  createLoadBalancer(settings: LoadBalancerSettings, createdAt: Date): LoadBalancerRecord {
    const { name, type } = settings;
    const known = [...this.loadBalancers.values()].find((other) => other.name === name);
    if (known) return sameOnly(known, settings, "DuplicateLoadBalancerName", "A load balancer");
    const id = this.shortId();
    const arn = this.arn(`loadbalancer/${kind(type)}/${name}/${id}`);
    const made = new LoadBalancerRecord(arn, settings, { region: this.options.region, id, createdAt });
    this.loadBalancers.set(arn, made);
    return made;
  }

  /** One of the same name and settings is answered again (elbv2 API reference, CreateTargetGroup). */
  createTargetGroup(settings: TargetGroupSettings, health: Partial<HealthCheck> = {}): TargetGroupRecord {
    const { name } = settings;
    const known = [...this.targetGroups.values()].find((other) => other.name === name);
    if (known) return sameOnly(known, settings, "DuplicateTargetGroupName", "A target group");
    const made = new TargetGroupRecord(this.arn(`targetgroup/${name}/${this.shortId()}`), settings, health);
    this.targetGroups.set(made.arn, made);
    return made;
  }

  createListener(loadBalancerArn: string, settings: ListenerSettings): ListenerRecord {
    const loadBalancer = this.getLoadBalancer(loadBalancerArn);
    const siblings = this.listenersOf(loadBalancerArn);
    const path = `listener/${kind(loadBalancer.type)}/${loadBalancer.name}/${loadBalancerArn.split("/").at(-1) ?? ""}`;
    const listener = new ListenerRecord(this.arn(`${path}/${this.shortId()}`), loadBalancer, settings);
    this.check(listener, siblings);
    this.listeners.set(listener.arn, listener);
    return listener;
  }

  modifyListener(listener: ListenerRecord, changes: Partial<ListenerSettings>, now: Date): void {
    const before = listener.certificateArns();
    const trial = new ListenerRecord(listener.arn, listener.loadBalancer, { ...listener.settings, ...changes });
    this.check(
      trial,
      this.listenersOf(listener.loadBalancer.arn).filter((other) => other !== listener),
    );
    listener.modify(changes);
    this.recordDetachments(listener, before, now);
  }

  addCertificate(listener: ListenerRecord, certificateArn: string): void {
    this.checkCertificate(certificateArn);
    listener.addSni(certificateArn, this.options.faults().listenerCertificateQuota);
  }

  removeCertificate(listener: ListenerRecord, certificateArn: string, now: Date): void {
    const before = listener.certificateArns();
    listener.removeSni(certificateArn);
    this.recordDetachments(listener, before, now);
  }

  deleteListener(listener: ListenerRecord, now: Date): void {
    this.listeners.delete(listener.arn);
    for (const certificateArn of listener.certificateArns())
      this.detachments.push({ certificateArn, loadBalancerArn: listener.loadBalancer.arn, at: now });
  }

  findListener(arn: string): ListenerRecord | undefined {
    return this.listeners.get(arn);
  }

  getListener(arn: string): ListenerRecord {
    const found = this.listeners.get(arn);
    if (found) return found;
    throw new AwsError("ListenerNotFound", `One or more listeners not found: ${arn}`);
  }

  getLoadBalancer(arn: string): LoadBalancerRecord {
    const found = this.loadBalancers.get(arn);
    if (found) return found;
    throw new AwsError("LoadBalancerNotFound", `Load balancer ${arn} not found`);
  }

  getTargetGroup(arn: string): TargetGroupRecord {
    const found = this.targetGroups.get(arn);
    if (found) return found;
    throw new AwsError("TargetGroupNotFound", `Target group '${arn}' not found`);
  }

  /** ARNs of the load balancers whose listeners forward to a target group. */
  loadBalancersUsing(targetGroupArn: string): readonly string[] {
    const forwarding = [...this.listeners.values()].filter((each) => each.targetGroupArns().includes(targetGroupArn));
    return [...new Set(forwarding.map(({ loadBalancer }) => loadBalancer.arn))];
  }

  listenersOf(loadBalancerArn: string): ListenerRecord[] {
    return [...this.listeners.values()].filter((listener) => listener.loadBalancer.arn === loadBalancerArn);
  }

  listenersUsing(certificateArn: string): ListenerRecord[] {
    return [...this.listeners.values()].filter((listener) => listener.uses(certificateArn));
  }

  /** ARNs of load balancers, as ACM's InUseBy names them; ACM learns of a detachment some time later. */
  usersOf(certificateArn: string, now: Date): readonly string[] {
    const { inUseLagMs } = this.options.faults();
    const current = this.listenersUsing(certificateArn).map((listener) => listener.loadBalancer.arn);
    const recent = this.detachments
      .filter((each) => each.certificateArn === certificateArn && now.getTime() - each.at.getTime() < inUseLagMs)
      .map((each) => each.loadBalancerArn);
    return [...new Set([...current, ...recent])];
  }

  private check(listener: ListenerRecord, siblings: readonly ListenerRecord[]): void {
    const { port, defaultCertificateArn } = listener.settings;
    if (siblings.some((other) => other.settings.port === port))
      throw new AwsError("DuplicateListener", `A listener already exists on port ${port} for this load balancer`);
    listener.check();
    if (defaultCertificateArn !== undefined) this.checkCertificate(defaultCertificateArn);
    for (const arn of listener.targetGroupArns())
      if (!this.targetGroups.has(arn)) throw new AwsError("TargetGroupNotFound", `Target group ${arn} not found`);
  }

  private checkCertificate(arn: string): void {
    checkUsable(arn, this.options.findCertificate);
  }

  private recordDetachments(listener: ListenerRecord, before: readonly string[], at: Date): void {
    const kept = listener.certificateArns();
    for (const certificateArn of before.filter((arn) => !kept.includes(arn)))
      this.detachments.push({ certificateArn, loadBalancerArn: listener.loadBalancer.arn, at });
  }

  private arn(resource: string): string {
    return `arn:aws:elasticloadbalancing:${this.options.region}:${this.options.accountId}:${resource}`;
  }

  private shortId(): string {
    return this.options.newId().replaceAll("-", "").slice(0, 16);
  }
}

function kind(type: LoadBalancerType): string {
  return type === "application" ? "app" : "net";
}

function sameOnly<T extends { readonly settings: { readonly name: string } }>(
  known: T,
  settings: T["settings"],
  code: string,
  kindName: string,
): T {
  if (isDeepStrictEqual(known.settings, settings)) return known;
  throw new AwsError(code, `${kindName} with the same name '${settings.name}' exists, but with different settings`);
}
