/** Policies and requests in which names, owners, tiers and times often meet. */
import type { PolicyDocument } from "../../../src/policy/policy-shape";
import { actions, servingKinds, urgencies, weekdays, type PolicyRequest } from "../../../src/policy/request";
import { denyingRuleIds } from "../../../src/policy/rules";
import type { Dice } from "../dice";

const patterns = [
  "a.e.gov",
  "*.e.gov",
  "**.e.gov",
  "\\*.e.gov",
  "\\*.a.e.gov",
  "*.*.e.gov",
  "**.a.e.gov",
  "e.gov",
  "*.x.org",
];
const names = ["a.e.gov", "b.e.gov", "*.e.gov", "a.a.e.gov", "b.a.e.gov", "*.a.e.gov", "e.gov", "a.x.org"];
const keys = ["RSA_1024", "RSA_2048", "EC_prime256v1"] as const;
const profiles = ["classic", "tlsserver", "shortlived", "own"];
const tiers = ["gold", "tin"];
const urls = {
  letsencrypt: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
  own: "https://ca.e.gov/directory",
};
const accounts = ["111122223333", "444455556666"];
const regions = ["eu-west-1", "eu-central-1", "us-east-1"];
const moments = [
  ...[
    "2026-07-03T03:30:00Z",
    "2026-10-31T23:59:59Z",
    "2026-11-01T05:30:00Z",
    "2026-11-01T06:00:00Z",
    "2026-12-18T00:00:00Z",
  ],
  ...[
    "2027-02-09T23:59:59Z",
    "2027-02-10T00:00:00Z",
    "2027-03-14T06:59:00Z",
    "2027-03-14T07:00:00Z",
    "2027-03-15T00:00:00Z",
  ],
];
const dates = ["2026-07-03", "2026-11-01", "2026-12-18", "2027-02-10", "2027-03-15", "2028-01-01"];
const times = ["00:00", "03:00", "09:00", "16:00", "22:30"];
const zones = ["UTC", "Asia/Kolkata", "America/New_York"];

export function randomPolicy(dice: Dice): PolicyDocument {
  const maybe = <T>(chance: number, make: () => T): T | undefined => (dice.chance(chance) ? make() : undefined);
  const several = <T>(most: number, make: (place: number) => T): T[] =>
    Array.from({ length: 1 + dice.below(most) }, (_, place) => make(place));
  const answer = () => dice.pick(["deny", "allow"] as const);
  const issuers = maybe(0.7, () =>
    dice.some(["letsencrypt", "staging", "own", "acm"], 1).map((name) => ({
      name,
      directoryUrl: urls[name as keyof typeof urls],
      public: maybe(0.3, () => dice.chance(0.5)),
    })),
  );
  const knownTiers = maybe(0.7, () => dice.some(tiers, 1));
  const someTiers = () => (knownTiers === undefined ? undefined : maybe(0.4, () => dice.some(knownTiers, 1)));
  const owners = maybe(0.8, () =>
    several(3, (place) => ({ name: `o${place}`, contact: "c", names: dice.some(patterns, 1), tiers: someTiers() })),
  );
  const scope = () => ({
    owners:
      owners &&
      maybe(0.4, () =>
        dice.some(
          owners.map(({ name }) => name),
          1,
        ),
      ),
    tiers: someTiers(),
  });
  const span = () => {
    const [from = "", to = ""] = [dice.below(dates.length - 1)].flatMap((at) => [dates[at] ?? "", dates[at + 1] ?? ""]);
    return { from, to };
  };
  return {
    enforcement: maybe(0.1, () => "warn" as const),
    unlisted: maybe(0.4, () => ({ names: answer(), certificates: answer(), attachments: answer() })),
    issuers,
    tiers: knownTiers,
    owners,
    certificates: maybe(0.8, () =>
      several(3, () => ({
        ...scope(),
        names: maybe(0.4, () => dice.some(patterns, 1)),
        issuers:
          issuers &&
          maybe(0.4, () =>
            dice
              .some(
                issuers.map(({ name }) => name),
                1,
              )
              .reverse(),
          ),
        profiles: maybe(0.4, () => dice.some(profiles, 1)),
        keyAlgorithms: maybe(0.5, () => dice.some(keys, 1)),
        lifetimeDays: maybe(0.5, () => ({
          min: maybe(0.5, () => 7),
          max: maybe(0.7, () => dice.pick([50, 100, 300])),
        })),
      })),
    ),
    attachments: maybe(0.7, () =>
      several(3, () => ({
        ...scope(),
        accounts: maybe(0.5, () => dice.some(accounts, 1)),
        regions: maybe(0.5, () => dice.some(["eu-*", "us-east-1", "*west*", "eu.west.1"], 1)),
        kinds: maybe(0.4, () => dice.some(servingKinds, 1)),
        loadBalancers: maybe(0.4, () => dice.some(["web-*", "web-1", "*-(1)"], 1)),
      })),
    ),
    windows: maybe(0.6, () =>
      several(2, () => ({
        ...scope(),
        actions: maybe(0.5, () => dice.some(actions, 1)),
        days: maybe(0.6, () => dice.some(weekdays, 1)),
        ...{ from: dice.pick(times), to: dice.pick(times), timeZone: maybe(0.7, () => dice.pick(zones)) },
      })),
    ),
    freezes: maybe(0.6, () =>
      several(2, () => ({
        ...{ ...scope(), ...span(), name: "f", actions: maybe(0.5, () => dice.some(actions, 1)) },
        except: maybe(0.5, () => dice.some(urgencies)),
      })),
    ),
    waivers: maybe(0.6, () =>
      several(4, (place) => ({
        ...{
          rule: dice.pick(denyingRuleIds),
          names: dice.some(patterns, 1),
          reason: `r${place}`,
          until: dice.pick(dates),
        },
        owner: owners?.[0]?.name ?? "somebody",
      })),
    ),
  };
}

export function randomRequest(dice: Dice): PolicyRequest {
  const maybe = <T>(chance: number, make: () => T): T | undefined => (dice.chance(chance) ? make() : undefined);
  const subject = {
    names: dice.chance(0.6) ? [dice.pick(names)] : dice.some(names, 1),
    owner: maybe(0.4, () => dice.pick(["o0", "o1", "o2", "stranger"])),
    tier: maybe(0.4, () => dice.pick([...tiers, "lead"])),
    at: new Date(dice.pick(moments)),
  };
  switch (dice.below(3)) {
    case 0:
      return {
        ...{ ...subject, kind: "certificate", issuer: maybe(0.9, () => randomIssuer(dice)) },
        keyAlgorithm: maybe(0.8, () => dice.pick(keys)),
        lifetimeDays: maybe(0.4, () => dice.pick([1, 7, 45, 50, 100, 101, 200, 201, 400])),
      };
    case 1:
      return {
        ...{ ...subject, kind: "attachment", servingKind: dice.pick(servingKinds) },
        accountId: maybe(0.8, () => dice.pick(accounts)),
        region: maybe(0.8, () => dice.pick(regions)),
        loadBalancer: maybe(0.8, () => dice.pick(["web-1", "web-(1)", "shop"])),
      };
    default:
      return { ...subject, kind: "action", action: dice.pick(actions), urgency: dice.pick(urgencies) };
  }
}

function randomIssuer(dice: Dice): Extract<PolicyRequest, { kind: "certificate" }>["issuer"] {
  if (dice.chance(0.3)) return { kind: "acm" };
  const profile = dice.chance(0.7) ? dice.pick(profiles) : undefined;
  return { kind: "acme", directoryUrl: dice.pick(Object.values(urls)), profile };
}
