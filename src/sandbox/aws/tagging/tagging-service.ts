/** Resource Groups Tagging API, for certificates (tagging API reference, GetResources). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, records, text, texts } from "../input";
import { jsonProtocol } from "../json-protocol";
import { page } from "../page";
import type { Operation, Service } from "../service";

const getResources: Operation = {
  reads: true,
  run(input, { region, now, pageSize }) {
    const types = texts(input, "ResourceTypeFilters");
    if (types.some((type) => type !== "acm" && type !== "acm:certificate"))
      throw new AwsError("InvalidParameterException", `the sandbox keeps certificates only, not ${types.join(", ")}`);
    const filters = records(input, "TagFilters").map((filter) => ({
      key: text(filter, "Key"),
      values: texts(filter, "Values"),
    }));
    const found = region.acm.indexed(now).filter(({ tags }) =>
      filters.every(({ key, values }) => {
        const value = tags.get(key);
        return value !== undefined && (values.length === 0 || values.includes(value));
      }),
    );
    const { items, next } = page(found, {
      token: optionalText(input, "PaginationToken"),
      size: pageSize(optionalNumber(input, "ResourcesPerPage"), 100),
      idOf: (entry) => entry.record.arn,
    });
    return {
      ResourceTagMappingList: items.map(({ record, tags }) => ({
        ResourceARN: record.arn,
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
