/** Against certificates made by another implementation. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { AppError } from "../../../src/platform/errors";
import { parseCertificate } from "../../../src/certificates/parse-certificate";

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

async function certificate(extensions: x509.Extension[], serialNumber = "0badcafe"): Promise<string> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=parsed",
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date("2026-04-01T00:00:00Z"),
    signingAlgorithm: algorithm,
    keys,
    serialNumber,
    extensions,
  });
  return made.toString("pem");
}

const usage = (flags: x509.KeyUsageFlags) => certificate([new x509.KeyUsagesExtension(flags, true)]);

test.each<[string, x509.KeyUsageFlags, string[]]>([
  ["one", x509.KeyUsageFlags.digitalSignature, ["digitalSignature"]],
  [
    "two",
    x509.KeyUsageFlags.keyEncipherment | x509.KeyUsageFlags.digitalSignature,
    ["digitalSignature", "keyEncipherment"],
  ],
  ["of a CA", x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.keyCertSign, ["keyCertSign", "cRLSign"]],
  ["in the second octet", x509.KeyUsageFlags.decipherOnly, ["decipherOnly"]],
])("key usages: %s", async (_, flags, expected) => {
  expect(parseCertificate(await usage(flags)).keyUsage).toEqual(expected);
});

test("identifier of the issuer's key", async () => {
  const identifier = "00112233445566778899aabbccddeeff00112233";
  const extensions = [
    new x509.BasicConstraintsExtension(false),
    new x509.AuthorityKeyIdentifierExtension(identifier),
    new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "app.example.gov" }]),
  ];
  expect(parseCertificate(await certificate(extensions))).toMatchObject({
    authorityKeyId: identifier,
    keyUsage: undefined,
    names: ["app.example.gov"],
  });
});

test("a serial keeps the zero octet that makes it positive (RFC 9773 4.1 counts it)", async () => {
  expect(parseCertificate(await certificate([], "00c0ffee")).serial).toBe("00c0ffee");
  expect(parseCertificate(await certificate([], "0c0ffee0")).serial).toBe("0c0ffee0");
});

test("none of these is required", async () => {
  expect(parseCertificate(await certificate([]))).toMatchObject({ keyUsage: undefined, authorityKeyId: undefined });
});

test.each(["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no PEM"])("%p is refused", (text) => {
  expect(() => parseCertificate(text)).toThrow(AppError);
});
