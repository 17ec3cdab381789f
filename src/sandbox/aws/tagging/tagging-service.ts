/** Resource Groups Tagging API (tagging API reference, GetResources). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, records, text, texts, type Input } from "../input";
import { jsonProtocol } from "../json-protocol";
import { page } from "../page";
import type { Operation, Output, Service } from "../service";
import { isOfType, taggedResources, taggedServices, type TaggedResource } from "./tagged-resources";

const invalid = (message: string) => new AwsError("InvalidParameterException", message);

const getResources: Operation = {
  reads: true,
  run(input, { region, now, pageSize }) {
    const all = taggedResources(region, now);
    const arns = texts(input, "ResourceARNList");
    if (arns.length > 0) return answer(ofArns(all, arns, input));
    const types = texts(input, "ResourceTypeFilters");
    const strange = types.filter((type) => !taggedServices.includes(type.split(":")[0] ?? ""));
    if (strange.length > 0) throw invalid(`the sandbox keeps no tags of ${strange.join(", ")}`);
    const filters = records(input, "TagFilters").map((filter) => ({
      key: text(filter, "Key"),
      values: texts(filter, "Values"),
    }));
    const found = all
      .filter((resource) => types.length === 0 || types.some((type) => isOfType(resource, type)))
      .filter(({ tags }) =>
        filters.every(({ key, values }) => {
          const value = tags.get(key);
          return value !== undefined && (values.length === 0 || values.includes(value));
        }),
      );
    const { items, next } = page(found, {
      token: optionalText(input, "PaginationToken"),
      size: pageSize(optionalNumber(input, "ResourcesPerPage"), 100),
      idOf: ({ arn }) => arn,
    });
    return answer(items, next);
  },
};

/** Up to 100, and nothing else beside them; what is not there is left out. */
function ofArns(all: readonly TaggedResource[], arns: readonly string[], input: Input): readonly TaggedResource[] {
  const others = ["ResourceTypeFilters", "TagFilters", "ResourcesPerPage", "TagsPerPage", "PaginationToken"];
  if (arns.length > 100 || others.some((name) => input[name] !== undefined))
    throw invalid("ResourceARNList has 100 ARNs at most, and no filters or pages beside it");
  return all.filter(({ arn }) => arns.includes(arn));
}

function answer(items: readonly TaggedResource[], next = ""): Output {
  return {
    ResourceTagMappingList: items.map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    })),
    // An empty string ends the list (tagging API reference, GetResources).
    PaginationToken: next,
  };
}

export const taggingService: Service = {
  signingName: "tagging",
  protocol: jsonProtocol,
  iamPrefix: "tag",
  // Tagging API reference, "Common errors" of GetResources.
  throttled: { code: "ThrottledException", status: 400 },
  operations: { GetResources: getResources },
};
