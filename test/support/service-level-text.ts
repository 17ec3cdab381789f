/** The text of the service levels, in which every metric has a sample. */
import { KeyAccessFold } from "../../src/service-levels/key-access/fold-key-accesses";
import { LedgerFold } from "../../src/service-levels/fold-ledger";
import type { Probe } from "../../src/service-levels/probe";
import { serviceLevelMetrics } from "../../src/service-levels/service-level-metrics";
import { afterMinutes, begin, ledgerLine } from "./ledger-lines";

const whose = { owner: "web", tier: "gold" };
const notAfter = afterMinutes(60 * 36);

const probe: Probe = {
  ...{ source: "scan", at: begin },
  endpoints: [
    { ...whose, endpoint: "a.example.gov:443", isValid: true, notAfter },
    { owner: "", tier: "", endpoint: "b.example.gov:443", isValid: true, notAfter: afterMinutes(30) },
  ],
  certificates: [
    {
      ...{ ...whose, certificate: "arn:a", names: ["a.example.gov", "b.example.gov"], region: "eu-west-1" },
      ...{ issuer: "R10", notBefore: begin, notAfter },
    },
  ],
};

export function serviceLevelText(): string {
  const ledger = new LedgerFold();
  const error = { code: "network", message: "gone" };
  const until = afterMinutes(60_000).toISOString();
  for (const entry of [
    ledgerLine("certificate.issued", { facts: { issuer: "le.example", waitingSeconds: 1, workingSeconds: 2 } }),
    ledgerLine("renewal.ended", { facts: { action: "renew", issuer: "le.example", deployment: "complete" } }),
    ledgerLine("certificate.revoked", { facts: { reason: "keyCompromise", result: "revoked", replacement: "0b" } }),
    ledgerLine("drift.checked", { outcome: "failed", error }),
    ledgerLine("policy.denied", { outcome: "refused", subject: { rule: "policy/frozen" } }),
    ledgerLine("waiver.used", { subject: { rule: "policy/frozen" }, facts: { waiverOwner: "web", until } }),
  ])
    ledger.add(entry);
  const keyAccess = new KeyAccessFold({ principals: [] });
  keyAccess.add({
    ...{ eventID: "1", eventTime: begin.toISOString() },
    ...{ eventSource: "kms.amazonaws.com", eventName: "Decrypt" },
  });
  const queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/key-events";
  const queues = [{ queue, readAt: begin, messages: { kept: 3, unreadable: 1 } }];
  return serviceLevelMetrics({ ledger, keyAccess, queues, probes: [probe], now: afterMinutes(60), isLedgerUp: true });
}
