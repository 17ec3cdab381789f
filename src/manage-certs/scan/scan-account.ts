/** One account: what has no region, and its regions one beside the other. */
import type { QuotaUsage, ScannedCertificate } from "./estate";
import { readCertificates } from "./read-certificates";
import { distributionType, readDistributions } from "./read-distributions";
import { readHttpDomainNames, readRestDomainNames, withoutTwins } from "./read-domain-names";
import { loadBalancerType, readClassicLoadBalancers, readLoadBalancers } from "./read-load-balancers";
import { readServerCertificates } from "./read-server-certificates";
import { globalPlace, type ScanContext } from "./scan-context";
import { joined, nothing, type Serving } from "./serving";

export interface AccountScan {
  readonly certificates: readonly ScannedCertificate[];
  readonly serving: Serving;
  readonly usage: readonly QuotaUsage[];
}

/** @param edgeRegion where the tags of what has no region are found */
export async function scanAccount(
  regions: readonly string[],
  edgeRegion: string,
  context: ScanContext,
): Promise<AccountScan> {
  const parts = await Promise.all([
    scanGlobal(edgeRegion, context),
    ...regions.map((region) => scanRegion(region, context)),
  ]);
  return {
    certificates: parts.flatMap(({ certificates }) => certificates),
    serving: joined(parts.map(({ serving }) => serving)),
    usage: parts.flatMap(({ usage }) => usage),
  };
}

/** What has no region: IAM and CloudFront. */
async function scanGlobal(edgeRegion: string, context: ScanContext): Promise<AccountScan> {
  const { access, accountId, failures, signal } = context;
  const at = (service: string) => ({ accountId, region: globalPlace, service });
  const tags = failures.attempt(at("tag"), new Map(), () => access.tagged(edgeRegion, [distributionType], { signal }));
  const uploaded = failures.attempt(at("iam"), [], () => readServerCertificates(context));
  const [found, serving] = await Promise.all([
    uploaded,
    failures.attempt(at("cloudfront"), nothing, () => readDistributions(tags, uploaded, context)),
    tags,
  ]);
  return { certificates: found.map(({ certificate }) => certificate), serving, usage: [] };
}

/** Default quotas: ACM user guide, "Quotas"; Elastic Load Balancing user guides, certificates per load balancer. */
const quotas = { certificates: 2500, sniCertificates: 25 };

async function scanRegion(region: string, context: ScanContext): Promise<AccountScan> {
  const { access, accountId, failures, signal } = context;
  const at = (service: string) => ({ accountId, region, service });
  const types = ["acm:certificate", loadBalancerType];
  const tags = failures.attempt(at("tag"), new Map(), () => access.tagged(region, types, { signal }));
  const [, certificates, ...served] = await Promise.all([
    tags,
    failures.attempt(at("acm"), undefined, () => readCertificates(region, tags, context)),
    failures.attempt(at("elasticloadbalancing"), nothing, () => readLoadBalancers(region, tags, context)),
    failures.attempt(at("elasticloadbalancing"), nothing, () => readClassicLoadBalancers(region, tags, context)),
    failures.attempt(at("apigateway"), nothing, () => readRestDomainNames(region, context)),
    failures.attempt(at("apigateway"), nothing, () => readHttpDomainNames(region, context)),
  ]);
  const serving = withoutTwins(joined(served));
  const listed = certificates && {
    ...{ accountId, region, quota: "certificates" as const },
    used: certificates.filter(({ origin }) => origin !== "acme-endpoint").length,
    limit: quotas.certificates,
  };
  return { certificates: certificates ?? [], serving, usage: [...(listed ? [listed] : []), ...sniUsage(serving)] };
}

function sniUsage({ points, attachments }: Serving): QuotaUsage[] {
  return points
    .filter(({ kind }) => kind === "application-listener" || kind === "network-listener")
    .map(({ id, accountId, region }) => ({
      ...{ accountId, region, quota: "SNI certificates" as const, subject: id },
      used: attachments.filter(({ point, role }) => point.id === id && role === "sni").length,
      limit: quotas.sniCertificates,
    }));
}
