import { changedPlaces } from "../plan/changed-places";
import type { ResourceChange } from "../plan/plan";
import type { GuardRule } from "./guard";
import { renewedAttributes } from "./renewal";

/** What a renewal by somebody else changes: by ACM itself, or by manage-certs. Attributes of hashicorp/aws. */
const renewedOutside: Readonly<Record<string, ReadonlySet<string>>> = {
  unexpired_certificate: renewedAttributes,
  aws_acm_certificate: new Set([
    "not_after",
    "not_before",
    "pending_renewal",
    "renewal_eligibility",
    "renewal_summary",
    "status",
  ]),
};

export const noOutsideDrift: GuardRule = {
  id: "no-outside-drift",
  verdict: "needs-approval",
  forbids: "what was changed outside terraform, but for certificates that were renewed there",
  wayOut: "find out who changed it; then apply the plan yourself, or approve it",
  guard: ({ drift }) =>
    drift.flatMap((resource) => {
      const names = driftedAttributes(resource);
      return names.length === 0
        ? []
        : [{ subject: resource.address, value: names.join(), message: describe(resource, names) }];
    }),
};

function driftedAttributes({ type, actions, change, previousAddress }: ResourceChange): string[] {
  // a move alone, which is in the plan's changes as well
  if (actions.join() === "no-op") return [];
  if (actions.join() !== "update") return actions.filter((action) => action !== "no-op");
  const isExpected = (path: string) => renewedOutside[type]?.has(path.replace(/[.[].*/, "")) ?? false;
  const places = changedPlaces(change).filter(({ path }) => !isExpected(path));
  const names = [...new Set(places.map(({ path }) => path || "value"))];
  return names.length === 0 && previousAddress !== undefined ? [] : names;
}

function describe({ actions }: ResourceChange, names: readonly string[]): string {
  if (actions.includes("delete")) return "it was deleted outside terraform";
  return `${names.join(", ")} changed outside terraform`;
}
