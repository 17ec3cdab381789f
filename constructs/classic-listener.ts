import { Construct, type IConstruct } from "constructs";
import type { TerraformResource } from "./engine";
import { isUnknown } from "./is-unknown";
import { mistakeIn } from "./mistake";

/** A listener of a Classic Load Balancer; it serves one certificate. */
export interface IClassicListener extends IConstruct {
  readonly loadBalancerName: string;
  /** That clients connect to. */
  readonly port: number;
  /** Where it is known at synthesis. */
  readonly region?: string;
  /** Undefined of a load balancer made elsewhere. */
  readonly loadBalancer?: DeclaredClassicLoadBalancer;
}

export interface ClassicListenerAttributes {
  readonly loadBalancerName: string;
  /** That clients connect to. */
  readonly port: number;
  /** @default the provider's */
  readonly region?: string;
}

/** A listener block of a Classic Load Balancer. */
export interface ClassicListenerBlock {
  readonly instancePort: number;
  readonly instanceProtocol: string;
  readonly lbPort: number;
  readonly lbProtocol: string;
  readonly sslCertificateId?: string;
}

/** What is needed of a Classic Load Balancer that is declared in code; `Elb` of provider-aws is one. */
export interface DeclaredClassicLoadBalancer extends TerraformResource {
  readonly name: string;
  readonly regionInput: string | undefined;
  /** An array, or a token where the blocks are known to terraform alone. */
  readonly listenerInput: unknown;
  putListener(blocks: ClassicListenerBlock[]): void;
}

/**
 * A listener of a Classic Load Balancer, by name and port, or of one that is declared in code.
 *
 * @example
 * const listener = ClassicListener.fromAttributes(this, "old", { loadBalancerName: "intranet", port: 443 });
 * new ListenerAttachment(this, "https", { certificate, listener });
 */
export class ClassicListener extends Construct implements IClassicListener {
  /** Of a load balancer made elsewhere. */
  static fromAttributes(scope: Construct, id: string, attributes: ClassicListenerAttributes): IClassicListener {
    const { loadBalancerName, port, region } = attributes;
    return new ClassicListener(scope, id, loadBalancerName, port, region);
  }

  /**
   * Of a load balancer that is declared in this stack. Where a changed certificate is a changed block, hashicorp/aws
   * removes the listener and makes it anew: for a moment nothing answers (its issues 2698 and 23393). A load balancer with
   * `lifecycle: { ignoreChanges: ["listener"] }` is spared that; the attachment changes the certificate in place.
   */
  static of(scope: Construct, id: string, loadBalancer: DeclaredClassicLoadBalancer, port: number): IClassicListener {
    return new ClassicListener(scope, id, loadBalancer.name, port, loadBalancer.regionInput, loadBalancer);
  }

  private constructor(
    scope: Construct,
    id: string,
    readonly loadBalancerName: string,
    readonly port: number,
    readonly region?: string,
    readonly loadBalancer?: DeclaredClassicLoadBalancer,
  ) {
    super(scope, id);
    const source = "Elastic Load Balancing API reference (2012-06-01), Listener and LoadBalancerName";
    if (!isUnknown(loadBalancerName) && !/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(loadBalancerName))
      throw mistakeIn(this, {
        what: `"${loadBalancerName}" is not the name of a Classic Load Balancer`,
        source,
        fix: "give its name, 1 to 32 letters, digits and hyphens, and not its DNS name or ARN",
      });
    if (isUnknown(port) || (Number.isInteger(port) && port >= 1 && port <= 65_535)) return;
    throw mistakeIn(this, { what: `port ${port} is not a port`, source, fix: "give the port clients connect to, 443" });
  }
}
