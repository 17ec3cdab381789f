/** What an import hands over. The private key leaves this process in this request only. */
export interface CertificateMaterial {
  readonly certificatePem: string;
  /** Intermediates, next to the leaf first. */
  readonly chainPem: string;
  /** PEM, unencrypted, 5,120 octets at most. */
  readonly privateKeyPem: string;
}

/** As ImportCertificate takes it. ACM refuses an empty chain, so it is left out. */
export function toImportInput(material: CertificateMaterial) {
  return {
    Certificate: Buffer.from(material.certificatePem),
    PrivateKey: Buffer.from(material.privateKeyPem),
    ...(material.chainPem === "" ? {} : { CertificateChain: Buffer.from(material.chainPem) }),
  };
}
