import "reflect-metadata";
import { createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import { inspect } from "node:util";
import * as x509 from "@peculiar/x509";
import fc from "fast-check";
import { generateCertificateKey } from "../../../src/acme/certificate-key";
import { createCertificateRequest } from "../../../src/acme/certificate-request";
import type { DomainName } from "../../../src/certificates/domain-name";
import { issuableKeyAlgorithms } from "../../../src/certificates/key-algorithm";

x509.cryptoProvider.set(webcrypto);

const dnsNamesOf = (request: x509.Pkcs10CertificateRequest) =>
  request.extensions.flatMap((extension) =>
    extension instanceof x509.SubjectAlternativeNameExtension ? extension.names.toJSON() : [],
  );

test.each(issuableKeyAlgorithms)(
  "a request for a key of %s is signed with it and names what was asked",
  async (name) => {
    const key = await generateCertificateKey(name);
    const names = ["app.example.test", "*.app.example.test"] as DomainName[];
    const request = new x509.Pkcs10CertificateRequest(createCertificateRequest(key, names));
    expect(await request.verify()).toBe(true);
    expect(dnsNamesOf(request)).toEqual(names.map((value) => ({ type: "dns", value })));
    expect(request.subject).toBe("");
    const publicKey = createPublicKey(createPrivateKey(key.toPkcs8Pem())).export({ type: "spki", format: "der" });
    expect(Buffer.from(request.publicKey.rawData).equals(publicKey)).toBe(true);
  },
);

test("any number of names of any length is encoded", async () => {
  const key = await generateCertificateKey("EC_prime256v1");
  const label = fc.stringMatching(/^[a-z0-9]{1,63}$/);
  const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join(".").slice(0, 253));
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 100 }), (names) => {
      const der = createCertificateRequest(key, names as DomainName[]);
      expect(dnsNamesOf(new x509.Pkcs10CertificateRequest(der)).map(({ value }) => value)).toEqual(names);
    }),
    { numRuns: 30 },
  );
});

test("printing or serialising a key shows nothing private", async () => {
  const key = await generateCertificateKey("EC_prime256v1");
  const secret = createPrivateKey(key.toPkcs8Pem()).export({ format: "jwk" }).d ?? "";
  for (const text of [inspect(key, { depth: 10, showHidden: true }), JSON.stringify(key)]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain("PRIVATE KEY");
  }
});
