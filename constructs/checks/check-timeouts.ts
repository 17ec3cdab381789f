import type { IConstruct } from "constructs";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";

/** Checks durations as Terraform's `timeouts` write them: `90s`, `30m`, `1h30m`. */
export function checkTimeouts(scope: IConstruct, timeouts: object): void {
  for (const [operation, duration] of Object.entries(timeouts) as [string, string | undefined][]) {
    if (duration === undefined || isUnknown(duration) || /^(?=.*[1-9])(?:\d+h)?(?:\d+m)?(?:\d+s)?$/.test(duration))
      continue;
    throw mistakeIn(scope, {
      what: `timeouts: ${operation} "${duration}" is not a duration`,
      source: "Terraform language, resource timeouts",
      fix: "write 90s, 30m or 1h30m",
    });
  }
}
