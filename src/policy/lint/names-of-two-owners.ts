import { isWithin, namesOverlap } from "./coverage";
import type { LintRule } from "./lint-rule";

/** Names that several owners have: where nobody is named, they are the first one's. */
export const namesOfTwoOwners: LintRule = {
  id: "names-of-two-owners",
  *check({ owners = [] }) {
    for (const [place, owner] of owners.entries())
      for (const [index, name] of owner.names.entries()) {
        const before = owners.slice(0, place);
        const whole = before.find(({ names }) => names.some((each) => isWithin(name, each)));
        const other = whole ?? before.find(({ names }) => namesOverlap(names, [name]));
        if (other !== undefined)
          yield {
            level: whole === undefined ? "note" : "warning",
            path: [...owner.path, "names", index],
            otherPath: other.path,
            message: `${whole === undefined ? "some" : "all"} of ${name.source} belongs to ${other.name}, unless a request names its owner`,
            fix: `put ${owner.name} above ${other.name}, or part their names`,
          };
      }
  },
};
