/** Certificates as Let's Encrypt's profiles describe them, read by parsers that are not ours. */
import * as acme from "acme-client";
import * as x509 from "@peculiar/x509";
import { X509Certificate } from "node:crypto";
import { parseCertificate } from "../../../../../src/certificates/parse-certificate";
import { parseSigningRequest } from "../../../../../src/sandbox/acme-ca/issuing/certificate-signing-request";
import { chooseCommonName, issueCertificate } from "../../../../../src/sandbox/acme-ca/issuing/issue-certificate";
import { createIssuingHierarchy } from "../../../../../src/sandbox/acme-ca/issuing/issuing-hierarchy";
import {
  letsEncryptProfiles,
  secondsProfile,
  type CertificateProfile,
} from "../../../../../src/sandbox/acme-ca/profiles";

const now = new Date("2026-11-02T10:00:00.700Z");
const hierarchy = createIssuingHierarchy(now);
const names = ["a.example.gov", "*.a.example.gov"];
const requests: Record<string, Buffer> = {};

beforeAll(async () => {
  requests.ecdsa = (await acme.crypto.createCsr({ altNames: names }, await acme.crypto.createPrivateEcdsaKey()))[1];
  requests.rsa = (await acme.crypto.createCsr({ altNames: names }, await acme.crypto.createPrivateRsaKey()))[1];
  requests.p384 = (
    await acme.crypto.createCsr({ altNames: names }, await acme.crypto.createPrivateEcdsaKey("P-384"))
  )[1];
});

function issue(key: string, profile: CertificateProfile, intermediate = hierarchy.intermediates[0]) {
  const der = Buffer.from(acme.crypto.getPemBodyAsB64u(requests[key] ?? ""), "base64url");
  const signed = issueCertificate({ request: parseSigningRequest(der), names, profile, intermediate, now });
  return {
    signed,
    info: parseCertificate(signed.der),
    leaf: new X509Certificate(signed.der),
    parsed: new x509.X509Certificate(signed.der),
  };
}

const { classic, tlsserver, shortlived } = letsEncryptProfiles;
const both = ["digitalSignature", "keyEncipherment"];

test.each<[string, string, CertificateProfile, string[], string, boolean]>([
  ["classic", "ecdsa", classic, ["digitalSignature"], "CN=a.example.gov", true],
  ["classic", "p384", classic, ["digitalSignature"], "CN=a.example.gov", true],
  ["classic", "rsa", classic, both, "CN=a.example.gov", true],
  ["tlsserver", "ecdsa", tlsserver, ["digitalSignature"], "", false],
  ["tlsserver", "rsa", tlsserver, ["digitalSignature"], "", false],
  ["shortlived", "ecdsa", shortlived, ["digitalSignature"], "", false],
  ["shortlived", "rsa", shortlived, ["digitalSignature"], "", false],
])("%s, %s key", (_, key, profile, keyUsage, subject, subjectKeyId) => {
  const { info, leaf, parsed, signed } = issue(key, profile);
  expect(info.keyUsage).toEqual(keyUsage);
  expect(info.extendedKeyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(info.names).toEqual(names);
  expect(parsed.subject).toBe(subject);
  expect(parsed.getExtension(x509.SubjectKeyIdentifierExtension) !== null).toBe(subjectKeyId);
  // An empty subject makes the alternative name critical (RFC 5280 4.2.1.6).
  expect(parsed.getExtension(x509.SubjectAlternativeNameExtension)?.critical).toBe(subject === "");
  expect(parsed.getExtension(x509.BasicConstraintsExtension)).toMatchObject({ ca: false, critical: true });
  expect(info.authorityKeyId).toBe(hierarchy.intermediates[0].keyId.toString("hex"));
  expect(info.serial).toBe(signed.serial);
  expect(leaf.verify(new X509Certificate(hierarchy.intermediates[0].pems[0] ?? "").publicKey)).toBe(true);
});

test.each<[string, CertificateProfile, string, string]>([
  ["classic", classic, "2026-11-02T09:00:00.000Z", "2027-01-31T08:59:59.000Z"],
  ["tlsserver", tlsserver, "2026-11-02T09:00:00.000Z", "2026-12-17T08:59:59.000Z"],
  ["shortlived", shortlived, "2026-11-02T09:00:00.000Z", "2026-11-09T00:59:59.000Z"],
  ["20 seconds", secondsProfile(20), "2026-11-02T10:00:00.000Z", "2026-11-02T10:00:19.000Z"],
])("%s: valid from the hour before, the last second included", (_, profile, notBefore, notAfter) => {
  const { info } = issue("ecdsa", profile);
  expect(info.notBefore.toISOString()).toBe(notBefore);
  expect(info.notAfter.toISOString()).toBe(notAfter);
});

test("two intermediates, each signed by both roots", () => {
  const roots = hierarchy.roots.map((pem) => new X509Certificate(pem));
  for (const intermediate of hierarchy.intermediates) {
    const { leaf, signed } = issue("ecdsa", classic, intermediate);
    signed.chains.forEach((chain, index) => {
      const [first, second] = chain.split(/(?=-----BEGIN)/).map((pem) => new X509Certificate(pem));
      expect(first?.raw).toEqual(signed.der);
      expect(second?.ca).toBe(true);
      expect(second && leaf.checkIssued(second) && leaf.verify(second.publicKey)).toBe(true);
      expect(second && roots[index] && second.verify(roots[index].publicKey)).toBe(true);
    });
  }
  const [first, second] = hierarchy.intermediates;
  expect(first.keyId).not.toEqual(second.keyId);
});

const long = `${"a".repeat(60)}.example.gov`;

test.each<[string | undefined, string[], string | undefined]>([
  ["b.example.gov", ["a.example.gov", "b.example.gov"], "b.example.gov"],
  [undefined, ["a.example.gov", "b.example.gov"], "a.example.gov"],
  [long, [long, "b.example.gov"], "b.example.gov"],
  [undefined, [long], undefined],
])("common name: of %p and %p it is %p", (requested, all, expected) => {
  expect(chooseCommonName(requested, all)).toBe(expected);
});
