/** Listeners of load balancers in one account and region: application and network ones, and Classic ones. */
import type { LoadBalancerDescription } from "../../aws/classic-load-balancers";
import type { ListenerDescription, LoadBalancerSummary } from "../../aws/load-balancers";
import type { Tags } from "../../aws/tagged-resources";
import { mapLimited } from "../../platform/map-limited";
import type { ScanContext } from "./scan-context";
import { joined, nothing, served, type Serving } from "./serving";

/** Enough to keep the bucket of the Describe operations empty: forty at once, then ten a second. */
const underWay = 48;

/** The tagging API's names; both generations of load balancers have the same. */
export const loadBalancerType = "elasticloadbalancing:loadbalancer";

/**
 * Every TLS listener with its certificates. Costs a page, and a call for each load balancer and for each TLS listener.
 * Errors: those of `DescribeLoadBalancers`. What fails for one load balancer is a failure and hides no other.
 */
export async function readLoadBalancers(
  region: string,
  tagsOf: Promise<ReadonlyMap<string, Tags>>,
  context: ScanContext,
): Promise<Serving> {
  const { access, accountId, failures, signal } = context;
  const api = access.loadBalancers(region);
  const place = { accountId, region, service: "elasticloadbalancing" };
  const loadBalancers = (await api.listAll({ signal })).filter(({ type }) => type !== "gateway");
  const listenersOf = await mapLimited(loadBalancers, underWay, (loadBalancer) =>
    failures.attempt(place, [], async () => {
      const all = await api.describeListeners({ loadBalancerArn: loadBalancer.arn }, { signal });
      return all.filter(speaksTls).map((listener) => ({ loadBalancer, listener }));
    }),
  );
  const tags = await tagsOf;
  const parts = await mapLimited(listenersOf.flat(), underWay, async ({ loadBalancer, listener }) => {
    const point = toPoint(loadBalancer, listener);
    const sniArns = await failures.attempt(place, undefined, async () => {
      const { sniCertificateArns } = await api.listListenerCertificates(listener.arn, { signal });
      return sniCertificateArns;
    });
    return served(point, listener.defaultCertificateArn, sniArns);
  });
  return joined(parts);

  function toPoint({ arn, name, type, dnsName, internal }: LoadBalancerSummary, listener: ListenerDescription) {
    const port = listener.port ?? 443;
    const kind = type === "network" ? ("network-listener" as const) : ("application-listener" as const);
    const whose = { accountId, region, arn, tags: tags.get(arn) ?? {} };
    return { id: listener.arn, kind, name: `${name}:${port}`, hostName: dnsName, port, internal, ...whose, ...noNames };
  }
}

const noNames = { names: [] } as const;

function speaksTls({ protocol }: ListenerDescription): boolean {
  return protocol === "HTTPS" || protocol === "TLS";
}

/** Errors: those of `DescribeLoadBalancers`. */
export async function readClassicLoadBalancers(
  region: string,
  tagsOf: Promise<ReadonlyMap<string, Tags>>,
  { access, accountId, signal }: ScanContext,
): Promise<Serving> {
  const loadBalancers = await access.classicLoadBalancers(region).listAll({ signal });
  if (loadBalancers.length === 0) return nothing;
  const tags = await tagsOf;
  return joined(loadBalancers.flatMap(listeners));

  function listeners({ LoadBalancerName: name = "", DNSName = "", ...rest }: LoadBalancerDescription): Serving[] {
    const arn = classicArn(region, accountId, name);
    const whose = { accountId, region, arn, tags: tags.get(arn) ?? {} };
    return (rest.ListenerDescriptions ?? []).flatMap(({ Listener: listener }) => {
      const port = listener?.LoadBalancerPort;
      if (port === undefined || !listener?.SSLCertificateId) return [];
      const point = { id: `${arn}:${port}`, kind: "classic-listener" as const, name: `${name}:${port}` };
      const where = { hostName: DNSName, port, internal: rest.Scheme === "internal" };
      return [served({ ...point, ...where, ...whose, ...noNames }, listener.SSLCertificateId)];
    });
  }
}

/** The API tells no ARN (Service Authorization Reference, Elastic Load Balancing, resource type loadbalancer). */
function classicArn(region: string, accountId: string, name: string): string {
  return `arn:${partitionOf(region)}:elasticloadbalancing:${region}:${accountId}:loadbalancer/${name}`;
}

/** AWS general reference, "Amazon Resource Names": each of these regions is in a partition of its own. */
function partitionOf(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}
