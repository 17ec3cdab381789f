import { AppError } from "../platform/errors";

/** Key algorithms in ACM's spelling, those that ACM imports (ACM user guide, prerequisites for importing). */
export const keyAlgorithms = [
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
] as const;

export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** Those we make keys of: public CAs take no RSA below 2048 bits (Baseline Requirements 6.1.5), and no P-521 at Let's Encrypt. */
export const issuableKeyAlgorithms = ["EC_prime256v1", "EC_secp384r1", "RSA_2048", "RSA_3072", "RSA_4096"] as const;

export type IssuableKeyAlgorithm = (typeof issuableKeyAlgorithms)[number];

export const defaultKeyAlgorithm: IssuableKeyAlgorithm = "EC_prime256v1";

export function parseIssuableKeyAlgorithm(text: string): IssuableKeyAlgorithm {
  const found = issuableKeyAlgorithms.find((name) => name === text);
  if (found) return found;
  throw new AppError("invalid_argument", `key algorithm "${text}" is not one we can issue for`, {
    hint: `use one of ${issuableKeyAlgorithms.join(", ")}`,
  });
}
