import type { SeenCertificate } from "./status-view";

/** Of certificates by their end, those that end until then. */
export function endingUntil(certificates: readonly SeenCertificate[], moment: Date): readonly SeenCertificate[] {
  const first = certificates.findIndex(({ ends }) => ends === undefined || ends > moment);
  return first < 0 ? certificates : certificates.slice(0, first);
}
