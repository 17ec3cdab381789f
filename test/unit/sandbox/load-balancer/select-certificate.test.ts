import { parseDomainName } from "../../../../src/certificates/domain-name";
import type { CertificateInfo } from "../../../../src/certificates/certificate-info";
import { selectCertificate } from "../../../../src/sandbox/load-balancer/select-certificate";

const now = new Date("2026-06-01");

interface Facts {
  readonly name?: string;
  readonly keyAlgorithm?: CertificateInfo["keyAlgorithm"];
  readonly notBefore?: string;
  readonly notAfter?: string;
}

function certificate(serial: string, facts: Facts = {}) {
  const info: CertificateInfo = {
    serial,
    fingerprint: serial,
    issuer: "CN=Test",
    names: [parseDomainName(facts.name ?? "app.example.gov")],
    keyAlgorithm: facts.keyAlgorithm ?? "EC_prime256v1",
    notBefore: new Date(facts.notBefore ?? "2026-01-01"),
    notAfter: new Date(facts.notAfter ?? "2027-01-01"),
  };
  return { certificatePem: "", chainPem: "", privateKeyPem: "", info };
}

const fallback = certificate("default");

function chosen(serverName: string | undefined, ...sniCertificates: ReturnType<typeof certificate>[]): string {
  return selectCertificate({ defaultCertificate: fallback, sniCertificates }, serverName, now).info.serial;
}

test("the default is for clients without a name, with a strange name, and without a match", () => {
  const other = certificate("other", { name: "other.example.gov" });
  expect(chosen(undefined, certificate("a"))).toBe("default");
  expect(chosen("not a name", certificate("a"))).toBe("default");
  expect(chosen("app.example.gov", other)).toBe("default");
});

test("a wildcard stands for one label", () => {
  const wildcard = certificate("wildcard", { name: "*.example.gov" });
  expect(chosen("APP.example.gov", wildcard)).toBe("wildcard");
  expect(chosen("a.b.example.gov", wildcard)).toBe("default");
  expect(chosen("example.gov", wildcard)).toBe("default");
});

test("the list comes before the default, even where both match", () => {
  expect(chosen("app.example.gov", certificate("listed"))).toBe("listed");
});

test.each<[string, Facts, Facts]>([
  ["ECDSA before RSA", {}, { keyAlgorithm: "RSA_4096" }],
  ["valid before expired", {}, { notBefore: "2020-01-01", notAfter: "2026-02-01" }],
  ["the larger key", { keyAlgorithm: "EC_secp384r1" }, {}],
  ["the longer validity", { notAfter: "2027-06-01" }, {}],
])("prefers %s, whatever the order", (_, better, worse) => {
  expect(chosen("app.example.gov", certificate("better", better), certificate("worse", worse))).toBe("better");
  expect(chosen("app.example.gov", certificate("worse", worse), certificate("better", better))).toBe("better");
});

test("among equals the one that was added first stays", () => {
  expect(chosen("app.example.gov", certificate("old"), certificate("new"))).toBe("old");
});
