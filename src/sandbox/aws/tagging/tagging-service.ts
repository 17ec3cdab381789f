/** Resource Groups Tagging API, for what serves certificates and for these (tagging API reference, GetResources). */
import { AwsError } from "../aws-error";
import type { AwsRegion } from "../aws-region";
import { optionalNumber, optionalText, records, text, texts } from "../input";
import { jsonProtocol } from "../json-protocol";
import { page } from "../page";
import type { Operation, Service } from "../service";

interface TaggedResource {
  readonly arn: string;
  readonly tags: ReadonlyMap<string, string>;
}

const certificates = (region: AwsRegion, now: Date): TaggedResource[] =>
  region.acm.indexed(now).map(({ record, tags }) => ({ arn: record.arn, tags }));

const resourcesByType: Readonly<Record<string, (region: AwsRegion, now: Date) => readonly TaggedResource[]>> = {
  acm: certificates,
  "acm:certificate": certificates,
  "elasticloadbalancing:loadbalancer": ({ elb, classicElb }) => [
    ...elb.loadBalancers.values(),
    ...classicElb.all().map((each) => ({ arn: classicElb.arnOf(each), tags: each.tags })),
  ],
  // CloudFront developer guide, "Tag a distribution": they are found in us-east-1.
  "cloudfront:distribution": ({ account, name }) => (name === "us-east-1" ? account.distributions.all() : []),
};

const everyType = ["acm:certificate", "elasticloadbalancing:loadbalancer", "cloudfront:distribution"];

const getResources: Operation = {
  reads: true,
  run(input, { region, now, pageSize }) {
    const types = texts(input, "ResourceTypeFilters");
    const unknown = types.filter((type) => !(type in resourcesByType));
    if (unknown.length > 0)
      throw new AwsError("InvalidParameterException", `the sandbox indexes no ${unknown.join(", ")}`);
    const filters = records(input, "TagFilters").map((filter) => ({
      key: text(filter, "Key"),
      values: texts(filter, "Values"),
    }));
    const wanted = types.length === 0 ? everyType : types;
    const indexed = wanted.flatMap((type) => resourcesByType[type]?.(region, now) ?? []);
    const tagged = indexed.filter(({ tags }) => tags.size > 0);
    const found = tagged.filter(({ tags }) =>
      filters.every(({ key, values }) => {
        const value = tags.get(key);
        return value !== undefined && (values.length === 0 || values.includes(value));
      }),
    );
    const { items, next } = page(found, {
      token: optionalText(input, "PaginationToken"),
      size: pageSize(optionalNumber(input, "ResourcesPerPage"), 100),
      idOf: (entry) => entry.arn,
    });
    return {
      ResourceTagMappingList: items.map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
      })),
      // An empty string ends the list (tagging API reference, GetResources).
      PaginationToken: next ?? "",
    };
  },
};

export const taggingService: Service = {
  signingName: "tagging",
  protocol: jsonProtocol,
  iamPrefix: "tag",
  // Tagging API reference, "Common errors" of GetResources.
  throttled: { code: "ThrottledException", status: 400 },
  operations: { GetResources: getResources },
};
