import type { Tags } from "../../aws/tagged-resources";
import { tagChange } from "./plan-tags";

/** The two requests of a service's own, in the words that CloudWatch, EventBridge and SNS share. */
export interface TagRequests {
  readonly untag: (keys: string[]) => Promise<unknown>;
  readonly tag: (tags: { Key: string; Value: string }[]) => Promise<unknown>;
}

/** Takes away what is gone, then sets what is new or another; asks for nothing where nothing changed. */
export async function applyTagChange(before: Tags | null, after: Tags | null, requests: TagRequests): Promise<void> {
  const { set, remove } = tagChange(before, after);
  if (remove.length > 0) await requests.untag([...remove]);
  const tags = Object.entries(set).map(([Key, Value]) => ({ Key, Value }));
  if (tags.length > 0) await requests.tag(tags);
}
