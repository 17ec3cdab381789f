import { actions, type Grant } from "../../policy/policy";
import type { LintRule } from "./lint-rule";

/**
 * A grant that another one of the same client fully covers: without it nothing changes. Of two that are the same the
 * later one is told. Coverage by several grants together is not looked for: a request must fit into one anyway.
 */
export const shadowedGrant: LintRule = {
  id: "shadowed-grant",
  *check({ index }) {
    for (const entry of index.all) {
      const other = index.coverOf(entry, isWithin);
      if (other !== undefined)
        yield {
          level: "warning",
          path: ["grants", entry.place],
          message: `${other.grant.id} allows all that this grant allows`,
          fix: "remove this grant, or narrow the other",
          otherPath: ["grants", other.place],
        };
    }
  },
};

/**
 * Names left out: whether all else that `inner` allows, `outer` allows as well, and writes are merged as before. Values
 * count for reading grants, too: which values a client may touch is asked of all its grants when a set is merged.
 */
function isWithin(inner: Grant, outer: Grant): boolean {
  return (
    inner.actions.every((action) => outer.actions.includes(action)) &&
    (outer.values === undefined || outer.values.source === inner.values?.source) &&
    (!setsTtl(inner) || (lowest(outer) <= lowest(inner) && highest(outer) >= highest(inner))) &&
    inner.types.every((type) => outer.types.includes(type)) &&
    (outer.merge === inner.merge || (outer.merge && actions.every((action) => outer.actions.includes(action))))
  );
}

function setsTtl({ actions: granted }: Grant): boolean {
  return granted.includes("create") || granted.includes("update");
}

function lowest({ ttlSeconds }: Grant): number {
  return ttlSeconds?.min ?? 0;
}

function highest({ ttlSeconds }: Grant): number {
  return ttlSeconds?.max ?? Infinity;
}
