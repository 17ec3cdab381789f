import { checkReimport, type ReimportFacts } from "../../../src/certificates/check-reimport";
import { parseDomainName } from "../../../src/certificates/domain-name";

const serverAuth = "1.3.6.1.5.5.7.3.1";
const clientAuth = "1.3.6.1.5.5.7.3.2";
const base: ReimportFacts = {
  keyAlgorithm: "RSA_2048",
  keyUsage: ["digitalSignature", "keyEncipherment"],
  extendedKeyUsage: [serverAuth, clientAuth],
  names: [parseDomainName("app.example.gov")],
};

/** ACM user guide, "Reimporting a certificate", and facts 2. */
test.each<[string, Partial<ReimportFacts>, Partial<ReimportFacts>, string[]]>([
  ["the same again", {}, {}, []],
  ["another key type", {}, { keyAlgorithm: "EC_prime256v1" }, ["key-algorithm"]],
  ["another key size", {}, { keyAlgorithm: "RSA_4096" }, ["key-algorithm"]],
  ["clientAuth gone", {}, { extendedKeyUsage: [serverAuth] }, []],
  ["serverAuth gone", {}, { extendedKeyUsage: [clientAuth] }, ["extended-key-usage"]],
  ["no extended key usage any more", {}, { extendedKeyUsage: undefined }, ["extended-key-usage"]],
  ["keyEncipherment gone on RSA (classic to tlsserver)", {}, { keyUsage: ["digitalSignature"] }, ["key-usage"]],
  [
    "keyEncipherment gone on ECDSA",
    { keyAlgorithm: "EC_prime256v1" },
    { keyAlgorithm: "EC_prime256v1", keyUsage: ["digitalSignature"] },
    [],
  ],
  ["a usage more", {}, { keyUsage: ["digitalSignature", "keyEncipherment", "keyAgreement"] }, []],
  ["a name more", {}, { names: ["app.example.gov", "b.example.gov"].map(parseDomainName) }, []],
  ["no name in common", {}, { names: [parseDomainName("b.example.gov")] }, ["names"]],
])("%s", (_, current, next, rules) => {
  expect(checkReimport({ ...base, ...current }, { ...base, ...next }).map(({ rule }) => rule)).toEqual(rules);
});
