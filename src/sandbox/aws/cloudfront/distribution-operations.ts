/** Distributions (CloudFront API reference, 2020-05-31). */
import type { CallContext, Operation, Output } from "../service";
import { optionalNumber, optionalText, record, text, type Input } from "../input";
import { page } from "../page";
import { aliasesOf } from "./distribution-config";
import type { Distribution } from "./distributions";
import { readTags } from "./tag-operations";

const byId = (input: Input) => optionalText(input, "Id");

const off = { Enabled: "false", Quantity: 0 };

/** Distributions of one page (ListDistributions, MaxItems). */
const largestPage = 100;

function distributionOutput(distribution: Distribution, { region, now }: CallContext): Output {
  const { id, arn, domainName, config, modifiedAt } = distribution;
  return {
    Id: id,
    ARN: arn,
    Status: region.account.distributions.statusOf(distribution, now),
    LastModifiedTime: modifiedAt,
    InProgressInvalidationBatches: 0,
    DomainName: domainName,
    ActiveTrustedSigners: off,
    ActiveTrustedKeyGroups: off,
    DistributionConfig: config,
    AliasICPRecordals: {
      AliasICPRecordal: aliasesOf(config).map((CNAME) => ({ CNAME, ICPRecordalStatus: "APPROVED" })),
    },
  };
}

function answer(distribution: Distribution, context: CallContext): Output {
  return {
    Distribution: distributionOutput(distribution, context),
    ETag: distribution.etag,
    Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distribution.id}`,
  };
}

const createDistribution: Operation = {
  async run(input, context) {
    const { distributions } = context.region.account;
    return answer(await distributions.create(record(input, "DistributionConfig"), [], context.now), context);
  },
};

const createDistributionWithTags: Operation = {
  async run(input, context) {
    const { DistributionConfig: config, Tags: tags } = record(input, "DistributionConfigWithTags");
    const { distributions } = context.region.account;
    return answer(await distributions.create((config ?? {}) as Input, readTags(tags), context.now), context);
  },
};

const getDistribution: Operation = {
  subject: byId,
  reads: true,
  run: (input, context) => answer(context.region.account.distributions.get(text(input, "Id")), context),
};

const getDistributionConfig: Operation = {
  subject: byId,
  reads: true,
  run(input, { region }) {
    const { config, etag } = region.account.distributions.get(text(input, "Id"));
    return { DistributionConfig: config, ETag: etag };
  },
};

const updateDistribution: Operation = {
  subject: byId,
  async run(input, context) {
    const config = record(input, "DistributionConfig");
    const { distributions } = context.region.account;
    const changed = await distributions.update(text(input, "Id"), config, optionalText(input, "IfMatch"), context.now);
    return answer(changed, context);
  },
};

const deleteDistribution: Operation = {
  subject: byId,
  async run(input, { region, now }) {
    await region.account.distributions.delete(text(input, "Id"), optionalText(input, "IfMatch"), now);
    return {};
  },
};

const listDistributions: Operation = {
  reads: true,
  run(input, context) {
    const { region, pageSize } = context;
    const size = pageSize(optionalNumber(input, "MaxItems"), largestPage);
    const token = optionalText(input, "Marker");
    const all = region.account.distributions.all();
    const { items, next } = page(all, { token, size, idOf: ({ id }) => id });
    return {
      DistributionList: {
        Marker: token ?? "",
        NextMarker: next,
        MaxItems: size,
        IsTruncated: next !== undefined,
        Quantity: items.length,
        Items: items.length === 0 ? undefined : { DistributionSummary: items.map((each) => summary(each, context)) },
      },
    };
  },
};

/** What a list shows: the distribution and the members of its configuration side by side. */
function summary(distribution: Distribution, context: CallContext): Output {
  const {
    DistributionConfig: _config,
    InProgressInvalidationBatches: _batches,
    ...own
  } = distributionOutput(distribution, context);
  const { CallerReference: _reference, Logging: _logging, DefaultRootObject: _root, ...shown } = distribution.config;
  return { ...own, ...shown };
}

export const distributionOperations = {
  CreateDistribution: createDistribution,
  CreateDistributionWithTags: createDistributionWithTags,
  GetDistribution: getDistribution,
  GetDistributionConfig: getDistributionConfig,
  UpdateDistribution: updateDistribution,
  DeleteDistribution: deleteDistribution,
  ListDistributions: listDistributions,
};
