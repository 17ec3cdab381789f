import type { GuardRule, Objection } from "./guard";

/** A new provider may plan, and do, something else with the same configuration: somebody is to see its first plan. */
export const sameVersions: GuardRule = {
  id: "same-versions",
  verdict: "needs-approval",
  forbids: "a version of terraform, or of a provider, that this stack was not planned with before",
  wayOut: "look at the plan and approve it, or apply it yourself; an empty plan makes the new versions known, too",
  guard: (_, { versions: { before, now } }) => {
    if (before === undefined) return [];
    const objections: Objection[] = [];
    const compare = (subject: string, old: string | undefined, current: string | undefined) => {
      if (old === current) return;
      const value = `${old ?? "none"} to ${current ?? "none"}`;
      objections.push({ subject, value, message: `its version went from ${value}` });
    };
    compare("terraform", before.terraform, now.terraform);
    for (const name of new Set([...Object.keys(before.providers), ...Object.keys(now.providers)]))
      compare(name, before.providers[name], now.providers[name]);
    return objections;
  },
};
