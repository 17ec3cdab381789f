/** What is known of issuers without asking them. */
import { isLetsEncrypt, lifetimesOf, profileLimits } from "../certificates/lets-encrypt";
import { baselineLifetimes, lifetimesAhead } from "../certificates/lifetimes";
import type { RequestedIssuer } from "./request";

/** Of certificates that ACM issues (ACM user guide, "ACM certificate characteristics"). */
const acmDays = 198;

/** The most that a public CA may give on that day (CA/B Baseline Requirements 6.3.2). */
export function longestPublicLifetime(at: Date): number {
  return lifetimesAhead(baselineLifetimes, at)[0]?.days ?? Infinity;
}

/** How long a certificate of that issuer will live, in days; undefined where it is not known beforehand. */
export function knownLifetime(issuer: RequestedIssuer, at: Date): number | undefined {
  // what ACM will do once public CAs may give less is not announced
  if (issuer.kind === "acm") return acmDays <= longestPublicLifetime(at) ? acmDays : undefined;
  return profileLimits(issuer) === undefined ? undefined : lifetimesOf(issuer, at)[0]?.days;
}

/** The profile that is meant: Let's Encrypt takes `classic` where none is asked for (its documentation, "Profiles"). */
export function profileOf(issuer: Extract<RequestedIssuer, { kind: "acme" }>): string | undefined {
  return issuer.profile ?? (isLetsEncrypt(issuer.directoryUrl) ? "classic" : undefined);
}

/** ACM and Let's Encrypt; its staging environment is not. */
export function isKnownPublic(directoryUrl: string | undefined): boolean {
  return directoryUrl === undefined || (isLetsEncrypt(directoryUrl) && !directoryUrl.includes("staging"));
}
