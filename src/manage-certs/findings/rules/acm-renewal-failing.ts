import type { ScannedCertificate } from "../../scan/estate";
import type { FindingRule } from "../finding";
import { ofCertificate } from "../words";

export const acmRenewalFailing: FindingRule = {
  id: "acm-renewal-failing",
  title:
    "ACM cannot renew a certificate that something uses: it failed, waits for validation, or does not do it at all",
  severity: "critical if it failed; else warning",
  advice: "write the validation records, or request a new certificate that is validated by DNS",
  find: (view) =>
    view.certificates.flatMap((certificate) => {
      const why = view.isUsed(certificate) && !view.isOver(certificate) ? failure(certificate) : undefined;
      if (why === undefined) return [];
      return [
        {
          ...ofCertificate(certificate),
          severity: certificate.acmRenewal?.status === "FAILED" ? "critical" : "warning",
          message: why,
          action: "write the validation records that ACM shows, or request a new certificate that is validated by DNS",
        } as const,
      ];
    }),
};

function failure({ acmRenewal, status }: ScannedCertificate): string | undefined {
  if (acmRenewal === undefined || status !== "ISSUED") return undefined;
  const reason = acmRenewal.reason ? ` (${acmRenewal.reason})` : "";
  if (acmRenewal.status === "FAILED") return `ACM failed to renew it${reason}`;
  if (acmRenewal.status === "PENDING_VALIDATION") return `ACM's renewal waits for its names to be validated${reason}`;
  return acmRenewal.eligible ? undefined : "ACM does not renew it, although it is in use";
}
