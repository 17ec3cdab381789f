/**
 * The way into AWS: one caller identity, and for each region one client object per service, made when first used.
 * Start reading here, then `certificate-store.ts`. Nothing of the SDK is loaded before a method that needs it.
 */
import { randomUUID } from "node:crypto";
import { sleep, systemClock } from "../platform/clock";
import { AppError } from "../platform/errors";
import { silentLogger } from "../platform/log";
import { AwsCaller } from "./aws-caller";
import type { AwsParts, AwsSettings } from "./aws-settings";
import type { CallOptions } from "./call-options";
import { CallerIdentity } from "./caller-identity";
import { CertificateStore } from "./certificate-store";
import { ClassicLoadBalancers } from "./classic-load-balancers";
import { Distributions } from "./distributions";
import { IssuedCertificates } from "./issued-certificates";
import { enabledRegions } from "./enabled-regions";
import { EventBus } from "./event-bus";
import { globalRegion } from "./global-region";
import { HostedZones } from "./hosted-zones";
import { HttpApiDomainNames } from "./http-api-domain-names";
import { LoadBalancers } from "./load-balancers";
import { MessageQueue } from "./message-queue";
import type { QueuePlace } from "./queue-place";
import { RestApiDomainNames } from "./rest-api-domain-names";
import { RoleSession, type SessionCredentials } from "./role-session";
import { sdk } from "./sdk";
import { SecretStore } from "./secret-store";
import { ServerCertificates } from "./server-certificates";
import { taggedResources, type Tags } from "./tagged-resources";
import { Topics } from "./topics";
import { TrustingAgent } from "./trusting-agent";

/** The part of a client's configuration that is the same for all services. */
interface ClientConfig {
  readonly region: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly credentials?: CredentialSource;
  readonly maxAttempts: number;
  readonly requestHandler: RequestHandlerConfig;
  /** Of the clients that the SDK's credential chain makes for itself (SSO), which inherit nothing else. */
  readonly clientConfig: { readonly requestHandler: RequestHandlerConfig };
  readonly customUserAgent: string;
}

interface RequestHandlerConfig {
  readonly connectionTimeout: number;
  readonly httpsAgent: TrustingAgent;
}

type CredentialSource = AwsSettings["credentials"] | (() => Promise<SessionCredentials>);

interface Closable {
  destroy(): void;
}

export class AwsAccess {
  readonly identity: CallerIdentity;
  private readonly caller: AwsCaller;
  private readonly roleSession: RoleSession;
  private readonly certificateStores = new Map<string, CertificateStore>();
  private readonly issuedByRegion = new Map<string, IssuedCertificates>();
  private readonly loadBalancersByRegion = new Map<string, LoadBalancers>();
  private readonly classicLoadBalancersByRegion = new Map<string, ClassicLoadBalancers>();
  private readonly restApiNamesByRegion = new Map<string, RestApiDomainNames>();
  private readonly httpApiNamesByRegion = new Map<string, HttpApiDomainNames>();
  private readonly zones: HostedZones;
  private readonly edge: Distributions;
  private readonly uploaded: ServerCertificates;
  private readonly secretStores = new Map<string, SecretStore>();
  private readonly opened: Closable[] = [];

  constructor(
    private readonly settings: AwsSettings,
    private readonly parts: AwsParts = {},
  ) {
    this.roleSession = new RoleSession(() => this.assumeRole(), parts.clock ?? systemClock);
    this.caller = new AwsCaller({
      clock: parts.clock ?? systemClock,
      sleep: parts.sleep ?? sleep,
      random: parts.random ?? Math.random,
      logger: parts.logger ?? silentLogger,
      requestTimeoutMs: parts.requestTimeoutMs ?? 30_000,
      throttleTimeoutMs: parts.throttleTimeoutMs ?? 5 * 60_000,
      pace: parts.pace ?? true,
      onChange: parts.onChange,
    });
    const globally = globalRegion(settings.region);
    this.zones = new HostedZones({
      region: globally,
      caller: this.caller,
      client: this.once(() => new (sdk.route53().Route53Client)(this.config(globally))),
      sleep: parts.sleep ?? sleep,
    });
    this.edge = new Distributions({
      region: globally,
      caller: this.caller,
      client: this.once(() => new (sdk.cloudFront().CloudFrontClient)(this.config(globally))),
    });
    this.uploaded = new ServerCertificates({
      region: globally,
      caller: this.caller,
      client: this.once(() => new (sdk.iam().IAMClient)(this.config(globally))),
    });
    this.identity = new CallerIdentity({
      region: settings.region,
      caller: this.caller,
      client: this.once(() => new (sdk.sts().STSClient)(this.config(settings.region))),
    });
  }

  /** ACM in one region. @default the region of the settings */
  certificates(region: string = this.settings.region): CertificateStore {
    return remembered(this.certificateStores, region, () => {
      const config = this.config(region);
      return new CertificateStore({
        region,
        caller: this.caller,
        identity: this.identity,
        acm: this.once(() => new (sdk.acm().ACMClient)(config)),
        tagging: this.once(() => new (sdk.tagging().ResourceGroupsTaggingAPIClient)(config)),
      });
    });
  }

  /** Certificates that ACM issues, in one region. @default the region of the settings */
  issuedCertificates(region: string = this.settings.region): IssuedCertificates {
    return remembered(this.issuedByRegion, region, () => {
      const client = this.once(() => new (sdk.acm().ACMClient)(this.config(region)));
      return new IssuedCertificates({ region, caller: this.caller, client });
    });
  }

