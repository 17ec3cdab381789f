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
 * What a README says about changes: below the heading of level 2, each heading of level 3 is a change, and the fence after
 * it what comes of that, line by line.
 */
export function promisesOf(readme: string, heading: string): Record<string, string[]> {
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const promises = [...section.matchAll(/^### (.*)\n[^#]*?```text\n([^]*?)```$/gm)];
  return Object.fromEntries(promises.map(([, change = "", text = ""]) => [change, text.trimEnd().split("\n")]));
}
