/** An OpenID provider whose tokens may be exchanged for credentials (OpenID Connect Core 1.0). */
export interface TrustedIssuer {
  /** The `iss` of its tokens, octet for octet. */
  readonly issuer: string;
  /** The `aud` its tokens must have. A token made for somebody else is worth nothing here. */
  readonly audience: string;
  /** Where its keys are. @default what its discovery document says */
  readonly jwksUri?: string;
  /** PEM to trust beside the public authorities when its keys are fetched. */
  readonly ca?: string;
}
