import { LocatedYaml } from "../../../../src/platform/yaml-file/located-yaml";
import { lintPolicy, lintRules } from "../../../../src/policy/lint/lint-policy";
import { parsePolicy } from "../../../../src/policy/parse-policy";

const now = new Date("2026-11-22T12:00:00Z");

function lintsOf(text: string): string[] {
  const yaml = new LocatedYaml(text);
  return lintPolicy(parsePolicy(text, "policy.yaml", yaml), yaml, now).map(
    ({ line, otherLine, level, rule, message }) =>
      `${line}${otherLine === undefined ? "" : `/${otherLine}`} ${level} ${rule}: ${message}`,
  );
}

const covered = new Set<string>();
function check(about: string, text: string, expected: string[]): void {
  for (const line of expected) covered.add(line.split(" ")[2]?.replace(":", "") ?? "");
  test(about, () => expect(lintsOf(text)).toEqual(expected));
}

const issuers = `issuers:
  - { name: letsencrypt, directoryUrl: "https://acme-v02.api.letsencrypt.org/directory" }
  - { name: acm }
  - { name: agency-ca, directoryUrl: "https://ca.example.gov/directory" }
`;
const owners = `tiers: [critical, standard]
owners:
  - { name: pay, contact: pay@example.gov, names: ["**.pay.example.gov"], tiers: [critical] }
  - { name: web, contact: web@example.gov, names: ["*.example.gov"], tiers: [standard] }
`;

check(
  "entries of certificates: the first that is for one decides",
  `${owners}certificates:
  - { tiers: [critical], keyAlgorithms: [EC_prime256v1] }
  - { owners: [web], names: ["*.example.gov"] }
  - { owners: [web], names: [app.example.gov], keyAlgorithms: [RSA_2048] }
  - { owners: [web], tiers: [standard], names: [old.example.gov] }
  - { owners: [pay, web] }
`,
  [
    "8/7 error contradicting-entry: an entry above it is for all certificates that this one is for, and asks for something else",
    "9/7 warning shadowed-entry: an entry above it is for all certificates that this one is for, with the same demands",
    "10/6 error contradicting-entry: entries above it are together for all certificates that this one is for, and ask for something else",
  ],
);

check(
  "entries that several above them decide for, each for a tier or an owner; without owners none can be told",
  `${owners}certificates:
  - { tiers: [critical], keyAlgorithms: [RSA_2048] }
  - { tiers: [standard], keyAlgorithms: [RSA_2048] }
  - { owners: [web], keyAlgorithms: [RSA_2048] }
  - { names: ["*.example.gov"], keyAlgorithms: [RSA_4096] }
`,
  [
    "8/7 warning shadowed-entry: an entry above it is for all certificates that this one is for, with the same demands",
    "9/7 error contradicting-entry: an entry above it is for all certificates that this one is for, and asks for something else",
  ],
);

check(
  "of names without an owner an entry below decides",
  `unlisted: { names: allow }
${owners}certificates:
  - { tiers: [critical], keyAlgorithms: [RSA_2048] }
  - { owners: [web], names: ["*.example.gov"], keyAlgorithms: [RSA_2048] }
  - { keyAlgorithms: [RSA_4096] }
`,
  [],
);

check(
  "profiles that Let's Encrypt does not have",
  `${issuers}certificates:
  - { issuers: [letsencrypt, acm], profiles: [tlserver], names: [a.example.gov] }
  - { issuers: [letsencrypt], profiles: [classic, fast], names: [b.example.gov] }
  - { profiles: [fast] }
`,
  [
    "6 error unknown-profile: Let's Encrypt has no profile tlserver",
    "7 warning unknown-profile: Let's Encrypt has no profile fast",
  ],
);

check(
  "an owner who may attach nothing",
  `${owners}attachments:
  - { tiers: [critical], regions: [eu-west-1] }
`,
  ["4 warning owner-without-entry: no entry of attachments is for web, so every attachment of it is denied"],
);

check(
  "attachments, windows, freezes and waivers that add nothing; of two that are the same the later one",
  `attachments:
  - { accounts: ["111122223333"], regions: [eu-west-1], loadBalancers: [web-1] }
  - { accounts: ["111122223333"], regions: ["eu-*"] }
  - { regions: [us-east-1] }
windows:
  - { from: "09:00", to: "16:00", days: [mon, tue] }
  - { from: "10:00", to: "12:00", days: [tue] }
  - { from: "10:00", to: "12:00", days: [tue], timeZone: Asia/Tokyo }
  - { from: "22:00", to: "04:00", actions: [renew] }
  - { from: "23:00", to: "04:00", actions: [renew] }
freezes:
  - { name: a, from: 2027-01-01, to: 2027-01-05, except: [] }
  - { name: b, from: 2027-01-02, to: 2027-01-03 }
  - { name: c, from: 2027-01-02, to: 2027-01-06 }
waivers:
  - { rule: policy/frozen, names: [a.example.gov], owner: web, reason: r, until: 2027-01-03 }
  - { rule: policy/frozen, names: ["*.example.gov"], owner: web, reason: r, until: 2027-01-03 }
  - { rule: policy/frozen, names: ["*.example.gov"], owner: web, reason: r, until: 2027-01-03 }
`,
  [
    "2/3 warning shadowed-entry: another entry allows all that this one allows",
    "7/6 warning shadowed-entry: another window is open whenever this one is",
    "13/12 warning shadowed-entry: another freeze holds back all that this one does",
    "16/17 warning shadowed-entry: another waiver lets through all that this one does",
    "18/17 warning shadowed-entry: another waiver lets through all that this one does",
  ],
);

