import type { Plan, ResourceChange } from "../plan/plan";
import type { Objection } from "./guard";

/**
 * Resources that are destroyed, or forgotten, without a successor at the same address that was made before. One that is
 * made first is no gap: it is left to `only-renewals`.
 */
export function removals({ resources }: Plan, isMeant: (resource: ResourceChange) => boolean): Objection[] {
  return resources.filter((resource) => leavesGap(resource) && isMeant(resource)).map(toObjection);
}

function leavesGap({ mode, actions, isDeposed }: ResourceChange): boolean {
  if (mode !== "managed" || isDeposed) return false;
  return actions.includes("forget") || (actions.includes("delete") && actions[0] !== "create");
}

function toObjection({ address, type, actions }: ResourceChange): Objection {
  const what = actions.includes("forget")
    ? "terraform is to forget it"
    : actions.includes("create")
      ? "it is to be destroyed before its successor is made"
      : "it is to be destroyed";
  return { subject: address, value: actions.join(" then "), message: `${what} (${type})` };
}
