/** Certification Authority Authorization, asked before a CA's limit is spent (RFC 8659). */
import type { CaaRecord } from "node:dns";
import { AppError } from "../platform/errors";
import { baseName, isWildcard, type DomainName } from "../certificates/domain-name";
import type { NameServers } from "./name-servers";

/**
 * Throws `dns_caa_forbids` if the CAA records that count for a name leave out the CA.
 * Climbs from the name towards the root; the first set found decides (RFC 8659 3). `identities` are the CA's names
 * from its directory (`caaIdentities`); without any there is nothing to compare, and the CA will decide.
 */
export async function checkCaa(
  name: DomainName,
  identities: readonly string[],
  nameServers: Pick<NameServers, "caaOf">,
  signal?: AbortSignal,
): Promise<void> {
  if (identities.length === 0) return;
  const labels = baseName(name).split(".");
  for (let index = 0; index < labels.length; index++) {
    const holder = labels.slice(index).join(".");
    const records = await nameServers.caaOf(holder, signal);
    if (records.length === 0) continue;
    const verdict = permits(records, isWildcard(name), identities);
    if (verdict !== undefined)
      throw new AppError(
        "dns_caa_forbids",
        `CAA at ${holder} does not let ${identities.join(" or ")} issue for ${name}: ${verdict}`,
        {
          hint: `add: ${holder}. CAA 0 issue "${identities[0] ?? ""}"`,
        },
      );
    return;
  }
}

/** undefined if the set permits, else why not. `issuewild` counts instead of `issue` for wildcards (RFC 8659 4.3). */
function permits(records: readonly CaaRecord[], wildcard: boolean, identities: readonly string[]): string | undefined {
  const unknown = records.find((record) => record.critical >= 128 && !known.some((tag) => tag in record));
  if (unknown) return "it has a critical property that is not understood";
  const issue = records.flatMap((record) => (record.issue === undefined ? [] : [record.issue]));
  const issueWild = records.flatMap((record) => (record.issuewild === undefined ? [] : [record.issuewild]));
  const relevant = wildcard && issueWild.length > 0 ? issueWild : issue;
  if (relevant.length === 0) return undefined;
  const allowed = relevant.map((value) => (value.split(";")[0] ?? "").trim().toLowerCase());
  return allowed.some((value) => identities.includes(value))
    ? undefined
    : `it allows ${allowed.filter((value) => value !== "").join(", ") || "no CA"}`;
}

const known = ["issue", "issuewild", "iodef", "contactemail", "contactphone"];
