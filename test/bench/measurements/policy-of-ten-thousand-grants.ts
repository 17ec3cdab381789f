/**
 * The same questions to a policy of 10,000 grants and to one that has every hundredth of them, in this process. The
 * policies are the worst of their kinds: many grants of one client in one zone.
 */
import { decide, type AccessRequest } from "../../../src/proxy/policy/decide";
import { acmeChallengeGrant } from "../../../src/proxy/policy/grant-presets";
import { parseNamePattern } from "../../../src/dns/name-pattern";
import { Policy, type Grant } from "../../../src/proxy/policy/policy";
import { ratio, type Benchmark, type Finding } from "../benchmark";
import { mediansInTurn, timed } from "../rounds";

const zone = "example.gov";
const many = 10_000;
const few = 100;
const decisions = 20_000;

interface Shape {
  readonly name: string;
  readonly clients: number;
  readonly grant: (client: string, index: number) => Grant;
  /** A name of that grant. */
  readonly recordName: (index: number) => string;
}

const lab = (client: string, pattern: string): Grant => ({
  id: "",
  client,
  zone,
  kind: "records",
  names: [pattern],
  recordNames: [parseNamePattern(pattern, zone)],
  types: ["TXT"],
  actions: ["read"],
  values: undefined,
  ttlSeconds: undefined,
  merge: false,
});

const shapes: readonly Shape[] = [
  {
    name: "exact-names",
    clients: 1,
    grant: (client, index) => acmeChallengeGrant({ id: "", client, zone, names: [`h${index}.${zone}`] }),
    recordName: (index) => `_acme-challenge.h${index}.${zone}`,
  },
  {
    name: "patterns",
    clients: 1,
    grant: (client, index) => lab(client, `**.h${index}.${zone}`),
    recordName: (index) => `a.b.h${index}.${zone}`,
  },
  {
    name: "inner-wildcards",
    clients: 20,
    grant: (client, index) => lab(client, `h${index}.*.${zone}`),
    recordName: (index) => `h${index}.north.${zone}`,
  },
];

export const benchmark: Benchmark = {
  subject: "policy of 10,000 grants",
  measure: async () => {
    const findings: Finding[] = [];
    for (const shape of shapes) findings.push(await compare(shape));
    return findings;
  },
};

async function compare(shape: Shape): Promise<Finding> {
  const requests = requestsFor(shape);
  const asking = (policy: Policy) => () => timed(() => ask(policy, requests));
  const sides = { few: asking(policyOf(shape, many / few)), all: asking(policyOf(shape, 1)) };
  const medians = await mediansInTurn(sides, { rounds: 31, warmUp: 5 });
  const perDecision = (elapsedMs: number) => (elapsedMs * 1000) / decisions;
  return ratio(
    `policy-10000-grants-${shape.name}`,
    { atMost: 1.5 },
    { name: `${few} grants`, value: perDecision(medians.few), ours: perDecision(medians.all), unit: "µs" },
  );
}

const clientOf = ({ clients }: Shape, index: number) => `client-${Math.floor(index / (many / few)) % clients}`;

/** Every `step`th of all the grants of that shape. */
function policyOf(shape: Shape, step: number): Policy {
  const indexes = Array.from({ length: many / step }, (_, position) => position * step);
  return new Policy(
    [],
    indexes.map((index) => shape.grant(clientOf(shape, index), index)),
  );
}

/** One that each grant of the smaller policy allows, and one that nothing does. */
function requestsFor(shape: Shape): AccessRequest[] {
  return Array.from({ length: few }, (_, position) => position * (many / few)).flatMap((index) => {
    const granted = shape.recordName(index);
    const ungranted = `x.${granted.replace(/h\d+/, "none")}`;
    return [granted, ungranted].map((name): AccessRequest => {
      return { kind: "actions", client: clientOf(shape, index), zone, name, type: "TXT", actions: ["read"] };
    });
  });
}

function ask(policy: Policy, requests: readonly AccessRequest[]): Promise<void> {
  let allowed = 0;
  for (let round = 0; round < decisions; round += requests.length)
    for (const request of requests) if (decide(policy, request).verdict === "allow") allowed++;
  if (allowed !== decisions / 2) throw new Error(`${allowed} of ${decisions} requests were allowed, not half of them`);
  return Promise.resolve();
}
