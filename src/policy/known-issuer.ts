/** What is known of issuers without asking them. */
import { isLetsEncrypt, isLetsEncryptProduction, lifetimesOf, profileLimits } from "../certificates/lets-encrypt";
import { baselineLifetimes, lifetimesAhead } from "../certificates/lifetimes";
import type { Issuer } from "./policy";
import type { RequestedIssuer } from "./request";

/** Of certificates that ACM issues (ACM user guide, "ACM certificate characteristics"). */
const acmDays = 198;

/**
 * One spelling of a directory's URL: what is not sent to the CA (RFC 3986 3.5), who asks (3.2.1), the default port and the
 * final dot of the host make no other CA. Names and passwords in it get into no text.
 */
export function directoryAsSpelt(url: string): string {
  if (!URL.canParse(url)) return url;
  const spelt = new URL(url);
  spelt.hash = spelt.username = spelt.password = "";
  spelt.hostname = spelt.hostname.replace(/\.$/, "");
  return spelt.href;
}

/** An issuer of a policy, as a request would name it. */
export function asRequested(
  { directoryUrl, authorityArn }: Pick<Issuer, "directoryUrl" | "authorityArn">,
  profile?: string,
) {
  if (authorityArn !== undefined) return { kind: "private-ca", authorityArn } satisfies RequestedIssuer;
  if (directoryUrl === undefined) return { kind: "acm" } satisfies RequestedIssuer;
  return { kind: "acme", directoryUrl, profile } satisfies RequestedIssuer;
}

/** The most that a public CA may give on that day (CA/B Baseline Requirements 6.3.2). */
export function longestPublicLifetime(at: Date): number {
  return lifetimesAhead(baselineLifetimes, at)[0]?.days ?? Infinity;
}

/** How long a certificate of that issuer will live, in days; undefined where it is not known beforehand. */
export function knownLifetime(issuer: RequestedIssuer, at: Date): number | undefined {
  // what ACM will do once public CAs may give less is not announced
  if (issuer.kind === "private-ca") return undefined;
  if (issuer.kind === "acm") return acmDays <= longestPublicLifetime(at) ? acmDays : undefined;
  return profileLimits(issuer) === undefined ? undefined : lifetimesOf(issuer, at)[0]?.days;
}

/** The profile that is meant: Let's Encrypt takes `classic` where none is asked for (its documentation, "Profiles"). */
export function profileOf(issuer: Extract<RequestedIssuer, { kind: "acme" }>): string | undefined {
  return issuer.profile ?? (isLetsEncrypt(issuer.directoryUrl) ? "classic" : undefined);
}

/** ACM and Let's Encrypt; its staging environment is not. */
export function isKnownPublic(issuer: RequestedIssuer): boolean {
  return issuer.kind === "acm" || (issuer.kind === "acme" && isLetsEncryptProduction(issuer.directoryUrl));
}
