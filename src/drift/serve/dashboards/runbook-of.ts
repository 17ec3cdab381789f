import type { LedgerLine } from "../../../ledger/ledger-line";
import { causeOf } from "../../../service-levels/failure-cause";
import type { FailureCause } from "../../../service-levels/metric-families";

/** The page of docs/runbooks for what a code says, where its cause alone does not tell. */
const ofCodes: Readonly<Record<string, string>> = {
  edge_dns_busy: "zone-lock",
  edge_dns_denied: "secrets-access-denied",
  aws_denied: "secrets-access-denied",
  invalid_credentials: "secrets-access-denied",
  handshake_failed: "partial-deployment",
  locked: "lost-state-lock",
};

const ofCauses: Readonly<Record<FailureCause, string>> = {
  ca: "ca-outage",
  ca_rate_limit: "ca-rate-limit",
  dns: "dns-challenge-failure",
  proxy: "proxy-down",
  aws: "renewal-failing",
  secrets: "secrets-access-denied",
  policy: "renewal-failing",
  other: "renewal-failing",
};

/** The runbook for a failure, as docs/runbooks/renewal-failing.md has it. */
export function runbookOf(entry: Pick<LedgerLine, "event" | "error">): string {
  return ofCodes[entry.error?.code ?? ""] ?? ofCauses[causeOf(entry) ?? "other"];
}
