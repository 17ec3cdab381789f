import { knownProfiles } from "../../certificates/lets-encrypt";
import { asRequested } from "../known-issuer";
import type { CertificateEntry, Issuer, Policy } from "../policy";
import type { RequestedIssuer } from "../request";

/** The issuers that an entry allows; undefined: any. */
export function allowedIssuers({ issuers }: Policy, entry: CertificateEntry): readonly Issuer[] | undefined {
  return entry.issuers === undefined ? issuers : issuers?.filter(({ name }) => entry.issuers?.includes(name));
}

/** The ways in which a certificate may be asked of it under the entry: one for each profile. */
export function waysToAsk(issuer: Issuer, { profiles = knownProfiles }: CertificateEntry): RequestedIssuer[] {
  return issuer.directoryUrl === undefined
    ? [asRequested(issuer)]
    : profiles.map((profile) => asRequested(issuer, profile));
}
