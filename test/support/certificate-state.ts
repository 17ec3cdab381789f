/** States and plans of `unexpired_certificate` for unit tests. */
import type { CertificatePrivate } from "../../src/provider/resources/certificate/private-data";
import type { CertificateState } from "../../src/provider/resources/certificate/schema";

export const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/1";

export function certificateState(changes: Partial<CertificateState> = {}): CertificateState {
  return {
    name: "stack/web",
    domain_names: ["app.example.gov", "*.app.example.gov"],
    key_algorithm: "EC_prime256v1",
    region: "us-east-1",
    issuer: {
      directory_url: "https://ca.test/directory",
      ca_file: null,
      profile: null,
      preferred_chain: null,
      contact_email: null,
      external_account_binding: null,
    },
    zones: [{ name: "example.gov", type: "edge_dns", id: null }],
    renewal: null,
    tags: null,
    timeouts: null,
    arn: certificateArn,
    serial: "00c0ffee",
    fingerprint: "f1",
    not_before: "2026-01-01T00:00:00.000Z",
    not_after: "2026-04-01T00:00:00.000Z",
    renew_at: "2026-03-02T00:00:00.000Z",
    renewal_reason: "created",
    certificate_chain: "PEM",
    ...changes,
  };
}

export function certificatePrivate(changes: Partial<CertificatePrivate> = {}): CertificatePrivate {
  return {
    generation: "g1",
    importedAt: "2026-01-01T00:01:00.000Z",
    notAfter: "2026-04-01T00:00:00.000Z",
    certId: "a.b",
    refreshedAt: "2026-01-15T00:00:00.000Z",
    ...changes,
  };
}
