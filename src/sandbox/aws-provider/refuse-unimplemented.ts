import type { Diagnostics } from "../../provider/schema";
import type { AttributePath } from "../../provider/wire/attribute-path";

/** Whether a configuration sets a member: an attribute that is not null, a block that is there. */
function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}

/** One error for each member that the real provider has and the stand-in does not. */
export function refuseUnimplemented(
  config: object,
  names: readonly string[],
  diagnostics: Diagnostics,
  path: AttributePath = [],
): void {
  const members = new Map<string, unknown>(Object.entries(config));
  for (const name of names.filter((each) => isSet(members.get(each))))
    diagnostics.error(`${name} is not implemented by the sandbox's stand-in for hashicorp/aws`, {
      detail: "leave it out in the sandbox, or use the real provider",
      path: [...path, name],
    });
}
