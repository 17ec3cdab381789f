import { explain } from "../../../src/policy/explain-policy";
import { policyOf } from "../../../src/policy/parse-policy";

const at = new Date("2026-11-24T10:00:00Z");
const policy = policyOf({
  owners: [
    { name: "web", contact: "web", names: ["*.example.gov"] },
    { name: "lab", contact: "lab", names: ["*.lab.example.gov"] },
  ],
  certificates: [{ owners: ["web"], lifetimeDays: { max: 50 } }, { owners: ["lab"] }],
});
const letsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";

test.each<[string, string, string, number | undefined, readonly string[]]>([
  ["of a CA whose lifetimes are not known", "WWW.example.gov", "https://ca.test/", undefined, ["lifetime"]],
  ["of one whose are", "www.example.gov", letsEncrypt, undefined, []],
  ["that is given", "www.example.gov", "https://ca.test/", 40, []],
  ["that nothing bounds", "x.lab.example.gov", "https://ca.test/", undefined, []],
])("a lifetime %s", (_, name, directoryUrl, lifetimeDays, notJudged) => {
  const issuer = { kind: "acme", directoryUrl, profile: "tlsserver" } as const;
  const request = { kind: "certificate", names: [name], keyAlgorithm: "RSA_2048", issuer, lifetimeDays, at } as const;
  expect(explain(policy, request).notJudged).toEqual(notJudged);
});
