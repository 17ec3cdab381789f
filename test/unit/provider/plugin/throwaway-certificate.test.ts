import "reflect-metadata";
import { createPublicKey, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { oid, time } from "../../../../src/provider/plugin/der";
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

test("object identifiers and times in DER", () => {
  expect(oid("1.2.840.10045.4.3.2").toString("hex")).toBe("06082a8648ce3d040302");
  expect(time(new Date("2049-12-31T23:59:59Z")).toString("latin1")).toBe("\x17\x0d491231235959Z");
  expect(time(new Date("2050-01-01T00:00:00Z")).toString("latin1")).toBe("\x18\x0f20500101000000Z");
});
