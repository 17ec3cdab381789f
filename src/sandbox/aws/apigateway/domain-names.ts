/** Custom domain names of API Gateway in an account; both generations of the API have the same ones. */
import { matchesHost, parseDomainName } from "../../../certificates/domain-name";
import type { KeyAlgorithm } from "../../../certificates/key-algorithm";
import type { FrontEnds } from "../../load-balancer/front-ends";
import type { ImportedMaterial } from "../acm/imported-material";
import type { AwsFaults } from "../aws-faults";
import { AwsError } from "../aws-error";

export interface ApiDomainName {
  readonly name: string;
  readonly region: string;
  readonly endpointType: "EDGE" | "REGIONAL";
  certificateArn: string;
  securityPolicy: string;
  /** Host that the name is to be an alias of. */
  readonly target: string;
  readonly arn: string;
  /** What ACM shows as the user of the certificate: it stands in an account of API Gateway. */
  readonly userArn: string;
  certificateSetAt: Date;
  tags: Readonly<Record<string, string>>;
}

export type NewApiDomainName = Pick<
  ApiDomainName,
  "name" | "region" | "endpointType" | "certificateArn" | "securityPolicy" | "tags"
>;

export interface DomainNamesOptions {
  readonly faults: () => AwsFaults;
  readonly newId: () => string;
  readonly findCertificate: (region: string, arn: string) => { readonly material?: ImportedMaterial } | undefined;
  readonly frontEnds: FrontEnds;
}

interface Detachment {
  readonly certificateArn: string;
  readonly userArn: string;
  readonly at: Date;
}

/** API Gateway developer guide, certificates for custom domain names: keys, and us-east-1 for edge-optimized ones. */
const accepted: Readonly<Record<ApiDomainName["endpointType"], readonly KeyAlgorithm[]>> = {
  EDGE: ["RSA_2048", "EC_prime256v1"],
  REGIONAL: ["RSA_2048", "EC_prime256v1", "EC_secp384r1"],
};

const edgeRegion = "us-east-1";

/** Tags of a resource (API Gateway developer guide, "Tag restrictions"). */
const tagQuota = 50;

const badRequest = (message: string) => new AwsError("BadRequestException", message);

export class DomainNames {
  private readonly names = new Map<string, ApiDomainName>();
  private readonly detachments: Detachment[] = [];

  constructor(private readonly options: DomainNamesOptions) {}

  all(): readonly ApiDomainName[] {
    return [...this.names.values()];
  }

  /** Those of one region. */
  in(region: string): readonly ApiDomainName[] {
    return this.all().filter((each) => each.region === region);
  }

  get(region: string, name: string): ApiDomainName {
    const found = this.names.get(keyOf(region, name));
    if (found) return found;
    // Text: amplify-education/serverless-domain-manager, issue 210.
    throw new AwsError("NotFoundException", "Invalid domain name identifier specified", 404);
  }

  byArn(arn: string): ApiDomainName {
    const [, region = "", name = ""] = /^arn:[\w-]+:apigateway:([^:]*)::\/domainnames\/([^/]+)$/.exec(arn) ?? [];
    return this.get(region, name);
  }

  /** Rules of keys and values: API Gateway API reference, TagResource. */
  setTags(found: ApiDomainName, tags: Readonly<Record<string, string>>): void {
    checkTags(tags);
    found.tags = tags;
  }

  async create(wanted: NewApiDomainName, now: Date): Promise<ApiDomainName> {
    const { name, region, endpointType } = wanted;
    checkTags(wanted.tags);
    // CreateDomainName has the code, not the text.
    if (this.names.has(keyOf(region, name)))
      throw new AwsError("ConflictException", "The domain name you provided already exists.", 409);
    this.check(wanted, now);
    const id = this.options.newId().replaceAll("-", "");
    const isEdge = endpointType === "EDGE";
    const made: ApiDomainName = {
      ...wanted,
      target: isEdge
        ? `d${id.slice(0, 13)}.cloudfront.net`
        : `d-${id.slice(0, 10)}.execute-api.${region}.amazonaws.com`,
      arn: `arn:aws:apigateway:${region}::/domainnames/${name}`,
      userArn: isEdge
        ? `arn:aws:cloudfront::${serviceAccount}:distribution/E${id.slice(0, 13).toUpperCase()}`
        : `arn:aws:elasticloadbalancing:${region}:${serviceAccount}:loadbalancer/app/${id.slice(0, 12)}/${id.slice(0, 16)}`,
      certificateSetAt: now,
    };
    this.names.set(keyOf(region, name), made);
    await this.serve(made);
    return made;
  }

