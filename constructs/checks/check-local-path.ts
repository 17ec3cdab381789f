import type { IConstruct } from "constructs";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";

/**
 * Refuses paths that are not absolute. The provider reads the file in the folder where terraform runs,
 * `cdktf.out/stacks/<stack>`, where a path relative to the app finds nothing.
 */
export function checkLocalPath(scope: IConstruct, prop: string, path: string | undefined): void {
  if (path === undefined || isUnknown(path) || /^(?:\/|[A-Za-z]:[\\/])/.test(path)) return;
  throw mistakeIn(scope, {
    what: `${prop} "${path}" is not an absolute path, and would be sought in the folder where terraform runs`,
    source: "unexpired: files are read by the provider",
    fix: "give an absolute path, or path.resolve(...) of yours",
  });
}
