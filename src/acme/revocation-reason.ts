/** Why a certificate is revoked (RFC 5280 5.3.1), as far as subscribers may say so. Data alone: help is printed from it. */

/**
 * What a subscriber may give (Baseline Requirements 4.9.1.1 and 7.2.2; Let's Encrypt documentation, "Revoking
 * certificates"). A CA may take fewer of them.
 */
export const revocationReasons = {
  keyCompromise: { code: 1, when: "somebody else has, or may have, the private key" },
  superseded: { code: 4, when: "another certificate took its place, and the key is safe" },
  cessationOfOperation: { code: 5, when: "its names are given up, or no longer served" },
  affiliationChanged: { code: 3, when: "the organization it names has changed; CAs that name none refuse it" },
  unspecified: { code: 0, when: "none of these; the CA publishes no reason" },
} as const;

export type RevocationReason = keyof typeof revocationReasons;

/** Reasons of RFC 5280 that are not a subscriber's to give, and why not. */
const foreignReasons: Readonly<Record<string, string>> = {
  privilegeWithdrawn: "only the CA can find that (Baseline Requirements 7.2.2)",
  cACompromise: "it is about the key of a CA",
  aACompromise: "it is about attribute certificates",
  certificateHold: "a TLS certificate cannot be suspended (Baseline Requirements 4.9.13)",
  removeFromCRL: "it takes back a suspension, which a TLS certificate cannot have",
};

export function isRevocationReason(text: string): text is RevocationReason {
  return Object.hasOwn(revocationReasons, text);
}

/** Undefined for what is no reason of RFC 5280 at all. */
export function whyNotForSubscribers(text: string): string | undefined {
  return Object.hasOwn(foreignReasons, text) ? foreignReasons[text] : undefined;
}

/** By its code, as lists of revoked certificates give it; the number itself where it has no name here. */
export function nameOfReason(code: number): string {
  const found = Object.entries(revocationReasons).find(([, reason]) => reason.code === code);
  return found?.[0] ?? (code === 9 ? "privilegeWithdrawn" : `reason ${code}`);
}
