import type { ZoneStore } from "../zone-store";
import { FrontEnds, type FrontEndAddress } from "../load-balancer/front-ends";
import { AcmAuthority } from "./acm/acm-authority";
import { lookUpAt, noLookUp, type ValidationLookUp } from "./acm/validation-look-up";
import { DomainNames } from "./apigateway/domain-names";
import { firstRegionStatuses, isUsable, type RegionStatuses } from "./account/region-status";
import { AwsRegion } from "./aws-region";
import { calm, type AwsFaults } from "./aws-faults";
import { Distributions } from "./cloudfront/distributions";
import { sandboxVpc, type LoadBalancerRecord, type LoadBalancerType } from "./elbv2/load-balancer-record";
import { Roles } from "./iam/roles";
import { ServerCertificates } from "./iam/server-certificates";
import { HostedZones } from "./route53/hosted-zones";
import type { PublishedMessage } from "./sns/topics";

export interface AwsAccountOptions {
  /** Twelve digits. @default "111122223333" */
  readonly accountId?: string;
  /** Where things are made that name no region. @default "us-east-1" */
  readonly region?: string;
  /** Regions and whether they may be used; may be changed at any time. @default those of an account's first day */
  readonly regions?: RegionStatuses;
  /** @default calm */
  readonly faults?: AwsFaults;
  /** Whether front ends start only when they are opened, for estates of thousands. @default false */
  readonly frontEndsOnDemand?: boolean;
  /** Where ACM looks for validation records. @default nowhere: no certificate is ever issued */
  readonly dnsServer?: { readonly host: string; readonly port: number };
  /** Of certificates that ACM issues. @default 198 days, as ACM user guide, "Public certificate characteristics" */
  readonly issuedLifetimeSeconds?: number;
  /** Where hosted zones are served. @default nowhere */
  readonly zones?: ZoneStore;
  /** For identifiers, keys and faults. @default Math.random */
  readonly random?: () => number;
  /** @default the system's clock */
  readonly now?: () => Date;
}

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only of a session. */
  readonly sessionToken?: string;
  readonly expiration?: Date;
  /** Who signs with it. */
  readonly callerArn: string;
  /** As GetCallerIdentity tells it. */
  readonly userId: string;
}

export interface NewLoadBalancer {
  readonly name: string;
  /** @default "application" */
  readonly type?: LoadBalancerType;
  /** @default the account's region */
  readonly region?: string;
}

/** Where CloudFront reads certificates (CloudFront developer guide, requirements for certificates). */
const edgeRegion = "us-east-1";

/** An account of the emulated AWS: its regions, keys and front ends. Private keys that were imported stay in memory. */
export class AwsAccount {
  readonly accountId: string;
  readonly homeRegion: string;
  readonly frontEnds: FrontEnds;
  readonly hostedZones: HostedZones;
  readonly distributions: Distributions;
  readonly domainNames: DomainNames;
  readonly roles: Roles;
  readonly serverCertificates: ServerCertificates;
  /** Issues what ACM issues. */
  readonly authority: AcmAuthority;
  readonly validationLookUp: ValidationLookUp;
  /** May be changed at any time. */
  issuedLifetimeSeconds: number;
  readonly random: () => number;
  readonly now: () => Date;
  /** May be replaced at any time. */
  regionStatuses: RegionStatuses;
  /** May be replaced at any time. */
  faults: AwsFaults;
  /** IAM actions that are denied to everybody, as `acm:ImportCertificate`. */
  readonly deniedActions = new Set<string>();
  private readonly regions = new Map<string, AwsRegion>();
  private readonly keys = new Map<string, AccessKey>();
  private readonly neighbours = new Map<string, AwsAccount>();

