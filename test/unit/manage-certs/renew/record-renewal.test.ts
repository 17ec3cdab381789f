import type { LedgerFact } from "../../../../src/ledger/recorder";
import { recordRenewal } from "../../../../src/manage-certs/renew/record-renewal";
import type { RenewalReport } from "../../../../src/manage-certs/renew/run-renewals";
import { sayingNow } from "../../../../src/manage-certs/renew/saying-now";
import { AppError } from "../../../../src/platform/errors";
import { certificate, listener } from "../../../support/scanned-estate";

const web = certificate("web");
const attachments = [{ point: listener("front"), role: "default", certificateArn: web.arn }] as const;
const issuer = { name: "le", directoryUrl: "https://ca.example:14000/dir" };
const action = { kind: "renew", why: "it is due", issuer, keyAlgorithm: "EC_prime256v1" } as const;
const planned = { certificate: web, attachments, action };
const renewed = { result: "renewed", arn: web.arn, warnings: [] } as const;

async function recorded(report: RenewalReport): Promise<LedgerFact | undefined> {
  const facts: LedgerFact[] = [];
  await recordRenewal(report, { record: async (...more) => void facts.push(...more) });
  return facts[0];
}

const failure = async (facts: AppError["facts"]) =>
  Promise.reject(new AppError("handshake_failed", "not served", { facts }))
    .catch(sayingNow("it is half-way", facts))
    .catch((error: unknown) => error as AppError);

test("who issued it, and that it is in all of its places", async () => {
  expect((await recorded({ planned, outcome: renewed }))?.facts).toEqual({
    ...{ action: "renew", issuer: "ca.example:14000", result: "renewed", deployment: "complete" },
  });
});

test("one that nothing serves was brought nowhere", async () => {
  const fact = await recorded({ planned: { ...planned, attachments: [] }, outcome: renewed });
  expect(fact?.facts).not.toHaveProperty("deployment");
});

test.each(["put_back", "partial"])("a failure says that it was left %s", async (deployment) => {
  const fact = await recorded({ planned, error: await failure({ deployment }) });
  expect(fact).toMatchObject({ outcome: "failed", facts: { deployment } });
});

test("a failure before anything was brought anywhere says nothing of it", async () => {
  expect((await recorded({ planned, error: await failure({}) }))?.facts).not.toHaveProperty("deployment");
});
