/** CloudFront distributions of one account that serve a certificate of their own. */
import type { DistributionSummary } from "../../aws/distributions";
import type { Tags } from "../../aws/tagged-resources";
import { globalPlace, type ScanContext } from "./scan-context";
import type { ServerCertificateFound } from "./read-server-certificates";
import { joined, served, type Serving } from "./serving";

/** The tagging API's name; CloudFront's tags are in the region of its API. */
export const distributionType = "cloudfront:distribution";

/** Errors: those of `ListDistributions`. */
export async function readDistributions(
  tagsOf: Promise<ReadonlyMap<string, Tags>>,
  uploaded: Promise<readonly ServerCertificateFound[]>,
  { access, accountId, signal }: ScanContext,
): Promise<Serving> {
  const distributions = await access.distributions().listAll({ signal });
  const [tags, inIam] = await Promise.all([tagsOf, uploaded]);
  return joined(distributions.flatMap(toServing));

  function toServing(distribution: DistributionSummary): Serving[] {
    const { ViewerCertificate: viewer, ARN: arn = "", Id: name = "", DomainName: hostName = "" } = distribution;
    const byIamId = inIam.find(({ id }) => id === viewer?.IAMCertificateId)?.certificate.arn;
    const certificateArn = viewer?.ACMCertificateArn || byIamId;
    if (certificateArn === undefined) return [];
    const point = { id: arn, kind: "distribution" as const, name, hostName, port: 443 };
    const whose = { arn, accountId, region: globalPlace, tags: tags.get(arn) ?? {} };
    const names = (distribution.Aliases?.Items ?? []).map((alias) => alias.toLowerCase());
    return [served({ ...point, ...whose, disabled: !distribution.Enabled, names }, certificateArn)];
  }
}
