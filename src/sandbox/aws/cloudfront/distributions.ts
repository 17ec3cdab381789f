/** The CloudFront distributions of an account; they belong to no region. */
import type { FrontEnds } from "../../load-balancer/front-ends";
import type { AwsFaults } from "../aws-faults";
import { AwsError } from "../aws-error";
import { text, type Input } from "../input";
import { aliasesOf, isEnabled, readDistributionConfig } from "./distribution-config";
import {
  certificateIdOf,
  findViewerCertificate,
  readViewerCertificate,
  type CertificateFinders,
} from "./viewer-certificate";

export interface Distribution {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  /** In the words of CloudFront's API, as its XML is read. */
  config: Input;
  etag: string;
  modifiedAt: Date;
  readonly tags: Map<string, string>;
}

export interface DistributionsOptions extends CertificateFinders {
  readonly accountId: string;
  readonly faults: () => AwsFaults;
  readonly newId: () => string;
  readonly frontEnds: FrontEnds;
}

interface Detachment {
  readonly certificateId: string;
  readonly distributionArn: string;
  readonly at: Date;
}

/** Tags of a distribution (CloudFront developer guide, "Tag a distribution"). */
const tagQuota = 50;

/** What viewers get whose origin cannot be reached, which none can be here (developer guide, HTTP 502). */
const noOrigin = { status: 502, contentType: "text/plain", body: "no origin in the sandbox\n" };

export class Distributions {
  private readonly distributions = new Map<string, Distribution>();
  private readonly detachments: Detachment[] = [];

  constructor(private readonly options: DistributionsOptions) {}

  all(): readonly Distribution[] {
    return [...this.distributions.values()];
  }

  get(id: string): Distribution {
    const found = this.distributions.get(id);
    if (found) return found;
    throw new AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404);
  }

  getByArn(arn: string): Distribution {
    const found = this.all().find((each) => each.arn === arn);
    if (found) return found;
    throw new AwsError("NoSuchResource", `The specified resource was not found: ${arn}`, 404);
  }

  /** A change reaches the edge after a while (CloudFront API reference, Distribution, Status). */
  statusOf({ modifiedAt }: Distribution, now: Date): "InProgress" | "Deployed" {
    const { propagationDelayMs } = this.options.faults();
    return now.getTime() - modifiedAt.getTime() < propagationDelayMs ? "InProgress" : "Deployed";
  }

  async create(given: Input, tags: readonly (readonly [string, string])[], now: Date): Promise<Distribution> {
    const reference = text(given, "CallerReference");
    if (this.all().some(({ config }) => config.CallerReference === reference))
      throw new AwsError(
        "DistributionAlreadyExists",
        "The caller reference that you are using to create a distribution is associated with another distribution.",
        409,
      );
    const config = this.read(given, undefined, now);
    const id = this.newId();
    const made: Distribution = {
      id,
      arn: `arn:aws:cloudfront::${this.options.accountId}:distribution/${id}`,
      domainName: `d${id.slice(1).toLowerCase()}.cloudfront.net`,
      config,
      etag: this.newId(),
      modifiedAt: now,
      tags: new Map<string, string>(),
    };
    this.setTags(made, tags);
    this.distributions.set(id, made);
    await this.serve(made);
    return made;
  }

  async update(id: string, given: Input, ifMatch: string | undefined, now: Date): Promise<Distribution> {
    const found = this.get(id);
    this.checkVersion(found, ifMatch);
    if (given.CallerReference !== found.config.CallerReference)
      throw new AwsError("IllegalUpdate", "The update contains modifications that are not allowed.");
    const config = this.read(given, id, now);
    this.detached(found, certificateIdOf(config), now);
    found.config = config;
    found.etag = this.newId();
    found.modifiedAt = now;
    await this.serve(found);
    return found;
  }

  async delete(id: string, ifMatch: string | undefined, now: Date): Promise<void> {
    const found = this.get(id);
    this.checkVersion(found, ifMatch);
    // Disabled everywhere, which it is not before it is deployed (CloudFront API reference, DeleteDistribution).
    if (isEnabled(found.config) || this.statusOf(found, now) === "InProgress")
      throw new AwsError(
        "DistributionNotDisabled",
        "The distribution you are trying to delete has not been disabled.",
        409,
      );
    this.detached(found, undefined, now);
    this.distributions.delete(id);
    await this.options.frontEnds.serve(found.arn, undefined, this.options.faults());
  }

  setTags({ tags }: Distribution, added: readonly (readonly [string, string])[]): void {
    const keys = new Set([...tags.keys(), ...added.map(([key]) => key)]);
    if (keys.size > tagQuota) throw new AwsError("InvalidTagging", `A distribution can have ${tagQuota} tags at most.`);
    for (const [key, value] of added) tags.set(key, value);
  }

  /** ARNs of distributions, as ACM's InUseBy names them; of a certificate by its ARN in ACM or its ID in IAM. */
  usersOf(certificateId: string, now: Date): readonly string[] {
    const { inUseLagMs } = this.options.faults();
    const recent = this.detachments
      .filter((each) => each.certificateId === certificateId && now.getTime() - each.at.getTime() < inUseLagMs)
      .map((each) => each.distributionArn);
    return [...new Set([...this.using(certificateId).map(({ arn }) => arn), ...recent])];
  }

  /** What was imported or renewed under the same ARN is served by itself. */
  async certificateChanged(certificateArn: string): Promise<void> {
    await Promise.all(this.using(certificateArn).map((each) => this.serve(each)));
  }

  private using(certificateId: string): readonly Distribution[] {
    return this.all().filter(({ config }) => certificateIdOf(config) === certificateId);
  }

  private read(given: Input, id: string | undefined, now: Date): Input {
    const config = readDistributionConfig(given);
    const aliases = aliasesOf(config);
    const ViewerCertificate = readViewerCertificate(config, aliases, this.options, now);
    const others = this.all().filter((each) => each.id !== id);
    if (others.some((other) => aliasesOf(other.config).some((alias) => aliases.includes(alias))))
      throw new AwsError(
        "CNAMEAlreadyExists",
        "One or more of the CNAMEs you provided are already associated with a different resource.",
        409,
      );
    return { ...config, ViewerCertificate };
  }

  private checkVersion({ etag }: Distribution, ifMatch: string | undefined): void {
    if (ifMatch === undefined)
      throw new AwsError("InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.");
    if (ifMatch !== etag)
      throw new AwsError("PreconditionFailed", "The request failed because it didn't meet the preconditions.", 412);
  }

  private detached({ arn, config }: Distribution, next: string | undefined, at: Date): void {
    const certificateId = certificateIdOf(config);
    if (certificateId !== undefined && certificateId !== next)
      this.detachments.push({ certificateId, distributionArn: arn, at });
  }

  /** A distribution that is disabled, or has CloudFront's own certificate, has no front end here. */
  private async serve({ arn, config }: Distribution): Promise<void> {
    const material = findViewerCertificate(config, this.options)?.material;
    const served =
      material && isEnabled(config)
        ? { defaultCertificate: material, sniCertificates: [], fixedResponse: noOrigin }
        : undefined;
    await this.options.frontEnds.serve(arn, served, this.options.faults());
  }

  private newId(): string {
    return `E${this.options.newId().replaceAll("-", "").slice(0, 13).toUpperCase()}`;
  }
}