  /** Application and network load balancers in one region. @default the region of the settings */
  loadBalancers(region: string = this.settings.region): LoadBalancers {
    return remembered(this.loadBalancersByRegion, region, () => {
      const client = this.once(() => new (sdk.elbv2().ElasticLoadBalancingV2Client)(this.config(region)));
      return new LoadBalancers({ region, caller: this.caller, client });
    });
  }

  /** Classic Load Balancers in one region. @default the region of the settings */
  classicLoadBalancers(region: string = this.settings.region): ClassicLoadBalancers {
    return remembered(this.classicLoadBalancersByRegion, region, () => {
      const client = this.once(() => new (sdk.elb().ElasticLoadBalancingClient)(this.config(region)));
      return new ClassicLoadBalancers({ region, caller: this.caller, client });
    });
  }

  /** Domain names of HTTP and WebSocket APIs in one region. @default the region of the settings */
  httpApiDomainNames(region: string = this.settings.region): HttpApiDomainNames {
    return remembered(this.httpApiNamesByRegion, region, () => {
      const client = this.once(() => new (sdk.apiGatewayV2().ApiGatewayV2Client)(this.config(region)));
      return new HttpApiDomainNames({ region, caller: this.caller, client });
    });
  }

  /** Domain names of REST APIs in one region. @default the region of the settings */
  restApiDomainNames(region: string = this.settings.region): RestApiDomainNames {
    return remembered(this.restApiNamesByRegion, region, () => {
      const client = this.once(() => new (sdk.apiGateway().APIGatewayClient)(this.config(region)));
      return new RestApiDomainNames({ region, caller: this.caller, client });
    });
  }

  /** Route 53, which has no regions. */
  hostedZones(): HostedZones {
    return this.zones;
  }

  /** CloudFront, which has no regions. */
  distributions(): Distributions {
    return this.edge;
  }

  /** Server certificates of IAM, which has no regions. */
  serverCertificates(): ServerCertificates {
    return this.uploaded;
  }

  /** The regions that the account may use. */
  async enabledRegions({ signal }: CallOptions = {}): Promise<string[]> {
    const region = globalRegion(this.settings.region);
    const client = this.once(() => new (sdk.account().AccountClient)(this.config(region)));
    return enabledRegions({ region, caller: this.caller, client }, signal);
  }

  /** Resources of these types in one region that carry tags, by ARN. */
  async tagged(region: string, types: readonly string[], { signal }: CallOptions = {}): Promise<Map<string, Tags>> {
    const client = this.once(() => new (sdk.tagging().ResourceGroupsTaggingAPIClient)(this.config(region)));
    return taggedResources({ region, caller: this.caller, client }, { types }, signal);
  }

  /** Secrets Manager in one region. @default the region of the settings */
  secrets(region: string = this.settings.region): SecretStore {
    return remembered(this.secretStores, region, () => {
      const client = this.once(() => new (sdk.secretsManager().SecretsManagerClient)(this.config(region)));
      return new SecretStore({ region, caller: this.caller, client, newToken: randomUUID });
    });
  }

  /** Topics of SNS in one region. */
  topics(region: string): Topics {
    const client = this.once(() => new (sdk.sns().SNSClient)(this.config(region)));
    return new Topics({ region, caller: this.caller, client });
  }

  /** Event buses in one region. */
  events(region: string): EventBus {
    const client = this.once(() => new (sdk.eventBridge().EventBridgeClient)(this.config(region)));
    return new EventBus({ region, caller: this.caller, client });
  }

  /** A queue of SQS. Its endpoint is that of its region, or of the settings, whatever host its URL has. */
  queue(place: QueuePlace): MessageQueue {
    const config = { ...this.config(place.region), useQueueUrlAsEndpoint: false };
    const client = this.once(() => new (sdk.sqs().SQSClient)(config));
    return new MessageQueue({ ...place, caller: this.caller, client });
  }

  /** Ends kept connections. */
  close(): void {
    for (const client of this.opened.splice(0)) client.destroy();
  }

  /** A client that is made at its first use and ended by `close`. */
  private once<T extends Closable>(make: () => T): () => T {
    let client: T | undefined;
    return () => {
      if (client === undefined) this.opened.push((client = make()));
      return client;
    };
  }

  private config(region: string): ClientConfig {
    return {
      ...this.ownConfig(region),
      ...(this.settings.assumeRole ? { credentials: () => this.roleSession.get() } : {}),
    };
  }

  private ownConfig(region: string): ClientConfig {
    const { profile, endpointUrl, credentials } = this.settings;
    const requestHandler = { connectionTimeout: this.parts.connectTimeoutMs ?? 5_000, httpsAgent: new TrustingAgent() };
    return {
      region,
      ...(profile === undefined ? {} : { profile }),
      ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
      ...(credentials === undefined ? {} : { credentials }),
      maxAttempts: 1,
      requestHandler,
      clientConfig: { requestHandler },
      customUserAgent: "unexpired",
    };
  }

  private readonly baseSts = this.once(() => new (sdk.sts().STSClient)(this.ownConfig(this.settings.region)));

  private async assumeRole(): Promise<SessionCredentials> {
    const role = this.settings.assumeRole;
    if (role === undefined) throw new AppError("internal", "no role to assume");
    const answer = await this.caller.call({
      action: "sts:AssumeRole",
      resource: role.roleArn,
      region: this.settings.region,
      send: (abortSignal) =>
        this.baseSts().send(
          new (sdk.sts().AssumeRoleCommand)({
            RoleArn: role.roleArn,
            RoleSessionName: role.sessionName ?? "unexpired",
            ExternalId: role.externalId,
          }),
          { abortSignal },
        ),
    });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined)
      throw new AppError("aws_request", `sts:AssumeRole on ${role.roleArn} answered without credentials`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  }
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
