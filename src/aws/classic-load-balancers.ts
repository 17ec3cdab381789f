/** Classic Load Balancers in one region: one certificate per listener, and listeners known by name and port. */
import type { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { AppError } from "../platform/errors";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";

export interface ClassicLoadBalancersOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => ElasticLoadBalancingClient;
}

export interface ClassicListener {
  readonly loadBalancerName: string;
  readonly port: number;
}

export class ClassicLoadBalancers {
  constructor(private readonly options: ClassicLoadBalancersOptions) {}

  /** ARN of what a listener serves. Errors: `aws_not_found` if there is no such load balancer, or no listener at that port. */
  async certificateOf({ loadBalancerName, port }: ClassicListener, { signal }: CallOptions = {}): Promise<string> {
    const input = { LoadBalancerNames: [loadBalancerName] };
    const answer = await this.call("DescribeLoadBalancers", loadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().DescribeLoadBalancersCommand)(input), options),
    );
    const listeners = answer.LoadBalancerDescriptions?.[0]?.ListenerDescriptions ?? [];
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
    await this.call("SetLoadBalancerListenerSSLCertificate", LoadBalancerName, signal, (client, options) =>
      client.send(new (sdk.elb().SetLoadBalancerListenerSSLCertificateCommand)(input), options),
    );
  }

  private call<T>(
    action: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: ElasticLoadBalancingClient, options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    return this.options.caller.call({
      action: `elasticloadbalancing:${action}`,
      resource,
      region: this.options.region,
      signal,
      send: (abortSignal) => send(this.options.client(), { abortSignal }),
    });
  }
}
