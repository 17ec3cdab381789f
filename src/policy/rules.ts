/** Every rule, once, in the order in which findings are told. Ids are part of the public contract: add, never rename. */
export interface Rule {
  readonly id: string;
  /** What it finds, for docs/reference/policy.md. */
  readonly title: string;
  /** `denies`: what it finds is refused. `warns`: it is told. */
  readonly effect: "denies" | "warns";
  /** Where its default comes from, or why there is such a rule: RFC and section, or the vendor's page. */
  readonly source?: string;
}

/** Volume B, "Security Risks and Recommended Best Practices": an inventory in which each certificate has an owner. */
const nistPractices = "NIST SP 1800-16B, recommended best practices";
const brSubscriberKeys = "CA/B Baseline Requirements 6.1.5";
/** A certificate whose key is compromised is revoked within 24 hours, so nothing may hold its replacement back. */
const brCompromise = "CA/B Baseline Requirements 4.9.1.1";
const brLifetimes = "CA/B Baseline Requirements 6.3.2";

export const rules = [
  {
    id: "policy/owner-unknown",
    title: "the owner that is named is none of the policy's",
    effect: "denies",
    source: nistPractices,
  },
  {
    id: "policy/name-not-owned",
    title: "a host name that belongs to no owner, or not to the one that is named",
    effect: "denies",
    source: nistPractices,
  },
  {
    id: "policy/wildcard-not-allowed",
    title: "a wildcard name that belongs to no owner, or not to the one that is named",
    effect: "denies",
    source: "RFC 9525 7.1",
  },
  {
    id: "policy/several-owners",
    title: "names that belong to different owners, and nobody is named",
    effect: "denies",
    source: nistPractices,
  },
  {
    id: "policy/tier-unknown",
    title: "the tier that is named is none of the policy's",
    effect: "denies",
  },
  {
    id: "policy/tier-not-allowed",
    title: "the tier that is named is none of the owner's",
    effect: "denies",
  },
  {
    id: "policy/certificate-not-listed",
    title: "no entry of `certificates` is for the certificate, and nothing is wrong with its owner and tier",
    effect: "denies",
  },
  {
    id: "policy/issuer-not-allowed",
    title: "an issuer that is not listed",
    effect: "denies",
  },
  {
    id: "policy/issuer-not-preferred",
    title: "an issuer that is listed, and another one comes first",
    effect: "warns",
  },
  {
    id: "policy/profile-not-allowed",
    title: "a certificate profile that is not listed",
    effect: "denies",
    source: "Let's Encrypt documentation, profiles",
  },
  {
    id: "policy/key-algorithm-not-allowed",
    title: "a key algorithm that is not listed, or an RSA key of less than 2048 bits from a public issuer",
    effect: "denies",
    source: brSubscriberKeys,
  },
  {
    id: "policy/lifetime-too-long",
    title: "a lifetime above `lifetimeDays.max`, or above what public issuers may give on that day",
    effect: "denies",
    source: brLifetimes,
  },
  {
    id: "policy/lifetime-too-short",
    title: "a lifetime below `lifetimeDays.min`",
    effect: "denies",
  },
  {
    id: "policy/attachment-not-listed",
    title: "no entry of `attachments` is for the certificate, and nothing is wrong with its owner and tier",
    effect: "denies",
  },
  {
    id: "policy/account-not-allowed",
    title: "an account where the certificate may not be attached",
    effect: "denies",
  },
  {
    id: "policy/region-not-allowed",
    title: "a region where it may not be attached",
    effect: "denies",
  },
  {
    id: "policy/kind-not-allowed",
    title: "a kind of listener that it may not be attached to",
    effect: "denies",
  },
  {
    id: "policy/load-balancer-not-allowed",
    title: "a load balancer, distribution or domain name that it may not be attached to",
    effect: "denies",
  },
  {
    id: "policy/outside-window",
    title:
      "an action outside the windows that are for it; only told where the certificate is overdue or its key compromised",
    effect: "denies",
    source: brCompromise,
  },
  {
    id: "policy/frozen",
    title: "an action during a freeze; only told where the freeze excepts its urgency",
    effect: "denies",
    source: brCompromise,
  },
  {
    id: "policy/waiver-ended",
    title: "a waiver that would have let a denial through, and has ended",
    effect: "warns",
  },
] as const satisfies readonly Rule[];

export type RuleId = (typeof rules)[number]["id"];

/** Those a waiver can be for. */
export const denyingRuleIds = rules.flatMap((rule) => (rule.effect === "denies" ? [rule.id] : []));

export function ruleCalled(id: RuleId): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new TypeError(`there is no rule ${id}`);
  return rule;
}
