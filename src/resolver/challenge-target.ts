import { AppError } from "../platform/errors";
import { canonicalName } from "../dns/record-set";
import type { NameServers } from "./name-servers";

/** CNAMEs in a row that we follow; CAs stop at about as many (Unbound: 11, Boulder's resolver). */
const longestChain = 8;

/**
 * Where the TXT value for a challenge name really has to be written: the name itself, or the end of the CNAMEs that
 * start there (delegated challenges). Errors: `dns_conflict` for a loop or an endless chain, `dns_lookup`.
 */
export async function challengeTarget(
  name: string,
  nameServers: Pick<NameServers, "cnameOf">,
  signal?: AbortSignal,
): Promise<string> {
  const seen = [canonicalName(name)];
  for (;;) {
    const current = seen[seen.length - 1] ?? name;
    const next = await nameServers.cnameOf(current, signal);
    if (next === undefined) return current;
    if (seen.includes(next) || seen.length > longestChain)
      throw new AppError("dns_conflict", `the CNAMEs at ${name} lead nowhere: ${[...seen, next].join(" → ")}`, {
        hint: "point the CNAME at a name that holds TXT records",
      });
    seen.push(next);
  }
}