  constructor(options: AwsAccountOptions = {}) {
    this.accountId = options.accountId ?? "111122223333";
    this.homeRegion = options.region ?? "us-east-1";
    this.regionStatuses = options.regions ?? firstRegionStatuses;
    this.faults = options.faults ?? calm;
    this.random = options.random ?? Math.random;
    this.now = options.now ?? (() => new Date());
    this.frontEnds = new FrontEnds({ random: this.random, now: this.now, onDemand: options.frontEndsOnDemand });
    const { now } = this;
    this.issuedLifetimeSeconds = options.issuedLifetimeSeconds ?? 198 * 24 * 3600;
    this.authority = new AcmAuthority({ lifetimeSeconds: () => this.issuedLifetimeSeconds, now });
    this.validationLookUp = options.dnsServer ? lookUpAt(options.dnsServer) : noLookUp;
    this.roles = new Roles(this.accountId, () => this.newId());
    this.serverCertificates = new ServerCertificates({
      accountId: this.accountId,
      faults: () => this.faults,
      newId: () => this.newId(),
      usersOf: ({ arn, id }, at) => [
        ...this.usedRegions().flatMap(({ elb, classicElb }) => [
          ...elb.usersOf(arn, at),
          ...classicElb.usersOf(arn, at),
        ]),
        ...this.distributions.usersOf(id, at),
      ],
    });
    this.hostedZones = new HostedZones({
      faults: () => this.faults,
      newId: () => this.newId(),
      now,
      zones: options.zones,
    });
    this.distributions = new Distributions({
      accountId: this.accountId,
      faults: () => this.faults,
      newId: () => this.newId(),
      findCertificate: (arn) => this.region(edgeRegion).acm.findWithKey(arn),
      findServerCertificate: (id) => this.serverCertificates.findById(id),
      frontEnds: this.frontEnds,
    });
    this.domainNames = new DomainNames({
      faults: () => this.faults,
      newId: () => this.newId(),
      findCertificate: (region, arn) => this.region(region).acm.findWithKey(arn),
      frontEnds: this.frontEnds,
    });
  }

  region(name: string = this.homeRegion): AwsRegion {
    const region = this.regions.get(name) ?? new AwsRegion(this, name);
    this.regions.set(name, region);
    return region;
  }

  /** Whether callers are known there. */
  isRegionUsable(name: string): boolean {
    return isUsable(this.regionStatuses[name]);
  }

  /** Every region that somebody has asked something of. */
  usedRegions(): readonly AwsRegion[] {
    return [...this.regions.values()];
  }

  createLoadBalancer({ name, type = "application", region }: NewLoadBalancer): LoadBalancerRecord {
    const settings = {
      name,
      type,
      scheme: "internet-facing",
      subnets: sandboxVpc.subnets,
      securityGroups: type === "application" ? [sandboxVpc.defaultSecurityGroup] : [],
      ipAddressType: "ipv4",
    } as const;
    return this.region(region).elb.createLoadBalancer(settings, this.now());
  }

  /** Where a TLS listener answers; undefined where it does not exist or has no TLS. */
  frontEnd(listenerArn: string): FrontEndAddress | undefined {
    return this.frontEnds.address(listenerArn);
  }

  /** Another account, whose roles callers of this one may assume. */
  addNeighbour(account: AwsAccount): void {
    this.neighbours.set(account.accountId, account);
  }

  neighbour(accountId: string): AwsAccount | undefined {
    return accountId === this.accountId ? this : this.neighbours.get(accountId);
  }

  /** A long-lived key of a user. */
  createAccessKey(userName: string): AccessKey {
    const userId = `AIDA${this.token(17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
    return this.keep("AKIA", { callerArn: `arn:aws:iam::${this.accountId}:user/${userName}`, userId });
  }

  startSession(callerArn: string, { userId, seconds }: { userId: string; seconds: number }): AccessKey {
    const expiration = new Date(this.now().getTime() + seconds * 1000);
    return this.keep("ASIA", { callerArn, userId, sessionToken: this.token(64), expiration });
  }

  /** The key and the account it belongs to: this one or a neighbour. */
  findAccessKey(accessKeyId: string): { key: AccessKey; account: AwsAccount } | undefined {
    for (const account of [this, ...this.neighbours.values()]) {
      const key = account.keys.get(accessKeyId);
      if (key) return { key, account };
    }
    return undefined;
  }

  /** What a day brings in every region: metrics and events of ACM. It comes when it is asked for. */
  publishDailyNotices(): void {
    for (const region of this.usedRegions()) region.publishDailyNotices();
  }

  /** What was published to topics, oldest first. */
  messages(): readonly PublishedMessage[] {
    return this.usedRegions()
      .flatMap(({ topics }) => topics.messages())
      .sort((one, other) => one.at.getTime() - other.at.getTime());
  }

  newId(): string {
    const digits = (count: number) => this.token(count, "0123456789abcdef");
    return [8, 4, 4, 4, 12].map(digits).join("-");
  }

  async close(): Promise<void> {
    for (const { caretaker, queues } of this.regions.values()) {
      caretaker.close();
      queues.close();
    }
    this.hostedZones.close();
    await this.frontEnds.close();
  }

  private keep(prefix: string, facts: Omit<AccessKey, "accessKeyId" | "secretAccessKey">): AccessKey {
    const accessKeyId = prefix + this.token(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    const key = { accessKeyId, secretAccessKey: this.token(40), ...facts };
    this.keys.set(accessKeyId, key);
    return key;
  }

  private token(length: number, alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.random() * alphabet.length)]).join("");
  }
}
