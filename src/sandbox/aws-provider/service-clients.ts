/** The services of AWS whose commands the resources send themselves, a client for each region. */
import type { AwsCaller } from "../../aws/aws-caller";
import { sdk } from "../../aws/sdk";

export interface Connection {
  readonly endpointUrl: string;
  readonly profile?: string;
  /** @default the SDK's chain */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly caller: AwsCaller;
}

export type Acm = ServiceCalls<InstanceType<ReturnType<typeof sdk.acm>["ACMClient"]>>;
export type CloudWatch = ServiceCalls<InstanceType<ReturnType<typeof sdk.cloudWatch>["CloudWatchClient"]>>;
export type EventBridge = ServiceCalls<InstanceType<ReturnType<typeof sdk.eventBridge>["EventBridgeClient"]>>;
export type Route53 = ServiceCalls<InstanceType<ReturnType<typeof sdk.route53>["Route53Client"]>>;
export type Sns = ServiceCalls<InstanceType<ReturnType<typeof sdk.sns>["SNSClient"]>>;
export type Sts = ServiceCalls<InstanceType<ReturnType<typeof sdk.sts>["STSClient"]>>;

/** Where Route 53 signs (AWS general reference, "Route 53 endpoints and quotas"). */
const globalRegion = "us-east-1";

export class ServiceClients {
  private readonly opened = new Map<string, unknown>();

  constructor(private readonly connection: Connection) {}

  acm(region: string): Acm {
    return this.calls("acm", region, (config) => new (sdk.acm().ACMClient)(config));
  }

  cloudWatch(region: string): CloudWatch {
    return this.calls("cloudwatch", region, (config) => new (sdk.cloudWatch().CloudWatchClient)(config));
  }

  eventBridge(region: string): EventBridge {
    return this.calls("events", region, (config) => new (sdk.eventBridge().EventBridgeClient)(config));
  }

  /** It has no regions. */
  route53(): Route53 {
    return this.calls("route53", globalRegion, (config) => new (sdk.route53().Route53Client)(config));
  }

  sns(region: string): Sns {
    return this.calls("sns", region, (config) => new (sdk.sns().SNSClient)(config));
  }

  sts(region: string): Sts {
    return this.calls("sts", region, (config) => new (sdk.sts().STSClient)(config));
  }

  private calls<Client>(service: string, region: string, make: (config: ClientConfig) => Client): ServiceCalls<Client> {
    const { endpointUrl: endpoint, profile, credentials, caller } = this.connection;
    const config = {
      region,
      endpoint,
      ...(profile === undefined ? {} : { profile }),
      ...(credentials === undefined ? {} : { credentials }),
      // the caller retries
      maxAttempts: 1,
    };
    const client = () => {
      const key = `${service} ${region}`;
      const known = (this.opened.get(key) as Client | undefined) ?? make(config);
      this.opened.set(key, known);
      return known;
    };
    return new ServiceCalls({ service, region, caller, client });
  }
}

interface ClientConfig extends Pick<Connection, "profile" | "credentials"> {
  readonly region: string;
  readonly endpoint: string;
  readonly maxAttempts: number;
}

interface ServiceCallsOptions<Client> {
  /** Prefix of IAM actions. */
  readonly service: string;
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => Client;
}

export class ServiceCalls<Client> {
  constructor(private readonly options: ServiceCallsOptions<Client>) {}

  /** Sends one command; `resource` is what an error names. Errors: those of `AwsCaller`. */
  call<T>(
    operation: string,
    resource: string,
    signal: AbortSignal,
    send: (client: Client, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const { caller, client, region, service } = this.options;
    return caller.call({
      action: `${service}:${operation}`,
      resource,
      region,
      signal,
      send: (abortSignal) => send(client(), { abortSignal }),
    });
  }
}
