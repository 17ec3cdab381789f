import type { FindingRule } from "../finding";
import { ofCertificate } from "../words";

/** CA/B Baseline Requirements 6.1.5: RSA keys have 2048 bits at least. */
export const weakKey: FindingRule = {
  id: "weak-key",
  title: "an RSA key of less than 2048 bits",
  severity: "critical; warning if nothing uses it",
  advice: "replace it by a certificate with a P-256 or an RSA key of 2048 bits; that needs a new ARN",
  find: (view) =>
    view.certificates
      .filter((certificate) => certificate.keyAlgorithm === "RSA_1024" && !view.isOver(certificate))
      .map((certificate) => ({
        ...ofCertificate(certificate),
        severity: view.isUsed(certificate) ? "critical" : "warning",
        message: "its RSA key has 1024 bits, which browsers refuse and can be broken",
        action: "replace it by a certificate with a P-256 or an RSA key of 2048 bits; that needs a new ARN",
      })),
};
