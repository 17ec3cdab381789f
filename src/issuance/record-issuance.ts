import type { Recorder } from "../ledger/recorder";
import type { AppError } from "../platform/errors";
import type { IssuedCertificate } from "./issue-certificate";

/** What a CA issued. `recorder`: undefined where nothing is put on record. */
export async function recordIssued(
  names: readonly string[],
  { chain, orderUrl, issuer, took }: IssuedCertificate,
  recorder: Recorder | undefined,
): Promise<void> {
  const { serial, fingerprint, notAfter } = chain.leaf;
  await recorder?.record({
    event: "certificate.issued",
    outcome: "done",
    subject: { names, serial, fingerprint },
    requestIds: { order: orderUrl },
    facts: {
      ...{ notAfter: notAfter.toISOString(), issuer },
      ...{ waitingSeconds: took.waitingMs / 1000, workingSeconds: took.workingMs / 1000 },
    },
  });
}

/** What a CA did not issue, whoever's fault that is. `issuer`: host of its directory. */
export async function recordNotIssued(
  names: readonly string[],
  issuer: string,
  error: AppError,
  recorder: Recorder | undefined,
): Promise<void> {
  await recorder?.record({
    event: "certificate.issued",
    outcome: "failed",
    subject: { names },
    error,
    facts: { issuer },
  });
}
