import { homedir } from "node:os";
import { DashboardSource } from "../../drift/serve/dashboards/dashboard-source";
import { KeyEvents } from "../../drift/serve/dashboards/key-events";
import { LedgerView } from "../../drift/serve/dashboards/ledger-view";
import { Probes } from "../../drift/serve/dashboards/probes";
import { ProxyView } from "../../drift/serve/dashboards/proxy-view";
import type { StatusSource } from "../../drift/serve/status-source";
import { CursorFeed } from "../../ledger/cursor-feed";
import { openCursor } from "../../ledger/ledger-cursor";
import { usualLedger } from "../../ledger/usual-recorder";
import { systemClock } from "../../platform/clock";
import { readNamedFile } from "../../platform/yaml-file/read-named-file";
import { parsePolicy } from "../../policy/parse-policy";
import { readKeyAccessRules } from "../../service-levels/key-access/read-rules";
import { ServiceLevelFeed } from "../../service-levels/service-level-feed";
import { ownIssuersOf, whoseBy } from "../unexpired/known-by-policy";

/** Where dashboards get what they show; the words of `unexpired slo`. */
export interface DashboardFlags {
  readonly ledger?: string;
  readonly scan: readonly string[];
  readonly cloudtrail: readonly string[];
  readonly keyAccess?: string;
  readonly policy?: string;
  /** The audit trail of akamai-dns-proxy. */
  readonly proxyAudit?: string;
  /** Where docs/runbooks are read: `https://…`, without a final slash. */
  readonly runbooks?: string;
}

export interface OpenDashboards {
  readonly probes: Probes;
  source(status: StatusSource): DashboardSource;
  close(): Promise<void>;
}

/** Nothing is read yet but the policy and the rules. Errors: `missing_file`, `invalid_config`. */
export function openDashboards(flags: DashboardFlags): OpenDashboards {
  const { scan, cloudtrail, keyAccess, proxyAudit, runbooks } = flags;
  const policy =
    flags.policy === undefined ? undefined : parsePolicy(readNamedFile(flags.policy, "the policy file"), flags.policy);
  const probes = new Probes(scan, policy && whoseBy(policy, systemClock.now()));
  const ledger = new LedgerView();
  const feed = new ServiceLevelFeed({
    place: flags.ledger ?? usualLedger({ environment: process.env, homeFolder: homedir() }),
    ownIssuers: policy && ownIssuersOf(policy),
    onEntry: (entry) => ledger.add(entry),
  });
  const rules = keyAccess === undefined ? {} : readKeyAccessRules(keyAccess);
  const keyEvents = cloudtrail.length === 0 ? undefined : new KeyEvents(cloudtrail, rules);
  const proxy = proxyAudit === undefined ? undefined : openProxy(proxyAudit);
  return {
    probes,
    source: (status) => new DashboardSource({ status, feed, ledger, probes, keyEvents, proxy, runbooks }),
    close: async () => {
      await Promise.all([feed.close(), proxy?.feed.close()]);
    },
  };
}

function openProxy(file: string) {
  const view = new ProxyView();
  const feed = new CursorFeed(openCursor(file), ({ lines }) => {
    for (const line of lines) view.add(line.toString("utf8"));
  });
  return { view, feed };
}
