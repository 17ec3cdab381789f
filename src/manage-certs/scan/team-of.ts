import type { OwnerEntry } from "../config/config-shape";
import type { Team } from "./estate";

/**
 * Whose a certificate is: the first entry of `owners` in the configuration that has one of its names. `*.example.gov`
 * there stands for that wildcard and for every name one label below `example.gov`, as in a certificate (RFC 6125 6.4.3).
 * It says nothing about who renews it; that is `ownerOf`.
 */
export function teamOf(names: readonly string[], owners: readonly OwnerEntry[]): Team | undefined {
  const entry = owners.find((each) => {
    const owned = each.names.map((name) => name.toLowerCase());
    return names.some((name) => owned.includes(name) || owned.includes(wildcardAbove(name)));
  });
  return entry && { name: entry.owner, contact: entry.contact };
}

function wildcardAbove(name: string): string {
  return `*${name.slice(name.indexOf("."))}`;
}
