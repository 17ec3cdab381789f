/** A certificate authority for the sandbox's own HTTPS servers: new keys at each start, nothing kept. Not the ACME CA. */
import { randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";

export interface ThrowawayIdentity {
  readonly certPem: string;
  /** PKCS #8. */
  readonly keyPem: string;
}

export interface ThrowawayCa {
  /** The root that clients of these servers must trust. */
  readonly caPem: string;
  /** A server certificate for these names and IP addresses. */
  issue(names: readonly string[]): Promise<ThrowawayIdentity>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

export async function createThrowawayCa(): Promise<ThrowawayCa> {
  x509.cryptoProvider.set(webcrypto);
  const caKeys = await generateKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=unexpired sandbox ${randomBytes(4).toString("hex")}`,
    keys: caKeys,
    signingAlgorithm: algorithm,
    serialNumber: serial(),
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  return {
    caPem: ca.toString("pem"),
    issue: async (names) => {
      const keys = await generateKeys();
      const certificate = await x509.X509CertificateGenerator.create({
        subject: `CN=${names[0] ?? "localhost"}`,
        issuer: ca.subject,
        publicKey: keys.publicKey,
        signingKey: caKeys.privateKey,
        signingAlgorithm: algorithm,
        serialNumber: serial(),
        ...validity(),
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
          ),
          await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
        ],
      });
      const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
      return { certPem: certificate.toString("pem"), keyPem: x509.PemConverter.encode(pkcs8, "PRIVATE KEY") };
    },
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** A positive serial of 16 octets (RFC 5280 4.1.2.2). */
function serial(): string {
  return `4${randomBytes(16).toString("hex").slice(1)}`;
}

/** From a day ago, so that clocks may differ, to a month ahead. */
function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - dayMs), notAfter: new Date(now + 30 * dayMs) };
}
