import { aligned } from "../platform/report/aligned";
import { setOfNames } from "./as-spelt";
import { decide, type Decision } from "./decide";
import { findingText } from "./finding";
import { entryFor } from "./judge-certificate";
import { knownLifetime } from "./known-issuer";
import type { Policy } from "./policy";
import { waiversInForce } from "./reported-waiver";
import type { PolicyRequest } from "./request";
import { namesText } from "./words";

/** One decision and what made it. */
export interface Explanation extends Decision {
  readonly request: PolicyRequest;
  /** What was not given, and therefore not judged. */
  readonly notJudged: readonly string[];
}

export function explain(policy: Policy, request: PolicyRequest): Explanation {
  const decision = decide(policy, request);
  return { request, ...decision, notJudged: [...missing(request), ...unknownLifetime(policy, request, decision)] };
}

/** Where the entry bounds it, and nobody knows it beforehand. */
function unknownLifetime(policy: Policy, request: PolicyRequest, whose: Pick<Decision, "owner" | "tier">): string[] {
  if (request.kind !== "certificate" || request.lifetimeDays !== undefined) return [];
  const { issuer, at } = request;
  const isKnown = issuer !== undefined && knownLifetime(issuer, at) !== undefined;
  const names = setOfNames(request.names);
  return isKnown || entryFor(policy, { ...request, names }, whose)?.lifetimeDays === undefined ? [] : ["lifetime"];
}

/** Explanations for people, one below the other, and the waivers that are in force. */
export function explanationText(policy: Policy, explanations: readonly Explanation[], at: Date): string {
  const blocks = explanations.map((explanation) => aligned(rowsOf(policy, explanation)).join("\n"));
  const waivers = waiversInForce(policy, at).map(({ text }) => `waiver: ${text}`);
  return `${[...blocks, ...(waivers.length === 0 ? [] : [waivers.join("\n")])].join("\n\n")}\n`;
}

function rowsOf(
  policy: Policy,
  { request, verdict, findings, owner, tier, entry, notJudged }: Explanation,
): string[][] {
  const { contact } = policy.owners?.find(({ name }) => name === owner) ?? {};
  return [
    [request.kind, `${namesText(request)}: ${verdict}`],
    ["owner", `${owner ?? "nobody that the policy knows"}${contact === undefined ? "" : `, ${contact}`}`],
    ...(tier === undefined ? [] : [["tier", tier]]),
    ...(entry === undefined ? [] : [["decided by", entry]]),
    ...findings.map((finding) => [finding.effect, findingText(finding, policy.placeOf)]),
    ...(notJudged.length === 0 ? [] : [["not judged", `${notJudged.join(", ")}: not given`]]),
  ];
}

function missing(request: PolicyRequest): string[] {
  switch (request.kind) {
    case "certificate": {
      const { issuer, keyAlgorithm } = request;
      return [...(issuer === undefined ? ["issuer"] : []), ...(keyAlgorithm === undefined ? ["key algorithm"] : [])];
    }
    case "attachment": {
      const { accountId, region, loadBalancer } = request;
      const given = { account: accountId, region, "load balancer": loadBalancer };
      return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
    }
    case "action":
      return [];
  }
}