check(
  "entries that nothing can fall under, names and owners that go nowhere",
  `${owners}  - { name: lab, contact: lab@example.gov, names: ["**.lab.example.gov", "**.x.pay.example.gov", a.example.gov] }
certificates:
  - { owners: [pay], tiers: [standard] }
  - { owners: [pay], names: [www.example.gov, www.example.com] }
  - { owners: [web, pay] }
attachments:
  - { owners: [web], tiers: [critical] }
waivers:
  - { rule: policy/region-not-allowed, names: [www.example.org], owner: web, reason: r, until: 2027-01-03 }
  - { rule: policy/name-not-owned, names: [www.example.org], owner: web, reason: r, until: 2027-01-03 }
`,
  [
    "3 warning owner-without-entry: no entry of attachments is for pay, so every attachment of it is denied",
    "4 warning owner-without-entry: no entry of attachments is for web, so every attachment of it is denied",
    "5 warning owner-without-entry: no entry of certificates is for lab, so every certificate of it is denied",
    "5 warning owner-without-entry: no entry of attachments is for lab, so every attachment of it is denied",
    "5/3 warning names-of-two-owners: all of **.x.pay.example.gov belongs to pay, unless a request names its owner",
    "5/4 warning names-of-two-owners: all of a.example.gov belongs to web, unless a request names its owner",
    "7 error unreachable-entry: none of its tiers is open to any of its owners",
    "8 error unreachable-entry: none of its names can belong to its owners",
    "8 warning name-without-owner: no owner has names like www.example.com",
    "11 error unreachable-entry: none of its tiers is open to any of its owners",
    "13 warning waiver-without-effect: policy/region-not-allowed denies nothing with this policy",
    "13 warning name-without-owner: no owner has names like www.example.org",
  ],
);

check(
  "names that two owners share in part",
  `owners:
  - { name: pay, contact: pay@example.gov, names: ["*.b.example.gov"] }
  - { name: web, contact: web@example.gov, names: ["a.*.example.gov"] }
`,
  ["3/2 note names-of-two-owners: some of a.*.example.gov belongs to pay, unless a request names its owner"],
);

check(
  "what no certificate can be",
  `${issuers}certificates:
  - { names: [a.example.gov], issuers: [letsencrypt], profiles: [classic], lifetimeDays: { max: 60 } }
  - { names: [b.example.gov], issuers: [acm, letsencrypt], profiles: [tlsserver], lifetimeDays: { min: 100, max: 150 }, keyAlgorithms: [RSA_1024] }
  - { names: [c.example.gov], issuers: [acm], profiles: [tlsserver], keyAlgorithms: [RSA_1024, RSA_2048] }
  - { names: [d.example.gov], issuers: [letsencrypt], lifetimeDays: { max: 7 } }
  - { names: [e.example.gov], issuers: [agency-ca, acm], lifetimeDays: { min: 500 }, keyAlgorithms: [RSA_1024] }
`,
  [
    "6 error impossible-lifetime: none of its issuers and profiles gives certificates of at most 60 days now",
    "7 error impossible-lifetime: none of its issuers and profiles gives certificates of at least 100 days and at most 150 days now",
    "7 error impossible-key: no public issuer takes RSA_1024 (CA/B Baseline Requirements 6.1.5)",
    "8 warning profiles-without-effect: ACM alone may issue, and its certificates have no profiles",
    "8 warning impossible-key: no public issuer takes RSA_1024 (CA/B Baseline Requirements 6.1.5)",
  ],
);

check(
  "what is over, and what nobody uses",
  `${issuers}tiers: [critical, lab]
certificates: [{ tiers: [critical], issuers: [letsencrypt, acm] }]
freezes: [{ name: year-end, from: 2025-12-18, to: 2026-01-04 }]
waivers:
  - { rule: policy/tier-not-allowed, names: [a.example.gov], owner: web, reason: r, until: 2027-01-01 }
  - { rule: policy/tier-unknown, names: [a.example.gov], owner: web, reason: r, until: 2026-11-22 }
`,
  [
    "4 note unused: no entry allows the issuer agency-ca",
    "5 note unused: no owner has the tier lab, and no entry is for it",
    '7 note freeze-ended: the freeze "year-end" ended on 2026-01-04',
    "9 warning waiver-without-effect: policy/tier-not-allowed denies nothing with this policy",
    "10 error waiver-ended: the waiver of policy/tier-unknown by web ended on 2026-11-22",
  ],
);

test("every rule is tried here", () => {
  expect([...covered].sort()).toEqual(lintRules.map(({ id }) => id).sort());
});
