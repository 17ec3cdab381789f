import type { ResourceGroupsTaggingAPIClient, ResourceTagMapping } from "@aws-sdk/client-resource-groups-tagging-api";
import type { AwsCaller } from "./aws-caller";
import { sdk } from "./sdk";

export type Tags = Readonly<Record<string, string>>;

export interface TagChange {
  readonly set: Tags;
  readonly remove: readonly string[];
}

export interface TagFilter {
  readonly key: string;
  /** @default any value */
  readonly value?: string;
}

export interface TaggedResourcesOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => ResourceGroupsTaggingAPIClient;
}

export interface TaggedResourcesQuery {
  /** As the tagging API names them: `acm:certificate`, `elasticloadbalancing:loadbalancer` … */
  readonly types: readonly string[];
  /** @default every resource that has a tag */
  readonly filter?: TagFilter;
}

/** The most that GetResources gives in one page (tagging API reference, ResourcesPerPage). */
const pageSize = 100;

/**
 * The resources of a region that carry tags, by ARN, with all their tags. Costs one call per hundred, where ACM alone
 * would cost one per certificate. The answer lags some seconds behind imports and tag changes.
 */
export async function taggedResources(
  { region, caller, client }: TaggedResourcesOptions,
  { types, filter }: TaggedResourcesQuery,
  signal?: AbortSignal,
): Promise<Map<string, Tags>> {
  const found = new Map<string, Tags>();
  let token: string | undefined;
  do {
    const page = await caller.call({
      action: "tag:GetResources",
      resource: "*",
      region,
      signal,
      send: (abortSignal) =>
        client().send(
          new (sdk.tagging().GetResourcesCommand)({
            ResourceTypeFilters: [...types],
            ...(filter === undefined ? {} : { TagFilters: [tagFilter(filter)] }),
            ResourcesPerPage: pageSize,
            PaginationToken: token,
          }),
          { abortSignal },
        ),
    });
    for (const mapping of page.ResourceTagMappingList ?? [])
      if (mapping.ResourceARN !== undefined) found.set(mapping.ResourceARN, tagsOf(mapping));
    // An empty string, not an absent token, ends the list (tagging API reference, GetResources).
    token = page.PaginationToken === "" ? undefined : page.PaginationToken;
  } while (token !== undefined);
  return found;
}

function tagFilter({ key, value }: TagFilter) {
  return { Key: key, ...(value === undefined ? {} : { Values: [value] }) };
}

function tagsOf(mapping: ResourceTagMapping): Tags {
  return Object.fromEntries((mapping.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
}
