import { X509Certificate } from "node:crypto";
import { keyAlgorithmOf } from "../certificates/parse-certificate";
import type { CertificateRequest } from "./request";

type Facts = Pick<CertificateRequest, "names" | "keyAlgorithm" | "lifetimeDays">;

const dayMs = 86_400_000;

/**
 * What a certificate that is to be imported says of itself; who issued it is not known as a policy knows issuers, by their
 * directories. `pem`: with whatever follows the leaf. Undefined: it is no certificate, which is for AWS to say.
 */
export function factsOfImport(pem: string): Facts | undefined {
  try {
    const x509 = new X509Certificate(pem);
    const [from, until] = [Date.parse(x509.validFrom), Date.parse(x509.validTo)];
    // both ends are included (RFC 5280 4.1.2.5)
    return { names: namesOf(x509), keyAlgorithm: keyOf(x509), lifetimeDays: (until - from + 1000) / dayMs };
  } catch {
    return undefined;
  }
}

/** Also those that no public CA would put there. */
function namesOf({ subjectAltName = "" }: X509Certificate): string[] {
  return subjectAltName.split(", ").flatMap((entry) => (entry.startsWith("DNS:") ? [entry.slice("DNS:".length)] : []));
}

/** Undefined: one that ACM does not take. */
function keyOf(x509: X509Certificate): Facts["keyAlgorithm"] {
  try {
    return keyAlgorithmOf(x509);
  } catch {
    return undefined;
  }
}
