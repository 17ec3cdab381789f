import type { FindingRule } from "../finding";
import { renewalAdvice } from "../renewal-advice";
import { away, ofCertificate } from "../words";

export const expired: FindingRule = {
  id: "expired",
  title: "a certificate that something uses is over",
  severity: "critical",
  advice: "renew it, or take it off what uses it",
  find: (view) =>
    view.certificates
      .filter((certificate) => view.isOver(certificate) && view.isUsed(certificate))
      .map((certificate) => ({
        ...ofCertificate(certificate),
        severity: "critical",
        message: `it ended ${away(view.now, certificate.notAfter ?? view.now)} and is still in use`,
        action: renewalAdvice(certificate),
      })),
};
