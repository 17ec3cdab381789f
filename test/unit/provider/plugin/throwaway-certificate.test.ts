import "reflect-metadata";
import { createPublicKey, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { createThrowawayCertificate } from "../../../../src/provider/plugin/throwaway-certificate";

const now = new Date("2026-01-31T12:00:00Z");

test("is what core verifies: self-signed, P-256, for localhost, valid since a little before now", () => {
  const { der, pem, privateKey } = createThrowawayCertificate(now);
  const certificate = new X509Certificate(der);
  expect(new X509Certificate(pem).raw).toEqual(der);
  expect(certificate.verify(createPublicKey(privateKey))).toBe(true);
  expect(certificate.checkPrivateKey(privateKey)).toBe(true);
  expect(certificate.subjectAltName).toBe("DNS:localhost");
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(new Date(certificate.validFrom)).toEqual(new Date("2026-01-30T12:00:00Z"));
  expect(new Date(certificate.validTo)).toEqual(new Date("2026-03-02T12:00:00Z"));
});

test("reads alike in another implementation, which knows the key usage", () => {
  const certificate = new x509.X509Certificate(createThrowawayCertificate(now).der);
  const usage = certificate.getExtension(x509.KeyUsagesExtension);
  expect(usage?.usages).toBe(x509.KeyUsageFlags.digitalSignature);
  expect(usage?.critical).toBe(true);
  expect(certificate.subject).toBe("CN=localhost");
});

test("two of them differ in key and serial number", () => {
  const [a, b] = [createThrowawayCertificate(now), createThrowawayCertificate(now)];
  expect(new X509Certificate(a.der).serialNumber).not.toBe(new X509Certificate(b.der).serialNumber);
  expect(new X509Certificate(a.der).publicKey.equals(new X509Certificate(b.der).publicKey)).toBe(false);
});
