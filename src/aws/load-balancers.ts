/** Listeners of application and network load balancers in one region; both have the same API (elbv2). */
import type { ElasticLoadBalancingV2Client, Listener, LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AppError } from "../platform/errors";
import type { AwsCall, AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";

export interface LoadBalancersOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => ElasticLoadBalancingV2Client;
}

export interface LoadBalancerSummary {
  readonly arn: string;
  readonly name: string;
  /** application, network or gateway. */
  readonly type: string;
  /** What AWS calls it in DNS. */
  readonly dnsName: string;
  /** Its addresses are private ones of its VPC. */
  readonly internal: boolean;
}

export interface ListenerDescription {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly port?: number;
  readonly protocol: string;
  /** Undefined for a listener without TLS. */
  readonly defaultCertificateArn?: string;
}

export interface ListenerCertificates {
  readonly defaultCertificateArn?: string;
  /** The SNI list; the default is in it only if somebody added it there as well. */
  readonly sniCertificateArns: readonly string[];
}

/** Which listeners to describe: some by ARN, or all of one load balancer. */
export type ListenerQuery = { readonly listenerArns: readonly string[] } | { readonly loadBalancerArn: string };

/** The most that the Describe operations give in one page (elbv2 API reference, PageSize). */
const pageSize = 400;

export class LoadBalancers {
  constructor(private readonly options: LoadBalancersOptions) {}

  /** Every load balancer of the region. */
  listAll({ signal }: CallOptions = {}): Promise<LoadBalancerSummary[]> {
    return this.allPages(async (Marker) => {
      const page = await this.call("DescribeLoadBalancers", "*", signal, (client, options) =>
        client.send(new (sdk.elbv2().DescribeLoadBalancersCommand)({ PageSize: pageSize, Marker }), options),
      );
      return { items: (page.LoadBalancers ?? []).map(toLoadBalancer), next: page.NextMarker };
    });
  }

  /** Errors: `aws_not_found` if one of the listeners, or the load balancer, does not exist. */
  async describeListeners(query: ListenerQuery, { signal }: CallOptions = {}): Promise<ListenerDescription[]> {
    const [subject, input] =
      "listenerArns" in query
        ? [query.listenerArns.join(", "), { ListenerArns: [...query.listenerArns] }]
        : [query.loadBalancerArn, { LoadBalancerArn: query.loadBalancerArn, PageSize: pageSize }];
    return this.allPages(async (Marker) => {
      const page = await this.call("DescribeListeners", subject, signal, (client, options) =>
        client.send(new (sdk.elbv2().DescribeListenersCommand)({ ...input, Marker }), options),
      );
      return { items: (page.Listeners ?? []).map(toListener), next: page.NextMarker };
    });
  }

  async listListenerCertificates(listenerArn: string, { signal }: CallOptions = {}): Promise<ListenerCertificates> {
    const entries = await this.allPages(async (Marker) => {
      const input = { ListenerArn: listenerArn, PageSize: pageSize, Marker };
      const page = await this.call("DescribeListenerCertificates", listenerArn, signal, (client, options) =>
        client.send(new (sdk.elbv2().DescribeListenerCertificatesCommand)(input), options),
      );
      return { items: page.Certificates ?? [], next: page.NextMarker };
    });
    return {
      defaultCertificateArn: entries.find((entry) => entry.IsDefault)?.CertificateArn,
      sniCertificateArns: entries.flatMap((entry) =>
        entry.IsDefault || entry.CertificateArn === undefined ? [] : [entry.CertificateArn],
      ),
    };
  }

  /** The old default stays in the SNI list and goes on being served to clients that send its name: remove it there. */
  async modifyDefaultCertificate(
    listenerArn: string,
    certificateArn: string,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { ListenerArn: listenerArn, Certificates: [{ CertificateArn: certificateArn }] };
    await this.call(
      "ModifyListener",
      listenerArn,
      signal,
      (client, options) => client.send(new (sdk.elbv2().ModifyListenerCommand)(input), options),
      () => ({ kind: "attached", role: "default", certificateArn, attachment: listenerArn }),
    );
  }

  /** Adds to the SNI list; done as well if it is there. Errors also: `aws_quota` (25 per listener by default). */
  async addListenerCertificate(
    listenerArn: string,
    certificateArn: string,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { ListenerArn: listenerArn, Certificates: [{ CertificateArn: certificateArn }] };
    await this.call(
      "AddListenerCertificates",
      listenerArn,
      signal,
      (client, options) => client.send(new (sdk.elbv2().AddListenerCertificatesCommand)(input), options),
      () => ({ kind: "attached", role: "sni", certificateArn, attachment: listenerArn }),
    );
  }

  /** Removes from the SNI list; done as well if it is not there. The default cannot be removed, only replaced. */
  async removeListenerCertificate(
    listenerArn: string,
    certificateArn: string,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { ListenerArn: listenerArn, Certificates: [{ CertificateArn: certificateArn }] };
    await this.call(
      "RemoveListenerCertificates",
      listenerArn,
      signal,
      (client, options) => client.send(new (sdk.elbv2().RemoveListenerCertificatesCommand)(input), options),
      () => ({ kind: "detached", role: "sni", certificateArn, attachment: listenerArn }),
    );
  }

  private call<T>(
    action: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: ElasticLoadBalancingV2Client, options: { abortSignal: AbortSignal }) => Promise<T>,
    change?: AwsCall<T>["change"],
  ): Promise<T> {
    return this.options.caller.call({
      change,
      action: `elasticloadbalancing:${action}`,
      resource,
      region: this.options.region,
      signal,
      send: (abortSignal) => send(this.options.client(), { abortSignal }),
    });
  }

  private async allPages<T>(page: (marker?: string) => Promise<{ items: T[]; next?: string }>): Promise<T[]> {
    const all: T[] = [];
    let marker: string | undefined;
    do {
      const { items, next } = await page(marker);
      all.push(...items);
      marker = next;
    } while (marker !== undefined && marker !== "");
    return all;
  }
}

function toLoadBalancer(loadBalancer: LoadBalancer): LoadBalancerSummary {
  const { LoadBalancerArn: arn, LoadBalancerName: name = "", Type: type = "", DNSName: dnsName = "" } = loadBalancer;
  if (arn === undefined)
    throw new AppError("aws_request", "elasticloadbalancing:DescribeLoadBalancers answered with one without ARN");
  return { arn, name, type, dnsName, internal: loadBalancer.Scheme === "internal" };
}

function toListener(listener: Listener): ListenerDescription {
  const { ListenerArn, LoadBalancerArn } = listener;
  if (ListenerArn === undefined || LoadBalancerArn === undefined)
    throw new AppError("aws_request", "elasticloadbalancing:DescribeListeners answered with a listener without ARN");
  return {
    arn: ListenerArn,
    loadBalancerArn: LoadBalancerArn,
    port: listener.Port,
    protocol: listener.Protocol ?? "",
    defaultCertificateArn: listener.Certificates?.[0]?.CertificateArn,
  };
}
