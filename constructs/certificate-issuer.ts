import type { Secret } from "./secret";

export interface LetsEncryptOptions {
  /** Where the CA may write to about the account. @default none */
  readonly contactEmail?: string;
  /** Certificate profile: `classic`, `tlsserver`, `shortlived` … @default the CA's default profile, `classic` */
  readonly profile?: string;
  /** Common name of the root that the chain should end at. @default the CA's default chain */
  readonly preferredChain?: string;
}

export interface AcmeOptions extends LetsEncryptOptions {
  /** The CA's directory (RFC 8555 7.1.1). */
  readonly directoryUrl: string;
  /**
   * PEM file with the roots that the CA's own HTTPS server is trusted by, for a private CA; an absolute
   * path. @default Node's trust store
   */
  readonly caFile?: string;
  /** Ties the ACME account to one at the CA (RFC 8555 7.3.4). @default none */
  readonly externalAccountBinding?: ExternalAccountBinding;
}

export interface ExternalAccountBinding {
  readonly keyId: string;
  readonly hmacKey: Secret;
}

/** Who issues a certificate. Its settings are checked by the certificate that uses it, which can name itself. */
export class CertificateIssuer {
  /** Let's Encrypt, trusted by browsers. */
  static letsEncrypt(options: LetsEncryptOptions = {}): CertificateIssuer {
    return new CertificateIssuer({ directoryUrl: "https://acme-v02.api.letsencrypt.org/directory", ...options });
  }

  /** Let's Encrypt's staging environment: untrusted certificates, limits far higher. */
  static letsEncryptStaging(options: LetsEncryptOptions = {}): CertificateIssuer {
    return new CertificateIssuer({
      directoryUrl: "https://acme-staging-v02.api.letsencrypt.org/directory",
      ...options,
    });
  }

  /** Any CA that speaks RFC 8555. */
  static acme(options: AcmeOptions): CertificateIssuer {
    return new CertificateIssuer(options);
  }

  private constructor(readonly options: AcmeOptions) {}
}
