/** Custom domain names of API Gateway in one account and region. Both generations of its API show them. */
import type { ScanContext } from "./scan-context";
import { joined, served, type Serving } from "./serving";

interface DomainNameFacts {
  readonly name: string;
  readonly arn: string;
  readonly hostName: string;
  readonly certificateArn?: string;
  readonly internal?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Errors: those of `GetDomainNames`. */
export async function readRestDomainNames(region: string, context: ScanContext): Promise<Serving> {
  const all = await context.access.restApiDomainNames(region).listAll({ signal: context.signal });
  return joined(
    all.map((found) =>
      toServing("rest-domain-name", region, context, {
        name: found.domainName ?? "",
        arn: found.domainNameArn ?? domainNameArn(region, found.domainName),
        hostName: found.regionalDomainName ?? found.distributionDomainName ?? "",
        certificateArn: found.regionalCertificateArn ?? found.certificateArn,
        internal: found.endpointConfiguration?.types?.includes("PRIVATE") ?? false,
        tags: found.tags ?? {},
      }),
    ),
  );
}

/** Those that version 1 of the API, which also has names of the edge, does not show. Errors: as above. */
export async function readHttpDomainNames(region: string, context: ScanContext): Promise<Serving> {
  const all = await context.access.httpApiDomainNames(region).listAll({ signal: context.signal });
  return joined(
    all.map((found) => {
      const [configuration] = found.DomainNameConfigurations ?? [];
      return toServing("http-domain-name", region, context, {
        name: found.DomainName ?? "",
        arn: found.DomainNameArn ?? domainNameArn(region, found.DomainName),
        hostName: configuration?.ApiGatewayDomainName ?? "",
        certificateArn: configuration?.CertificateArn,
        tags: found.Tags ?? {},
      });
    }),
  );
}

function toServing(
  kind: "rest-domain-name" | "http-domain-name",
  region: string,
  { accountId }: ScanContext,
  { certificateArn, name, ...facts }: DomainNameFacts,
): Serving {
  const point = { id: facts.arn, kind, name, ...facts, accountId, region, port: 443, names: [name] };
  return served(point, certificateArn);
}

/** Service Authorization Reference, API Gateway, resource type DomainName: it names no account. */
function domainNameArn(region: string, name = ""): string {
  return `arn:aws:apigateway:${region}::/domainnames/${name}`;
}

/** One entry for a name that both generations show, which is served once; the first one counts. */
export function withoutTwins(serving: Serving): Serving {
  const kept = new Map(serving.points.map((point) => [point.id, point] as const).reverse());
  return {
    points: serving.points.filter((point) => kept.get(point.id) === point),
    attachments: serving.attachments.filter(({ point }) => kept.get(point.id) === point),
  };
}
