import type { ScannedCertificate } from "../../scan/estate";
import type { FindingRule } from "../finding";
import { renewalAdvice } from "../renewal-advice";
import { away, date, ofCertificate } from "../words";

/**
 * Due by `decideRenewal`. ACM renews its own only from 60 days before the end on (ACM user guide, "Managed certificate
 * renewal"), so that with it only what is overdue is worth a word.
 */
export const expiring: FindingRule = {
  id: "expiring",
  title: "a certificate that something uses is due for renewal, or overdue",
  severity: "warning; critical once overdue",
  advice: "renew it",
  find: (view) =>
    view.certificates
      .filter((certificate) => view.isUsed(certificate) && !view.isOver(certificate) && isWork(certificate))
      .map((certificate) => ({
        ...ofCertificate(certificate),
        severity: certificate.renewal?.state === "overdue" ? "critical" : "warning",
        message: `${ending(certificate, view.now)}, ${reason(certificate)}`,
        action: renewalAdvice(certificate),
      })),
};

function isWork({ renewal, owner }: ScannedCertificate): boolean {
  return renewal?.state === "overdue" || (renewal?.state === "due" && owner !== "acm");
}

function ending({ notAfter = new Date(0) }: ScannedCertificate, now: Date): string {
  return `it ends ${away(now, notAfter)}, on ${date(notAfter)}`;
}

function reason({ renewal }: ScannedCertificate): string {
  const since = renewal ? date(renewal.renewAt) : "";
  switch (renewal?.state === "not-due" ? undefined : renewal?.reason) {
    case "ari-window":
      return `and its CA asks to renew it since ${since}`;
    case "floor":
      return `less than a sixth of its lifetime is left since ${since}`;
    default:
      return `and is due since ${since}`;
  }
}
