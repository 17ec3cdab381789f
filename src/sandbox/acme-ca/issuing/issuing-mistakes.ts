/** What a CA must never deliver, and a client must find before it uses it. No fault profile has any of it. */
import { generateKeyPairSync } from "node:crypto";
import { issueCertificate, type NewCertificate, type SignedCertificate } from "./issue-certificate";
import { createIssuingHierarchy } from "./issuing-hierarchy";

export const issuingMistakes = [
  "other key",
  "other names",
  "ended",
  "not begun",
  "no intermediate",
  "unknown root",
] as const;

export type IssuingMistake = (typeof issuingMistakes)[number];

const dayMs = 24 * 3600 * 1000;

/** What comes out in place of the certificate that was asked for. */
export function issueByMistake(mistake: IssuingMistake, wanted: NewCertificate): SignedCertificate {
  const { request, profile, now } = wanted;
  switch (mistake) {
    case "other key": {
      const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const subjectPublicKeyInfo = publicKey.export({ format: "der", type: "spki" });
      return issueCertificate({ ...wanted, request: { ...request, publicKey, subjectPublicKeyInfo } });
    }
    case "other names":
      return issueCertificate({ ...wanted, names: wanted.names.map((_, place) => `mistaken-${place}.example.org`) });
    case "ended":
      return issueCertificate({ ...wanted, now: new Date(now.getTime() - profile.lifetimeSeconds * 1000) });
    case "not begun":
      return issueCertificate({ ...wanted, now: new Date(now.getTime() + dayMs) });
    case "no intermediate": {
      const issued = issueCertificate(wanted);
      return { ...issued, chains: issued.chains.map((chain) => chain.slice(0, chain.indexOf(end) + end.length)) };
    }
    case "unknown root": {
      const [intermediate] = createIssuingHierarchy(now, "Unknown").intermediates;
      return issueCertificate({ ...wanted, intermediate });
    }
  }
}

const end = "-----END CERTIFICATE-----\n";
