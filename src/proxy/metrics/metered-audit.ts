import type { AuditEntry, AuditObserver } from "../audit";
import type { ProxyMetrics } from "./proxy-metrics";

/**
 * Counts what goes on record: the audit trail has every decision and every write, so it is the one place to count them.
 */
export function meteredAudit(metrics: ProxyMetrics): AuditObserver {
  return {
    onRecord: (entry) => {
      metrics.audited(entry.event);
      count(metrics, entry);
    },
    failed: () => metrics.auditFailed(),
  };
}

function count(metrics: ProxyMetrics, { event, verdict, reason, outcome }: AuditEntry): void {
  if (event === "decision" && verdict !== undefined) metrics.decided(verdict, reason ?? "granted");
  if (event === "write" && outcome !== undefined) metrics.wrote(outcome);
}
