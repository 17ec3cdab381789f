import { statSync } from "node:fs";
import type { Policy } from "../policy/policy";
import type { Readiness } from "../readiness/readiness";
import type { ProxyMetrics } from "./proxy-metrics";

/** What is looked at when Prometheus asks. */
export interface WatchedProxy {
  readonly inWork: () => number;
  /** Writes whose turn has not come, in all zones. */
  readonly waiting: () => number;
  /** Undefined where they are kept elsewhere. */
  readonly replayKeys: () => number | undefined;
  readonly policyFile: string;
  readonly policy: () => Policy;
  /** When the policy in force was read. */
  readonly loadedAt: () => Date;
  /** The number of the trail's last entry; left out where entries have none. */
  readonly auditSequence?: () => number;
  /** Undefined without standby credentials. */
  readonly usesStandby: () => boolean | undefined;
  readonly readiness: Readiness;
  /** Undefined without a janitor. */
  readonly janitorValues: () => number | undefined;
}

export function watchProxy(metrics: ProxyMetrics, proxy: WatchedProxy): void {
  const { readiness, policyFile } = proxy;
  metrics.watch("adp_requests_in_work", "Requests that were not answered yet.", proxy.inWork);
  metrics.watch("adp_zone_queue_length", "Writes whose turn has not come, in all zones.", proxy.waiting);
  metrics.watch("adp_replay_keys", "Signed writes remembered in this process, to refuse them twice.", proxy.replayKeys);
  metrics.watch("adp_audit_head_sequence", "The number of the audit trail's last entry.", () =>
    proxy.auditSequence?.(),
  );
  metrics.watch("adp_upstream_standby_in_use", "1 while Akamai is asked with the standby credentials.", () => {
    const isInUse = proxy.usesStandby();
    return isInUse === undefined ? undefined : Number(isInUse);
  });
  metrics.watch("adp_policy_loaded_timestamp_seconds", "When the policy in force was read.", () =>
    seconds(proxy.loadedAt()),
  );
  metrics.watch("adp_policy_file_modified_timestamp_seconds", "When the policy file was changed last.", () =>
    modifiedAt(policyFile),
  );
  metrics.watch("adp_janitor_values", "Challenge values the janitor may have to remove some day.", proxy.janitorValues);
  metrics.watchEach("adp_client_expiry_timestamp_seconds", "When clients that expire do so.", "client", () =>
    proxy.policy().clients.flatMap(({ name, expires }) => (expires ? [[name, seconds(expires)] as const] : [])),
  );
  metrics.watchEach("adp_check_up", "Whether a check of /readyz succeeds.", "check", async () => {
    const { checks } = await readiness.ask();
    return Object.entries(checks).map(([name, { status }]) => [name, status === "ok" ? 1 : 0] as const);
  });
}

function seconds(date: Date): number {
  return date.getTime() / 1000;
}

function modifiedAt(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && found.mtimeMs / 1000;
}
