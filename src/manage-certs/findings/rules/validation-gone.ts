import type { ScannedCertificate, ValidationRecord } from "../../scan/estate";
import type { FindingFacts, FindingRule } from "../finding";
import { ofCertificate } from "../words";

/** ACM renews only as long as the record is there (ACM user guide, "DNS validation"). */
export const validationGone: FindingRule = {
  id: "validation-gone",
  title: "the CNAME record by which ACM validates a name is not in DNS, or is another one",
  severity: "critical if the certificate is not issued yet or due; warning if it is used; else notice",
  advice: "write the record again, and leave it there",
  find: (view) =>
    view.certificates.flatMap((certificate) => {
      const lost = certificate.validation.filter(({ inDns }) => inDns === "gone" || inDns === "different");
      // Apex and wildcard share a record.
      const records = new Map(lost.map((entry) => [entry.record?.name ?? entry.domainName, entry]));
      return [...records.values()].map((entry) => told(certificate, entry, view.isUsed(certificate)));
    }),
};

function told(certificate: ScannedCertificate, entry: ValidationRecord, isUsed: boolean): FindingFacts {
  const { record, domainName, inDns } = entry;
  const isUrgent = certificate.status === "PENDING_VALIDATION" || (isUsed && certificate.renewal?.state !== "not-due");
  const state = inDns === "gone" ? "is not in DNS" : "points somewhere else";
  return {
    ...ofCertificate(certificate),
    part: record?.name ?? domainName,
    severity: isUrgent ? "critical" : isUsed ? "warning" : "notice",
    message: `the validation record of ${domainName} ${state}: ACM cannot renew`,
    action: `write ${record?.name ?? ""} CNAME ${record?.value ?? ""}, and leave it there`,
  };
}
