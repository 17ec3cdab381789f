import { groupBy } from "../findings/estate-view";
import type { Finding } from "../findings/finding";
import { days } from "../findings/words";
import type { Estate } from "../scan/estate";
import type { ScanDocument } from "./scan-document-shape";
import type { ScanExtras } from "./scan-extras";
import { summarize } from "./summary";

/** A scan in its published form: dates are text, and nothing is there twice. */
export function toScanDocument(
  estate: Estate,
  findings: readonly Finding[],
  { waivers = [], costs }: ScanExtras = {},
): ScanDocument {
  const { scannedAt, certificates, servingPoints, attachments, observations, usage, failures } = estate;
  const attachmentsOf = groupBy(attachments, ({ point }) => point.id);
  const observationsOf = groupBy(observations, ({ point }) => point.id);
  const document = {
    version: 1,
    scannedAt,
    summary: summarize(estate, findings),
    findings,
    certificates: certificates.map(({ notAfter, ...certificate }) => ({
      ...certificate,
      notAfter,
      daysLeft: notAfter && days(scannedAt, notAfter),
    })),
    servingPoints: servingPoints.map((point) => ({
      ...point,
      certificates: (attachmentsOf.get(point.id) ?? []).map(({ certificateArn: arn, role }) => ({ arn, role })),
      observations: (observationsOf.get(point.id) ?? []).map(({ point: _, ...observation }) => observation),
    })),
    usage,
    failures,
    waivers,
    costs,
  };
  return JSON.parse(JSON.stringify(document)) as ScanDocument;
}
