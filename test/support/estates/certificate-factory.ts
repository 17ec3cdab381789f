/** Certificates by the thousand: one key of each type for all of them, and a signature with a P-256 key for each. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KeyAlgorithm } from "../../../src/certificates/key-algorithm";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { createIssuingHierarchy } from "../../../src/sandbox/acme-ca/issuing/issuing-hierarchy";
import {
  certificatePem as toPem,
  extensions,
  signCertificate,
  subjectName,
} from "../../../src/sandbox/acme-ca/issuing/x509-pieces";
import type { ImportedMaterial } from "../../../src/sandbox/aws/acm/imported-material";

export interface NewLeaf {
  readonly names: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whether it is stored without its intermediate. @default false */
  readonly bare?: boolean;
}

export interface CertificateFactory {
  /** PEM of what the certificates lead to. */
  readonly rootPem: string;
  issue(leaf: NewLeaf): ImportedMaterial;
}

interface Key {
  readonly pem: string;
  readonly spki: Buffer;
}

export function certificateFactory(random: () => number, now: Date): CertificateFactory {
  const keys = readKeys();
  const { roots, intermediates } = createIssuingHierarchy(now, "Estate");
  const [{ name, key: signingKey, authorityKeyId, pems }] = intermediates;
  const chainPem = pems[0] ?? "";
  return {
    rootPem: roots[0] ?? "",
    issue({ names, keyAlgorithm, notBefore, notAfter, bare = false }) {
      const { pem: privateKeyPem, spki } = keys[keyAlgorithm];
      const usage = keyAlgorithm.startsWith("RSA")
        ? extensions.digitalSignatureAndKeyEncipherment
        : extensions.digitalSignature;
      const der = signCertificate(
        {
          serial: serial(random),
          issuer: name,
          subject: subjectName(names[0]),
          notBefore,
          notAfter,
          subjectPublicKeyInfo: spki,
          extensions: [
            usage,
            extensions.serverAuth,
            extensions.notCa,
            authorityKeyId,
            extensions.subjectAltName(names, false),
          ],
        },
        signingKey,
      );
      const certificatePem = toPem(der);
      const info = parseCertificate(certificatePem);
      return {
        certificatePem,
        chainPem: bare ? "" : chainPem,
        privateKeyPem,
        info,
        subject: `CN=${names[0] ?? ""}`,
      };
    },
  };
}

function readKeys(): Readonly<Record<KeyAlgorithm, Key>> {
  const file = join(__dirname, "../../vectors/estate/keys.json");
  const pems = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<KeyAlgorithm, string>>;
  const entries = Object.entries(pems).map(([name, pem]) => {
    const spki = createPublicKey(createPrivateKey(pem)).export({ format: "der", type: "spki" });
    return [name, { pem, spki }] as const;
  });
  return Object.fromEntries(entries) as Record<KeyAlgorithm, Key>;
}

/** 16 octets of a positive number. */
function serial(random: () => number): Buffer {
  const octets = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets;
}
