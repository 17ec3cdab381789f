import type { Audit, AuditEntry } from "../audit";
import type { ProxyMetrics } from "./proxy-metrics";

/**
 * Counts what goes on record: the audit trail has every decision and every write, so it is the one place to count them.
 */
export function meteredAudit(audit: Pick<Audit, "write">, metrics: ProxyMetrics): Pick<Audit, "write"> {
  return {
    ...audit,
    write: async (entry) => {
      try {
        await audit.write(entry);
      } catch (error) {
        metrics.auditFailed();
        throw error;
      }
      metrics.audited(entry.event);
      count(metrics, entry);
    },
  };
}

function count(metrics: ProxyMetrics, { event, verdict, reason, outcome }: AuditEntry): void {
  if (event === "decision" && verdict !== undefined) metrics.decided(verdict, reason ?? "granted");
  if (event === "write" && outcome !== undefined) metrics.wrote(outcome);
}
