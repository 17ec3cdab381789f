/** The one place where a policy is asked. Pure: the same policy and request give the same decision and the same text. */
import { setOfNames } from "./as-spelt";
import { findingOf, type Finding, type Found } from "./finding";
import { judgeAction } from "./judge-action";
import { judgeAttachment } from "./judge-attachment";
import { entryFor, judgeCertificate } from "./judge-certificate";
import { judgeOwnership } from "./judge-ownership";
import { hasName, type Policy, type Waiver, type Whose } from "./policy";
import type { PolicyRequest } from "./request";

export interface Decision {
  /** `deny` if anything that was found denies. */
  readonly verdict: "allow" | "deny";
  /** In the order of `rules`. */
  readonly findings: readonly Finding[];
  /** Whose the certificate is; undefined if the policy cannot tell. */
  readonly owner?: string;
  readonly tier?: string;
  /** Where the entry of `certificates` stands that decided. */
  readonly entry?: string;
}

export function decide(policy: Policy, asked: PolicyRequest): Decision {
  const request = { ...asked, names: setOfNames(asked.names) };
  const { owner, tier, found } = judgeOwnership(policy, request);
  const findings = [...found, ...judge(policy, request, { owner, tier, isClear: found.length === 0 })].flatMap((each) =>
    withWaivers(policy, findingOf(policy, each), request),
  );
  const entry = request.kind === "certificate" ? entryFor(policy, request, { owner, tier }) : undefined;
  return {
    verdict: findings.some(({ effect }) => effect === "deny") ? "deny" : "allow",
    findings,
    ...(owner === undefined ? {} : { owner }),
    ...(tier === undefined ? {} : { tier }),
    ...(entry === undefined ? {} : { entry: policy.placeOf(entry.path) }),
  };
}

function judge(policy: Policy, request: PolicyRequest, whose: Whose): Found[] {
  switch (request.kind) {
    case "certificate":
      return judgeCertificate(policy, request, whose);
    case "attachment":
      return judgeAttachment(policy, request, whose);
    case "action":
      return judgeAction(policy, request, whose);
  }
}

/** A denial as it is after waivers, and the waivers that have ended. */
function withWaivers(policy: Policy, finding: Finding, { names, at }: PolicyRequest): Finding[] {
  if (finding.effect !== "deny") return [finding];
  const isFor = (waiver: Waiver) => waiver.rule === finding.rule && names.every((name) => hasName(waiver.names, name));
  const waivers = policy.waivers.filter(isFor);
  const waiver = waivers.find(({ until }) => at < until);
  if (waiver !== undefined) return [{ ...finding, effect: "waive", waiver }];
  const standing: Finding = policy.enforcement === "warn" ? { ...finding, effect: "warn" } : finding;
  return [standing, ...waivers.map((ended) => endedWaiver(policy, ended))];
}

function endedWaiver(policy: Policy, { rule, until, owner, path }: Waiver): Finding {
  const value = until.toISOString().slice(0, 10);
  return findingOf(policy, {
    ...{ rule: "policy/waiver-ended", value, path },
    what: `the waiver of ${rule} by ${owner} ended on ${value}`,
    fix: "mend what it was for, or agree on a later end",
  });
}
