import type { LedgerFact } from "../../../../src/ledger/recorder";
import { recordRevocation } from "../../../../src/manage-certs/revoke/record-revocation";
import type { PlannedRevocation } from "../../../../src/manage-certs/revoke/revocation-plan";
import type { RevocationReport } from "../../../../src/manage-certs/revoke/run-revocations";
import { AppError } from "../../../../src/platform/errors";

const blocked = { kind: "blocked", why: "another CA issued it", code: "acme_account" } as const;
const planned = (action: PlannedRevocation["action"]): PlannedRevocation => ({
  ...{ arn: "arn:c", names: ["app.example.gov"], serial: "03a1", attachments: [], sameKey: [], action },
});

async function factsOf(report: RevocationReport): Promise<LedgerFact[]> {
  const facts: LedgerFact[] = [];
  const record = async (...more: readonly LedgerFact[]) => void facts.push(...more);
  await recordRevocation(report, "2026-01-02T03:04:05.000Z", { record });
  return facts;
}

test("what was refused is on record, and why", async () => {
  const error = new AppError("acme_account", "another CA issued it");
  expect(await factsOf({ planned: planned(blocked), error })).toEqual([
    {
      event: "certificate.revoked",
      outcome: "refused",
      subject: { names: ["app.example.gov"], certificateArn: "arn:c", serial: "03a1" },
      why: "another CA issued it",
      error,
      facts: { begunAt: "2026-01-02T03:04:05.000Z" },
    },
  ]);
});

test("what was left alone is not", async () => {
  expect(await factsOf({ planned: planned({ kind: "left", why: "it is gone" }) })).toEqual([]);
});
