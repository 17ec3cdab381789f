import { containsUnknown, UNKNOWN, type Unknown } from "../../provider/wire/value";
import type { TagChange, Tags } from "../../aws/tagged-resources";

type PlannedTags = Readonly<Record<string, string | Unknown>> | Unknown | null;

/** `tags_all` of a provider without default tags: what is in `tags`. */
export function planTagsAll(tags: PlannedTags): Readonly<Record<string, string>> | Unknown {
  if (tags === null) return {};
  return containsUnknown(tags) ? UNKNOWN : (tags as Readonly<Record<string, string>>);
}

/** No tags stay what they were, null or empty. */
export function tagsState(kept: Tags | null, tags: Tags): { readonly tags: Tags | null; readonly tags_all: Tags } {
  return { tags: kept === null && Object.keys(tags).length === 0 ? null : tags, tags_all: tags };
}

export function tagChange(before: Tags | null, after: Tags | null): TagChange {
  return {
    set: Object.fromEntries(Object.entries(after ?? {}).filter(([key, value]) => before?.[key] !== value)),
    remove: Object.keys(before ?? {}).filter((key) => !(key in (after ?? {}))),
  };
}
