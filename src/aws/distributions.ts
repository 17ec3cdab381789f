/** CloudFront distributions. A configuration is replaced as a whole, and only in the version that was read. */
import type {
  CloudFrontClient,
  Distribution,
  DistributionConfig,
  DistributionSummary,
} from "@aws-sdk/client-cloudfront";
import { AppError } from "../platform/errors";
import type { AwsCall, AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";
import type { TagChange, Tags } from "./tagged-resources";

export type { Distribution, DistributionConfig, DistributionSummary };

export interface DistributionsOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => CloudFrontClient;
}

export interface VersionedDistribution {
  readonly id: string;
  readonly etag: string;
  readonly distribution: Distribution;
}

/** The most that ListDistributions gives in one page (CloudFront API reference, MaxItems). */
const pageSize = 100;

export class Distributions {
  constructor(private readonly options: DistributionsOptions) {}

  /** `CallerReference` makes a repetition an error. */
  async create(config: DistributionConfig, tags: Tags, { signal }: CallOptions = {}): Promise<VersionedDistribution> {
    const input = { DistributionConfigWithTags: { DistributionConfig: config, Tags: { Items: tagList(tags) } } };
    const answer = await this.call(
      "CreateDistribution",
      "*",
      signal,
      (client, options) => client.send(new (sdk.cloudFront().CreateDistributionWithTagsCommand)(input), options),
      { repeatable: false },
    );
    return versioned(answer);
  }

  /** Every distribution of the account. */
  async listAll({ signal }: CallOptions = {}): Promise<DistributionSummary[]> {
    const all: DistributionSummary[] = [];
    let Marker: string | undefined;
    do {
      const { DistributionList: page } = await this.call("ListDistributions", "*", signal, (client, options) =>
        client.send(new (sdk.cloudFront().ListDistributionsCommand)({ Marker, MaxItems: pageSize }), options),
      );
      all.push(...(page?.Items ?? []));
      Marker = page?.IsTruncated ? page.NextMarker : undefined;
    } while (Marker !== undefined);
    return all;
  }

  /** Errors: `aws_not_found`. */
  async get(Id: string, { signal }: CallOptions = {}): Promise<VersionedDistribution> {
    const answer = await this.call("GetDistribution", Id, signal, (client, options) =>
      client.send(new (sdk.cloudFront().GetDistributionCommand)({ Id }), options),
    );
    return versioned(answer);
  }

  /** Errors: `aws_not_found`; `aws_request` (PreconditionFailed) if somebody else changed it since. */
  async update(
    { id: Id, etag: IfMatch }: Pick<VersionedDistribution, "id" | "etag">,
    config: DistributionConfig,
    { signal }: CallOptions = {},
  ): Promise<VersionedDistribution> {
    const input = { Id, IfMatch, DistributionConfig: config };
    const answer = await this.call(
      "UpdateDistribution",
      Id,
      signal,
      (client, options) => client.send(new (sdk.cloudFront().UpdateDistributionCommand)(input), options),
      {
        repeatable: false,
        change: () => ({
          ...{ kind: "attached", role: "default", attachment: Id },
          certificateArn: config.ViewerCertificate?.ACMCertificateArn,
        }),
      },
    );
    return versioned(answer);
  }

  /** It must be disabled, everywhere. Errors: `aws_not_found`, `aws_request` (DistributionNotDisabled). */
  async delete({ id: Id, etag: IfMatch }: VersionedDistribution, { signal }: CallOptions = {}): Promise<void> {
    await this.call("DeleteDistribution", Id, signal, (client, options) =>
      client.send(new (sdk.cloudFront().DeleteDistributionCommand)({ Id, IfMatch }), options),
    );
  }

  async tags(Resource: string, { signal }: CallOptions = {}): Promise<Tags> {
    const answer = await this.call("ListTagsForResource", Resource, signal, (client, options) =>
      client.send(new (sdk.cloudFront().ListTagsForResourceCommand)({ Resource }), options),
    );
    return Object.fromEntries((answer.Tags?.Items ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  }

  async changeTags(Resource: string, { set, remove }: TagChange, { signal }: CallOptions = {}): Promise<void> {
    if (remove.length > 0) {
      const input = { Resource, TagKeys: { Items: [...remove] } };
      await this.call("UntagResource", Resource, signal, (client, options) =>
        client.send(new (sdk.cloudFront().UntagResourceCommand)(input), options),
      );
    }
    if (Object.keys(set).length > 0) {
      const input = { Resource, Tags: { Items: tagList(set) } };
      await this.call("TagResource", Resource, signal, (client, options) =>
        client.send(new (sdk.cloudFront().TagResourceCommand)(input), options),
      );
    }
  }

  private call<T>(
    operation: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: CloudFrontClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
    how: Pick<AwsCall<T>, "repeatable" | "change"> = {},
  ): Promise<T> {
    const { caller, region, client } = this.options;
    return caller.call({
      action: `cloudfront:${operation}`,
      resource,
      region,
      signal,
      ...how,
      send: (abortSignal) => send(client(), { abortSignal }),
    });
  }
}

function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function versioned(answer: { readonly Distribution?: Distribution; readonly ETag?: string }): VersionedDistribution {
  const { Distribution: distribution, ETag: etag } = answer;
  if (distribution?.Id === undefined || etag === undefined)
    throw new AppError("aws_request", "CloudFront answered without a distribution");
  return { id: distribution.Id, etag, distribution };
}
