import { parsePolicy, policyOf } from "../../../src/policy/parse-policy";
import type { PolicyDocument } from "../../../src/policy/policy-shape";
import { AppError } from "../../../src/platform/errors";

const mistaken = `issuers:
  - { name: letsencrypt }
  - { name: acm, directoryUrl: "https://ca.example.gov/" }
  - { name: acm }
  - { name: one, directoryUrl: "https://ca.test/directory" }
  - { name: other, directoryUrl: "https://bob@CA.test.:443/directory#staging" }
tiers: [critical, critical]
owners:
  - { name: web, contact: web@example.gov, names: ["w*.example.gov"], tiers: [critcal] }
  - { name: web, contact: web@example.gov, names: [a.example.gov] }
certificates:
  - { owners: [wbe], issuers: [letsencrpt], lifetimeDays: { min: 3, max: 2 } }
windows:
  - { from: "09:00", to: "16:00", timeZone: Europe/Bonn }
freezes:
  - { name: now, from: 2027-01-02, to: 2027-01-01 }
  - { name: never, from: 2027-02-30, to: "2027-02-30T10:00Z" }
waivers:
  - { rule: policy/frozen, names: [a.example.gov], owner: wep, reason: none, until: soon }
`;

const linesOf = (parse: () => unknown): string[] => {
  try {
    parse();
  } catch (error) {
    return error instanceof AppError ? [error.code, ...error.message.split("\n")] : [String(error)];
  }
  return [];
};

test("all mistakes are told, each with its place and what to do", () => {
  expect(linesOf(() => parsePolicy(mistaken, "policy.yaml"))).toEqual([
    "invalid_config",
    "policy.yaml:2:5: issuers[0]: letsencrypt has no directoryUrl; give the URL of the CA's ACME directory",
    "policy.yaml:3:32: issuers[1].directoryUrl: acm is AWS Certificate Manager, which has none; call the CA otherwise",
    'policy.yaml:4:13: issuers[2].name: "acm" is there already',
    'policy.yaml:6:34: issuers[4].directoryUrl: "https://ca.test/directory" is there already',
    'policy.yaml:7:19: tiers[1]: "critical" is there already',
    'policy.yaml:9:52: owners[0].names[0]: "w*.example.gov" is not a name pattern: an asterisk must be a whole label, not part of "w*"; list the names, or use * alone',
    'policy.yaml:9:79: owners[0].tiers[0]: "critcal" is none of the policy\'s tiers; did you mean "critical"?',
    'policy.yaml:10:13: owners[1].name: "web" is there already',
    'policy.yaml:12:16: certificates[0].owners[0]: "wbe" is none of the policy\'s owners; list it under owners',
    'policy.yaml:12:32: certificates[0].issuers[0]: "letsencrpt" is none of the policy\'s issuers; did you mean "letsencrypt"?',
    "policy.yaml:12:59: certificates[0].lifetimeDays: min 3 is above max 2",
    'policy.yaml:14:45: windows[0].timeZone: "Europe/Bonn" is not a time zone; write it as Europe/Berlin',
    "policy.yaml:16:40: freezes[0].to: it ends before it begins; give a later moment",
    'policy.yaml:17:26: freezes[1].from: "2027-02-30" is not a date; write 2027-01-31 (midnight UTC)',
    'policy.yaml:17:42: freezes[1].to: "2027-02-30T10:00Z" is not a date; write 2027-01-31 (midnight UTC)',
    'policy.yaml:19:59: waivers[0].owner: "wep" is none of the policy\'s owners; did you mean "web"?',
    'policy.yaml:19:85: waivers[0].until: "soon" is not a date; write 2027-01-31 (midnight UTC)',
  ]);
});

test("mistakes of shape come first; a waiver says who, why and until when", () => {
  const text = "certificats: []\nwaivers:\n  - { rule: policy/frzen, names: [a.example.gov] }\n";
  expect(linesOf(() => parsePolicy(text, "policy.yaml"))).toEqual([
    "invalid_config",
    'policy.yaml:1:1: unknown key "certificats"; did you mean "certificates"?',
    "policy.yaml:3:5: waivers[0].owner is missing",
    "policy.yaml:3:5: waivers[0].reason is missing",
    "policy.yaml:3:5: waivers[0].until is missing",
    expect.stringMatching(/^policy\.yaml:3:13: waivers\[0\]\.rule: .*did you mean "policy\/frozen"\?$/) as string,
  ]);
});

test.each(["", "# all gone\n", "null\n"])("an empty file is not a policy that allows everything: %j", (text) => {
  expect(linesOf(() => parsePolicy(text, "policy.yaml"))).toEqual([
    "invalid_config",
    "policy.yaml:1:1: the policy is empty; write {} if nothing is to be denied",
  ]);
  expect(linesOf(() => parsePolicy("{}", "policy.yaml"))).toEqual([]);
});

test("an object is checked the same, and its mistakes have paths", () => {
  const policy: PolicyDocument = { certificates: [{ issuers: ["letsencrypt"] }] };
  expect(linesOf(() => policyOf(policy))).toEqual([
    "invalid_config",
    'policy: certificates[0].issuers[0]: "letsencrypt" is none of the policy\'s issuers; list it under issuers',
  ]);
  const strange = { certificates: [{ issuer: "letsencrypt" }] } as unknown as PolicyDocument;
  expect(linesOf(() => policyOf(strange, "stack"))).toEqual([
    "invalid_config",
    'stack: unknown key "issuer"; did you mean "issuers"?',
  ]);
});
