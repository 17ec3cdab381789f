import type { ZoneStore } from "../zone-store";
import { FrontEnds, type FrontEndAddress } from "../load-balancer/front-ends";
import { AcmAuthority } from "./acm/acm-authority";
import { lookUpAt, noLookUp, type ValidationLookUp } from "./acm/validation-look-up";
import { DomainNames } from "./apigateway/domain-names";
import { AwsRegion } from "./aws-region";
import { calm, type AwsFaults } from "./aws-faults";
import { Distributions } from "./cloudfront/distributions";
import { sandboxVpc, type LoadBalancerRecord, type LoadBalancerType } from "./elbv2/load-balancer-record";
import { HostedZones } from "./route53/hosted-zones";

export interface AwsAccountOptions {
  /** Twelve digits. @default "111122223333" */
  readonly accountId?: string;
  /** Where things are made that name no region. @default "us-east-1" */
  readonly region?: string;
  /** @default calm */
  readonly faults?: AwsFaults;
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
}

export interface NewLoadBalancer {
  readonly name: string;
  /** @default "application" */
  readonly type?: LoadBalancerType;
  /** @default the account's region */
  readonly region?: string;
}

/** How long a session of a role lasts (STS API reference, DurationSeconds). */
const sessionMs = 3600 * 1000;

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
  /** Issues what ACM issues. */
  readonly authority: AcmAuthority;
  readonly validationLookUp: ValidationLookUp;
  /** May be changed at any time. */
  issuedLifetimeSeconds: number;
  readonly random: () => number;
  readonly now: () => Date;
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
    this.faults = options.faults ?? calm;
    this.random = options.random ?? Math.random;
    this.now = options.now ?? (() => new Date());
    this.frontEnds = new FrontEnds({ random: this.random, now: this.now });
    const { now } = this;
    this.issuedLifetimeSeconds = options.issuedLifetimeSeconds ?? 198 * 24 * 3600;
    this.authority = new AcmAuthority({ lifetimeSeconds: () => this.issuedLifetimeSeconds, now });
    this.validationLookUp = options.dnsServer ? lookUpAt(options.dnsServer) : noLookUp;
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
      findCertificate: (arn) => this.region(edgeRegion).acm.find(arn),
      frontEnds: this.frontEnds,
    });
    this.domainNames = new DomainNames({
      faults: () => this.faults,
      newId: () => this.newId(),
      findCertificate: (region, arn) => this.region(region).acm.find(arn),
      frontEnds: this.frontEnds,
    });
  }

  region(name: string = this.homeRegion): AwsRegion {
    const region = this.regions.get(name) ?? new AwsRegion(this, name);
    this.regions.set(name, region);
    return region;
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
    return this.keep("AKIA", { callerArn: `arn:aws:iam::${this.accountId}:user/${userName}` });
  }

  startSession(callerArn: string): AccessKey {
    const expiration = new Date(this.now().getTime() + sessionMs);
    return this.keep("ASIA", { callerArn, sessionToken: this.token(64), expiration });
  }

  /** The key and the account it belongs to: this one or a neighbour. */
  findAccessKey(accessKeyId: string): { key: AccessKey; account: AwsAccount } | undefined {
    for (const account of [this, ...this.neighbours.values()]) {
      const key = account.keys.get(accessKeyId);
      if (key) return { key, account };
    }
    return undefined;
  }

  newId(): string {
    const digits = (count: number) => this.token(count, "0123456789abcdef");
    return [8, 4, 4, 4, 12].map(digits).join("-");
  }

  async close(): Promise<void> {
    for (const { caretaker } of this.regions.values()) caretaker.close();
    this.hostedZones.close();
    await this.frontEnds.close();
  }

  private keep(prefix: string, facts: Pick<AccessKey, "callerArn" | "sessionToken" | "expiration">): AccessKey {
    const accessKeyId = prefix + this.token(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    const key = { accessKeyId, secretAccessKey: this.token(40), ...facts };
    this.keys.set(accessKeyId, key);
    return key;
  }

  private token(length: number, alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.random() * alphabet.length)]).join("");
  }
}
