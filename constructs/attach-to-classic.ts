import type { Construct } from "constructs";
import { regionOfAws } from "./bindings/aws-settings";
import { UnexpiredProvider } from "./bindings/unexpired-provider";
import { UnexpiredRollout } from "./bindings/unexpired-rollout";
import { checkRegions } from "./checks/check-regions";
import { entriesOf } from "./checks/listener-entries";
import { rolloutScope } from "./checks/rollout-scope";
import type { ClassicListenerBlock, DeclaredClassicLoadBalancer, IClassicListener } from "./classic-listener";
import { Annotations, TerraformStack } from "./engine";
import { isUnknown } from "./is-unknown";
import type { ListenerAttachmentProps } from "./listener-attachment";
import { type Mistake, mistakeIn } from "./mistake";

const source = "Classic Load Balancers user guide, HTTPS listeners: a listener serves one certificate";

/**
 * Serves a certificate from a listener of a Classic Load Balancer: by its block where the load balancer is declared in this
 * stack, else by a rollout. By both where the load balancer ignores changes of its blocks: the block when the listener is
 * made, the rollout from then on.
 */
export function attachToClassic(
  scope: Construct,
  props: ListenerAttachmentProps & { readonly listener: IClassicListener },
): void {
  const { certificate, listener, role, provider } = props;
  const { loadBalancerName, port, loadBalancer } = listener;
  const region = listener.region ?? (loadBalancer && regionOfAws(loadBalancer, loadBalancer.provider));
  const refuse = (mistake: Omit<Mistake, "source">): never => {
    throw mistakeIn(scope, { ...mistake, source });
  };
  if (role === "sni")
    refuse({
      what: `port ${port} of Classic Load Balancer ${loadBalancer?.node.path ?? loadBalancerName} has no list of certificates`,
      fix: "leave out role, or serve the name from an Application Load Balancer",
    });
  checkRegions(scope, certificate, region);
  if (loadBalancer !== undefined) {
    setBlock(scope, loadBalancer, port, certificate.certificateArn, refuse);
    if (!ignoresListeners(loadBalancer)) return warnOfGap(scope, loadBalancer, port);
  }
  const entries = entriesOf(scope, listener, { arn: `${region ?? ""} ${loadBalancerName}:${port}` });
  if (entries.rollout !== undefined)
    refuse({ what: `listener ${entries.name.trim()} has a certificate already`, fix: "leave out one of the two" });
  if (provider === undefined) UnexpiredProvider.ensureIn(scope);
  entries.rollout = new UnexpiredRollout(rolloutScope(scope, listener), "Rollout", {
    classicListener: { loadBalancerName, port },
    certificateArn: certificate.certificateArn,
    region,
    provider,
  });
}

function warnOfGap(scope: Construct, { node: { path } }: DeclaredClassicLoadBalancer, port: number): void {
  Annotations.of(scope).addWarning(
    `${scope.node.path}: for a certificate with another ARN hashicorp/aws removes the listener at port ${port} of ${path} and ` +
      "makes it anew, and for a moment nothing answers (hashicorp/terraform-provider-aws, issues 2698 and 23393); set " +
      'lifecycle: { ignoreChanges: ["listener"] } on the load balancer',
  );
}

function ignoresListeners({ lifecycle }: DeclaredClassicLoadBalancer): boolean {
  const ignored = lifecycle?.ignoreChanges;
  return ignored === "all" || ignored?.includes("listener") === true;
}

function setBlock(
  scope: Construct,
  loadBalancer: DeclaredClassicLoadBalancer,
  port: number,
  sslCertificateId: string,
  refuse: (mistake: Omit<Mistake, "source">) => never,
): void {
  const { listenerInput, node } = loadBalancer;
  if (TerraformStack.of(loadBalancer) !== TerraformStack.of(scope))
    refuse({
      what: `load balancer ${node.path} belongs to another stack, which alone can set a listener block`,
      fix: "attach it in that stack",
    });
  if (!Array.isArray(listenerInput) || isUnknown(listenerInput))
    return refuse({
      what: `the listener blocks of ${node.path} are known to terraform alone`,
      fix: "declare them in code, or name the load balancer with ClassicListener.fromAttributes",
    });
  const blocks = listenerInput as ClassicListenerBlock[];
  const block = blocks.find(({ lbPort }) => lbPort === port);
  if (block === undefined)
    return refuse({
      what: `load balancer ${node.path} has no listener with lbPort ${port}`,
      fix: `use one of ${blocks.map(({ lbPort }) => lbPort).join(", ")}, or declare it`,
    });
  if (!isUnknown(block.lbProtocol) && !["HTTPS", "SSL"].includes(block.lbProtocol.toUpperCase()))
    refuse({
      what: `port ${port} of ${node.path} speaks ${block.lbProtocol}, which uses no certificate`,
      fix: "set its lbProtocol to https or ssl",
    });
  if (block.sslCertificateId !== undefined)
    refuse({
      what: `port ${port} of ${node.path} has a certificate already`,
      fix: "leave out its sslCertificateId or the other attachment",
    });
  loadBalancer.putListener(blocks.map((each) => (each === block ? { ...each, sslCertificateId } : each)));
}
