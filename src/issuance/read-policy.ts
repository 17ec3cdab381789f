import { readNamedFile } from "../platform/yaml-file/read-named-file";
import { parsePolicy } from "../policy/parse-policy";
import type { PolicyChoice } from "../policy/policy-choice";
import type { EnforcedPolicy } from "../policy/told-finding";

/** Errors: `missing_file`; `invalid_config`, which lists every mistake with line and column. */
export function readPolicy({ file, owner, tier }: PolicyChoice): EnforcedPolicy {
  return { policy: parsePolicy(readNamedFile(file, "the policy file"), file), owner, tier };
}
