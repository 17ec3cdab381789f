import { AppError, type ErrorCode } from "../../platform/errors";
import type { CertificateRuleId, WatchedCertificate } from "./watched-certificate";

/** The worst first; what only warns has no code. */
const codes: readonly (readonly [CertificateRuleId, ErrorCode])[] = [
  ["certificate-expired", "certificate_expired"],
  ["renewal-missed", "renewal_missed"],
  ["wire-differs", "certificate_differs"],
  ["acm-differs", "certificate_differs"],
];

/** What fails a run although its plan may be fine; undefined where nothing does. It names the worst. */
export function certificatesError(certificates: readonly WatchedCertificate[]): AppError | undefined {
  const errors = certificates.flatMap(({ address, findings }) =>
    findings.filter(({ level }) => level === "error").map((finding) => ({ address, ...finding })),
  );
  for (const [rule, code] of codes) {
    const first = errors.find((each) => each.rule === rule);
    if (first === undefined) continue;
    const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
    return new AppError(code, `${first.address}: ${first.message}${more}`, {
      hint: first.wayOut,
      facts: { certificates: [...new Set(errors.map(({ address }) => address))] },
    });
  }
  return undefined;
}
