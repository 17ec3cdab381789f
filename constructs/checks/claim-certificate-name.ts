import type { IConstruct } from "constructs";
import { TerraformStack } from "../engine";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";

/** Per stack: place and name of each certificate, with the path of the construct that has it. */
const claims = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * Refuses two certificates of one name in one place (provider block and region): each would take the other's for its
 * own. Other stacks cannot be seen from here; the provider finds those at apply.
 */
export function claimCertificateName(scope: IConstruct, name: string, place: string): void {
  if (isUnknown(name)) return;
  const stack = TerraformStack.of(scope);
  const claimed = claims.get(stack) ?? new Map<string, string>();
  claims.set(stack, claimed);
  const key = `${place} ${name}`;
  const holder = claimed.get(key);
  if (holder !== undefined)
    throw mistakeIn(scope, {
      what: `certificate name "${name}" is taken by ${holder}`,
      source: "unexpired: the name is a certificate's identity in its account and region",
      fix: "leave out name, or choose another",
    });
  claimed.set(key, scope.node.path);
}
