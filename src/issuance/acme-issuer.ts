/** A CA that speaks ACME, and how we are known to it. */
export interface AcmeIssuer {
  readonly directoryUrl: string;
  /** PEM of the roots that the CA's servers are trusted by, in place of the public ones. */
  readonly caFile?: string;
  readonly contactEmail?: string;
  /** RFC 8555 7.3.4. */
  readonly externalAccountBinding?: { readonly keyId: string; readonly macKey: SecretReference };
}

/** Where a secret is; it is read when it is needed, and nowhere kept. */
export type SecretReference =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "secrets-manager"; readonly secretArn: string };