  async update(
    found: ApiDomainName,
    changes: Partial<Pick<ApiDomainName, "certificateArn" | "securityPolicy">>,
    now: Date,
  ): Promise<ApiDomainName> {
    const wanted = { ...found, ...changes };
    this.check(wanted, now);
    if (wanted.certificateArn !== found.certificateArn) {
      this.detached(found, now);
      found.certificateSetAt = now;
    }
    Object.assign(found, changes);
    await this.serve(found);
    return found;
  }

  async delete(region: string, name: string, now: Date): Promise<void> {
    const found = this.get(region, name);
    this.detached(found, now);
    this.names.delete(keyOf(region, name));
    await this.options.frontEnds.serve(found.arn, undefined, this.options.faults());
  }

  /** ARNs as ACM's InUseBy names them. */
  usersOf(certificateArn: string, now: Date): readonly string[] {
    const { inUseLagMs } = this.options.faults();
    const isRecent = ({ at }: Detachment) => now.getTime() - at.getTime() < inUseLagMs;
    const users = [...this.all(), ...this.detachments.filter(isRecent)];
    return [...new Set(users.filter((each) => each.certificateArn === certificateArn).map(({ userArn }) => userArn))];
  }

  /** What was imported or renewed under the same ARN is served by itself. */
  async certificateChanged(certificateArn: string): Promise<void> {
    await Promise.all(
      this.all()
        .filter((each) => each.certificateArn === certificateArn)
        .map((each) => this.serve(each)),
    );
  }

  private materialOf({ endpointType, region, certificateArn }: NewApiDomainName): ImportedMaterial | undefined {
    const where = endpointType === "EDGE" ? edgeRegion : region;
    return this.options.findCertificate(where, certificateArn)?.material;
  }

  private check(wanted: NewApiDomainName, now: Date): void {
    const { name, endpointType, certificateArn, region } = wanted;
    const info = this.materialOf(wanted)?.info;
    const where = endpointType === "EDGE" ? edgeRegion : region;
    // Text: amplify-education/serverless-domain-manager, issue 64.
    if (info === undefined || info.notAfter < now)
      throw badRequest(`Invalid certificate ARN: ${certificateArn}. Certificate must be in '${where}'.`);
    // The rule is the developer guide's, the text the sandbox's.
    if (!accepted[endpointType].includes(info.keyAlgorithm))
      throw badRequest(`The key of certificate ${certificateArn} is not supported by this endpoint type.`);
    // Text: localstack's tests of CreateDomainName, which were recorded at AWS.
    if (!info.names.some((pattern) => pattern === name || matchesHost(pattern, parseDomainName(name))))
      throw badRequest("The domain name to be created is not covered by the provided certificate.");
  }

  private detached({ certificateArn, userArn }: ApiDomainName, at: Date): void {
    this.detachments.push({ certificateArn, userArn, at });
  }

  private async serve(found: ApiDomainName): Promise<void> {
    const material = this.materialOf(found);
    const served = material && { defaultCertificate: material, sniCertificates: [], fixedResponse: noApi };
    await this.options.frontEnds.serve(found.arn, served, this.options.faults());
  }
}

function checkTags(tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags);
  if (entries.length > tagQuota) throw badRequest(`a domain name can have ${tagQuota} tags at most`);
  for (const [key, value] of entries) {
    if (key.length === 0 || key.length > 128 || key.startsWith("aws:"))
      throw badRequest(`the tag key '${key}' must be of 1 to 128 characters and must not start with aws:`);
    if (value.length > 256) throw badRequest(`the value of the tag '${key}' must be of at most 256 characters`);
  }
}

/** Account that API Gateway's own load balancers and distributions stand in; made up. */
const serviceAccount = "999900001111";

/** What a domain name without mappings answers (API Gateway developer guide, "Custom domain names", API mappings). */
const noApi = { status: 403, contentType: "application/json", body: '{"message":"Forbidden"}' };

/** A name is taken once in a region. */
function keyOf(region: string, name: string): string {
  return `${region} ${name}`;
}
