import type { ScannedCertificate } from "../../scan/estate";
import type { FindingRule } from "../finding";
import { days, ofCertificate } from "../words";

/** A fresh one may be about to be attached. */
const graceDays = 7;

export const orphan: FindingRule = {
  id: "orphan",
  title: `a certificate that nothing has used for ${graceDays} days and more since it came`,
  severity: "notice",
  advice: "delete it, so that it counts against no quota and nobody wonders",
  find: (view) =>
    view.certificates
      .filter((certificate) => !view.isUsed(certificate) && isOld(certificate, view.now))
      .map((certificate) => ({
        ...ofCertificate(certificate),
        severity: "notice",
        message: "nothing uses it",
        action: `delete it, if nobody knows what it is for: ${certificate.arn}`,
        due: undefined,
      })),
};

/** The key of a certificate from ACM's ACME endpoint is with its client: that nothing in AWS uses it means nothing. */
function isOld({ origin, importedAt, notBefore }: ScannedCertificate, now: Date): boolean {
  const since = importedAt ?? notBefore;
  return origin !== "acme-endpoint" && since !== undefined && days(since, now) >= graceDays;
}
