import type { Sandbox } from "../../../src/sandbox/start-sandbox";

export interface Content {
  /** ARNs and names of what AWS has. */
  readonly aws: readonly string[];
  /** `TYPE name` of record sets. */
  readonly records: readonly string[];
  /** The names that CNAME records prove to ACM, kept on purpose. */
  readonly proofs: readonly string[];
}

/** Everything that a sandbox holds now; compared with what it held before, what somebody left in it. */
export function contentOf(sandbox: Sandbox): Content {
  const { account, zones } = sandbox;
  const aws = [
    ...account
      .usedRegions()
      .flatMap(({ acm, elb, classicElb, topics, alarms, eventRules }) => [
        ...acm.all().map(({ arn }) => arn),
        ...[...topics.all(), ...alarms.all(), ...eventRules.all()].map(({ arn }) => arn),
        ...elb.loadBalancers.keys(),
        ...elb.targetGroups.keys(),
        ...elb.listeners.keys(),
        ...classicElb.all().map((each) => classicElb.arnOf(each)),
      ]),
    ...account.distributions.all().map(({ arn }) => arn),
    ...account.domainNames.all().map(({ arn }) => arn),
    ...account.hostedZones.all().map(({ facts }) => facts.id),
  ];
  const sets = zones.zones().flatMap((zone) => zones.recordSets(zone));
  const isProof = ({ type, rdata }: (typeof sets)[number]) =>
    type === "CNAME" && rdata.some((value) => value.endsWith(".acm-validations.aws."));
  return {
    aws: aws.sort(),
    records: sets.filter((set) => !isProof(set)).map(({ name, type }) => `${type} ${name}`),
    proofs: sets
      .filter(isProof)
      .map(({ name }) => name.replace(/^_[0-9a-f]+\./, ""))
      .sort(),
  };
}

export function contentWithout(now: Content, before: Content): Content {
  const rest = (kind: keyof Content) => now[kind].filter((each) => !before[kind].includes(each));
  return { aws: rest("aws"), records: rest("records"), proofs: rest("proofs") };
}
