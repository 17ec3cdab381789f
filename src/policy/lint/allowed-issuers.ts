import { knownProfiles } from "../../certificates/lets-encrypt";
import { acmName, type CertificateEntry, type Issuer, type Policy } from "../policy";
import type { RequestedIssuer } from "../request";

/** The issuers that an entry allows; undefined: any. */
export function allowedIssuers({ issuers }: Policy, entry: CertificateEntry): readonly Issuer[] | undefined {
  return entry.issuers === undefined ? issuers : issuers?.filter(({ name }) => entry.issuers?.includes(name));
}

/** The ways in which a certificate may be asked of it under the entry: one for each profile. */
export function waysToAsk({ name, directoryUrl = "" }: Issuer, { profiles = knownProfiles }: CertificateEntry) {
  if (name === acmName) return [{ kind: "acm" } satisfies RequestedIssuer];
  return profiles.map((profile) => ({ kind: "acme", directoryUrl, profile }) satisfies RequestedIssuer);
}
