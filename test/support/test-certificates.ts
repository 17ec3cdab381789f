/** Certificates for unit tests: a root, an intermediate and leaves, made by @peculiar/x509. */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { KeyObject, webcrypto } from "node:crypto";

x509.cryptoProvider.set(webcrypto);

const ec = (namedCurve: string) => ({ name: "ECDSA", namedCurve, hash: "SHA-256" });
const rsa = (modulusLength: number) => ({
  name: "RSASSA-PKCS1-v1_5",
  modulusLength,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
});

export interface TestLeafOptions {
  readonly names?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** @default EC_prime256v1 */
  readonly key?: "EC_prime256v1" | "EC_secp384r1" | "RSA_2048";
  readonly serial?: string;
  /** @default digitalSignature */
  readonly keyUsage?: readonly (keyof typeof x509.KeyUsageFlags)[];
  /** @default serverAuth */
  readonly extendedKeyUsage?: readonly string[];
}

export interface TestLeaf {
  readonly leafPem: string;
  readonly chainPem: string;
  readonly privateKeyPem: string;
}

export interface TestCa {
  readonly rootPem: string;
  readonly intermediatePem: string;
  leaf(options?: TestLeafOptions): Promise<TestLeaf>;
}

const keyParameters = { EC_prime256v1: ec("P-256"), EC_secp384r1: ec("P-384"), RSA_2048: rsa(2048) };

export async function createTestCa(): Promise<TestCa> {
  const life = { notBefore: new Date("2020-01-01"), notAfter: new Date("2040-01-01"), signingAlgorithm: ec("P-256") };
  const rootKeys = await generate(ec("P-256"));
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...life,
    name: "CN=Test Root",
    keys: rootKeys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  const intermediateKeys = await generate(ec("P-256"));
  const intermediate = await x509.X509CertificateGenerator.create({
    ...life,
    subject: "CN=Test Intermediate",
    issuer: root.subject,
    publicKey: intermediateKeys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      await x509.SubjectKeyIdentifierExtension.create(intermediateKeys.publicKey),
    ],
  });
  const leaf = async (options: TestLeafOptions = {}): Promise<TestLeaf> => {
    const keys = await generate(keyParameters[options.key ?? "EC_prime256v1"]);
    const usages = options.keyUsage ?? ["digitalSignature"];
    const certificate = await x509.X509CertificateGenerator.create({
      signingAlgorithm: ec("P-256"),
      serialNumber: options.serial,
      subject: "",
      issuer: intermediate.subject,
      notBefore: options.notBefore ?? new Date("2025-01-01"),
      notAfter: options.notAfter ?? new Date("2035-01-01"),
      publicKey: keys.publicKey,
      signingKey: intermediateKeys.privateKey,
      extensions: [
        new x509.KeyUsagesExtension(
          usages.reduce<number>((flags, usage) => flags | x509.KeyUsageFlags[usage], 0),
          true,
        ),
        new x509.ExtendedKeyUsageExtension([...(options.extendedKeyUsage ?? ["1.3.6.1.5.5.7.3.1"])]),
        new x509.SubjectAlternativeNameExtension(
          (options.names ?? ["app.example.gov"]).map((value) => ({ type: "dns" as const, value })),
          true,
        ),
        await x509.AuthorityKeyIdentifierExtension.create(intermediateKeys.publicKey),
      ],
    });
    const leafPem = certificate.toString("pem") + "\n";
    return {
      leafPem,
      chainPem: leafPem + intermediate.toString("pem") + "\n",
      privateKeyPem: KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
    };
  };
  return { rootPem: root.toString("pem") + "\n", intermediatePem: intermediate.toString("pem") + "\n", leaf };
}

function generate(
  parameters: webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams,
): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
}
