import type { Client } from "../policy/policy";
import { parseCidr } from "../identity/source-networks";
import { parseShortLivedToken } from "../identity/short-lived-token";
import { messageOf } from "../../platform/errors";
import { parseDate } from "../../platform/yaml-file/parse-date";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import type { LocatedYaml, LocatedProblem, YamlPath } from "../../platform/yaml-file/located-yaml";
import type { ClientEntry } from "./policy-file-shape";

/** Tokens travel in a header whose fields end at semicolons. */
const tokenText = /^[A-Za-z0-9._-]{16,128}$/;

/** The clients of a policy file, and what is wrong with them. */
export function buildClients(
  yaml: LocatedYaml,
  entries: readonly ClientEntry[],
  /** Issuers of tokens that the file knows. */
  issuers: readonly string[],
): { clients: Client[]; problems: LocatedProblem[] } {
  const problems: LocatedProblem[] = [];
  const clients: Client[] = [];
  const ownerOfToken = new Map<string, string>();
  entries.forEach((entry, index) => {
    const path = ["clients", index];
    if (clients.some((other) => other.name === entry.name))
      problems.push(yaml.problem([...path, "name"], `a client named "${entry.name}" is there already`));
    entry.tokens.forEach((token, position) => {
      const owner = ownerOfToken.get(token);
      const place = [...path, "tokens", position];
      if (!tokenText.test(token))
        problems.push(
          yaml.problem(place, "this is not a client token", 'get one from "akamai-dns-proxy credentials issue"'),
        );
      else if (parseShortLivedToken(token) !== undefined)
        problems.push(yaml.problem(place, "this token is a short-lived one, which the file need not know"));
      else if (owner !== undefined) problems.push(yaml.problem(place, `this token belongs to "${owner}" already`));
      ownerOfToken.set(token, entry.name);
    });
    problems.push(...cidrProblems(yaml, [...path, "cidrs"], entry.cidrs));
    entry.oidc.forEach(({ issuer, claims }, position) => {
      const rule = [...path, "oidc", position];
      if (!issuers.includes(issuer))
        problems.push(
          yaml.problem(
            [...rule, "issuer"],
            `unknown issuer ${issuer}`,
            didYouMean(issuer, issuers) ?? "list it under oidcIssuers",
          ),
        );
      if (Object.keys(claims).length === 0)
        problems.push(
          yaml.problem([...rule, "claims"], "claims is empty: every bearer of that issuer would be this client"),
        );
    });
    const expires = entry.expires === undefined ? undefined : parseDate(entry.expires);
    if (expires !== undefined && Number.isNaN(expires.getTime()))
      problems.push(
        yaml.problem([...path, "expires"], `"${entry.expires}" is not a date`, "write 2027-01-31 (midnight UTC)"),
      );
    clients.push({
      name: entry.name,
      tokens: entry.tokens,
      cidrs: entry.cidrs,
      expires,
      requestsPerMinute: entry.requestsPerMinute,
      oidc: entry.oidc,
    });
  });
  return { clients, problems };
}

/** What is wrong with the networks at `path`. */
export function cidrProblems(yaml: LocatedYaml, path: YamlPath, cidrs: readonly string[] = []): LocatedProblem[] {
  return cidrs.flatMap((cidr, position) => {
    try {
      parseCidr(cidr);
      return [];
    } catch (error) {
      return [yaml.problem([...path, position], messageOf(error))];
    }
  });
}
