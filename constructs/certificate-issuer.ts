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

export interface AcmOptions {
  /**
   * Whether the certificate can be taken out of ACM, key included, which costs a fee (ACM user guide, "Exportable
   * public certificates"). A change replaces the certificate. @default false
   */
  readonly exportable?: boolean;
  /** Whether it is recorded in certificate transparency logs; browsers want it. @default true */
  readonly transparencyLogging?: boolean;
}

export type IssuerSettings = ({ readonly kind: "acme" } & AcmeOptions) | ({ readonly kind: "acm" } & AcmOptions);

/** Who issues a certificate. Its settings are checked by the certificate that uses it, which can name itself. */
export class CertificateIssuer {
  /** AWS Certificate Manager itself: it keeps the key, and renews as long as the validation records stay in DNS. */
  static acm(options: AcmOptions = {}): CertificateIssuer {
    return new CertificateIssuer({ kind: "acm", ...options });
  }

  /** Let's Encrypt, trusted by browsers. */
  static letsEncrypt(options: LetsEncryptOptions = {}): CertificateIssuer {
    return CertificateIssuer.acme({ directoryUrl: "https://acme-v02.api.letsencrypt.org/directory", ...options });
  }

  /** Let's Encrypt's staging environment: untrusted certificates, limits far higher. */
  static letsEncryptStaging(options: LetsEncryptOptions = {}): CertificateIssuer {
    return CertificateIssuer.acme({
      directoryUrl: "https://acme-staging-v02.api.letsencrypt.org/directory",
      ...options,
    });
  }

  /** Any CA that speaks RFC 8555. */
  static acme(options: AcmeOptions): CertificateIssuer {
    return new CertificateIssuer({ kind: "acme", ...options });
  }

  private constructor(readonly settings: IssuerSettings) {}
}
