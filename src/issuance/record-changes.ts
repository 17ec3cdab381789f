import type { CertificateChange, OnCertificateChange } from "../aws/certificate-change";
import type { LedgerEvent } from "../ledger/ledger-entry";
import type { Recorder } from "../ledger/recorder";

const events: Readonly<Record<CertificateChange["kind"], LedgerEvent>> = {
  imported: "certificate.imported",
  deleted: "certificate.deleted",
  attached: "attachment.changed",
  detached: "attachment.changed",
};

/** Whatever is changed in AWS goes on record, whoever changes it. */
export function recordChanges(recorder: Recorder): OnCertificateChange {
  return ({ kind, certificateArn, attachment, role, action, region, outcome, requestId, error }) =>
    recorder.record({
      event: events[kind],
      outcome,
      subject: {
        ...(certificateArn !== undefined && { certificateArn }),
        ...(attachment !== undefined && { attachment }),
        region,
      },
      error,
      ...(requestId !== undefined && { requestIds: { aws: requestId } }),
      facts: { action, ...(attachment !== undefined && { change: kind }), ...(role !== undefined && { role }) },
    });
}
