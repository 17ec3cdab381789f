interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/**
 * What a plan would do, from `terraform show -json`: `aws_acm_certificate.site_Acm: create then delete`, sorted. The
 * digits that cdktf puts at the end of an address are left out.
 */
export function plannedChanges(plan: unknown): string[] {
  return ((plan as ShownPlan).resource_changes ?? [])
    .filter(({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op")
    .map(({ address, change }) => `${address.replace(/_[0-9A-F]{8}$/, "")}: ${change.actions.join(" then ")}`)
    .sort();
}

/**
 * What a README says that the plan shows: the code spans of a table's second column, in the row of that change. A row
 * without any means that nothing is planned.
 */
export function promisedChanges(readme: string, change: string): string[] {
  const rows = readme.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const found = rows.filter(([, first]) => first === change);
  const [[, , plan = ""] = []] = found;
  if (found.length !== 1) throw new Error(`the README tells ${found.length} times what the plan shows for "${change}"`);
  return [...plan.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text).sort();
}
