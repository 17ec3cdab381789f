import type { SecretReference } from "../platform/secret-reference";

/** A CA that speaks ACME, and how we are known to it. */
export interface AcmeIssuer {
  readonly directoryUrl: string;
  /** PEM of the roots that the CA's servers are trusted by, in place of the public ones. */
  readonly caFile?: string;
  readonly contactEmail?: string;
  /** RFC 8555 7.3.4. */
  readonly externalAccountBinding?: { readonly keyId: string; readonly macKey: SecretReference };
}
