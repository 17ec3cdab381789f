import type { IConstruct } from "constructs";
import type { AcmeOptions } from "../certificate-issuer";
import { isUnknown } from "../is-unknown";
import { type Mistake, mistakeIn } from "../mistake";
import { Secret } from "../secret";
import { checkLocalPath } from "./check-local-path";

/** Checks the settings of an ACME issuer; those with tokens pass. */
export function checkIssuer(scope: IConstruct, issuer: AcmeOptions): void {
  const refuse = (mistake: Mistake): never => {
    throw mistakeIn(scope, mistake);
  };
  const { directoryUrl, contactEmail, caFile, externalAccountBinding } = issuer;
  if (!isUnknown(directoryUrl) && !isHttps(directoryUrl))
    refuse({
      what: `issuer: directoryUrl "${directoryUrl}" is not an https URL`,
      source: "RFC 8555 6.1",
      fix: "give the CA's directory URL, https:// included",
    });
  if (contactEmail !== undefined && !isUnknown(contactEmail) && !/^[^\s@:,;?]+@[^\s@:,;?]+$/.test(contactEmail))
    refuse({
      what: `issuer: contactEmail "${contactEmail}" is not one bare e-mail address`,
      source: "RFC 8555 7.3",
      fix: "write tls@example.gov, without mailto:",
    });
  checkNotEmpty({ profile: issuer.profile, preferredChain: issuer.preferredChain }, refuse);
  checkLocalPath(scope, "issuer: caFile", caFile);
  if (externalAccountBinding === undefined) return;
  checkNotEmpty({ "externalAccountBinding.keyId": externalAccountBinding.keyId }, refuse);
  Secret.check(scope, "issuer: externalAccountBinding.hmacKey", externalAccountBinding.hmacKey);
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}

function checkNotEmpty(props: Readonly<Record<string, string | undefined>>, refuse: (mistake: Mistake) => never): void {
  for (const [prop, value] of Object.entries(props))
    if (value !== undefined && value.trim() === "")
      refuse({
        what: `issuer: ${prop} is empty`,
        source: "unexpired: an empty text is never a setting",
        fix: "give a value or leave it out",
      });
}
