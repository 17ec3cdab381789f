import type { IConstruct } from "constructs";
import type { Finding } from "./finding";
import { namesOf } from "./names-of";

/** For those who forbid wildcards: one key for all hosts below a name. */
export function checkWildcards(node: IConstruct): readonly Finding[] {
  const wildcards = namesOf(node)?.filter((name) => name.startsWith("*.")) ?? [];
  if (wildcards.length === 0) return [];
  return [
    {
      at: node,
      level: "error",
      what: `${wildcards.map((name) => `"${name}"`).join(", ")}: wildcards are forbidden here`,
      source: "CertificateChecks, allowWildcards: false",
      fix: "name the hosts, or ask who set it",
    },
  ];
}
