/** Classic Load Balancers in one region: one certificate per listener, and listeners known by name and port. */
import type {
  CreateLoadBalancerCommandInput,
  ElasticLoadBalancingClient,
  HealthCheck,
  Listener,
  LoadBalancerAttributes,
  LoadBalancerDescription,
} from "@aws-sdk/client-elastic-load-balancing";
import { AppError } from "../platform/errors";
import type { AwsCall, AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";
import type { TagChange, Tags } from "./tagged-resources";

export interface ClassicLoadBalancersOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => ElasticLoadBalancingClient;
}

export interface ClassicListener {
  readonly loadBalancerName: string;
  readonly port: number;
}

export type { CreateLoadBalancerCommandInput, HealthCheck, Listener, LoadBalancerAttributes, LoadBalancerDescription };

/** The most that DescribeLoadBalancers gives in one page (Elastic Load Balancing API reference, 2012-06-01). */
const pageSize = 400;

export class ClassicLoadBalancers {
  constructor(private readonly options: ClassicLoadBalancersOptions) {}

  /** Every Classic Load Balancer of the region. */
  async listAll({ signal }: CallOptions = {}): Promise<LoadBalancerDescription[]> {
    const all: LoadBalancerDescription[] = [];
    let marker: string | undefined;
    do {
      const input = { PageSize: pageSize, Marker: marker };
      const page = await this.call("DescribeLoadBalancers", "*", signal, (client, options) =>
        client.send(new (sdk.elb().DescribeLoadBalancersCommand)(input), options),
      );
      all.push(...(page.LoadBalancerDescriptions ?? []));
      marker = page.NextMarker === "" ? undefined : page.NextMarker;
    } while (marker !== undefined);
    return all;
  }

  /** ARN of what a listener serves. Errors: `aws_not_found` if there is no such load balancer, or no listener at that port. */
  async certificateOf({ loadBalancerName, port }: ClassicListener, { signal }: CallOptions = {}): Promise<string> {
    const { ListenerDescriptions: listeners = [] } = await this.describe(loadBalancerName, { signal });
    const listener = listeners.find((each) => each.Listener?.LoadBalancerPort === port)?.Listener;
    if (listener === undefined)
      throw new AppError("aws_not_found", `the load balancer ${loadBalancerName} has no listener at port ${port}`, {
        hint: "name the port that clients connect to",
      });
    return listener.SSLCertificateId ?? "";
  }

  /** Errors: `aws_not_found` if load balancer, listener or certificate does not exist. */
  async setCertificate(listener: ClassicListener, certificateArn: string, { signal }: CallOptions = {}): Promise<void> {
    const { loadBalancerName: LoadBalancerName, port: LoadBalancerPort } = listener;
    const input = { LoadBalancerName, LoadBalancerPort, SSLCertificateId: certificateArn };
    await this.call(
      "SetLoadBalancerListenerSSLCertificate",
      LoadBalancerName,
      signal,
      (client, options) => client.send(new (sdk.elb().SetLoadBalancerListenerSSLCertificateCommand)(input), options),
      () => ({
        ...{ kind: "attached", role: "default", certificateArn },
        attachment: `${LoadBalancerName}:${LoadBalancerPort}`,
      }),
    );
  }

  /** Errors: `aws_not_found`. */
  async describe(name: string, { signal }: CallOptions = {}): Promise<LoadBalancerDescription> {
    const input = { LoadBalancerNames: [name] };
    const answer = await this.call("DescribeLoadBalancers", name, signal, (client, options) =>
      client.send(new (sdk.elb().DescribeLoadBalancersCommand)(input), options),
    );
    return answer.LoadBalancerDescriptions?.[0] ?? {};
  }

  /** Errors: `aws_not_found` for a certificate, `aws_quota`. */
  async create(input: CreateLoadBalancerCommandInput, { signal }: CallOptions = {}): Promise<void> {
    const name = input.LoadBalancerName ?? "*";
    await this.call("CreateLoadBalancer", name, signal, (client, options) =>
      client.send(new (sdk.elb().CreateLoadBalancerCommand)(input), options),
    );
  }

  /** Done as well if it is gone already. */
  async delete(LoadBalancerName: string, { signal }: CallOptions = {}): Promise<void> {
    await this.call("DeleteLoadBalancer", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().DeleteLoadBalancerCommand)({ LoadBalancerName }), options),
    );
  }

  async addListeners(
    LoadBalancerName: string,
    Listeners: readonly Listener[],
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { LoadBalancerName, Listeners: [...Listeners] };
    await this.call("CreateLoadBalancerListeners", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().CreateLoadBalancerListenersCommand)(input), options),
    );
  }

  async removeListeners(
    LoadBalancerName: string,
    ports: readonly number[],
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { LoadBalancerName, LoadBalancerPorts: [...ports] };
    await this.call("DeleteLoadBalancerListeners", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().DeleteLoadBalancerListenersCommand)(input), options),
    );
  }

  async attributes(LoadBalancerName: string, { signal }: CallOptions = {}): Promise<LoadBalancerAttributes> {
    const answer = await this.call("DescribeLoadBalancerAttributes", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().DescribeLoadBalancerAttributesCommand)({ LoadBalancerName }), options),
    );
    return answer.LoadBalancerAttributes ?? {};
  }

  async setAttributes(
    LoadBalancerName: string,
    attributes: LoadBalancerAttributes,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { LoadBalancerName, LoadBalancerAttributes: attributes };
    await this.call("ModifyLoadBalancerAttributes", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().ModifyLoadBalancerAttributesCommand)(input), options),
    );
  }

  async setHealthCheck(
    LoadBalancerName: string,
    HealthCheck: HealthCheck,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { LoadBalancerName, HealthCheck };
    await this.call("ConfigureHealthCheck", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().ConfigureHealthCheckCommand)(input), options),
    );
  }

  async setSecurityGroups(
    LoadBalancerName: string,
    groups: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<void> {
    const input = { LoadBalancerName, SecurityGroups: [...groups] };
    await this.call("ApplySecurityGroupsToLoadBalancer", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().ApplySecurityGroupsToLoadBalancerCommand)(input), options),
    );
  }

  async tags(name: string, { signal }: CallOptions = {}): Promise<Tags> {
    const { TagDescriptions } = await this.call("DescribeTags", name, signal, (client, options) =>
      client.send(new (sdk.elb().DescribeTagsCommand)({ LoadBalancerNames: [name] }), options),
    );
    return Object.fromEntries((TagDescriptions?.[0]?.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  }

  async changeTags(name: string, { set, remove }: TagChange, { signal }: CallOptions = {}): Promise<void> {
    const LoadBalancerNames = [name];
    if (remove.length > 0)
      await this.call("RemoveTags", name, signal, (client, options) =>
        client.send(
          new (sdk.elb().RemoveTagsCommand)({ LoadBalancerNames, Tags: remove.map((Key) => ({ Key })) }),
          options,
        ),
      );
    const Tags = Object.entries(set).map(([Key, Value]) => ({ Key, Value }));
    if (Tags.length > 0)
      await this.call("AddTags", name, signal, (client, options) =>
        client.send(new (sdk.elb().AddTagsCommand)({ LoadBalancerNames, Tags }), options),
      );
  }

  private call<T>(
    action: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: ElasticLoadBalancingClient, options: { abortSignal: AbortSignal }) => Promise<T>,
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
}
