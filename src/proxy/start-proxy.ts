/** Puts a proxy together from its policy file and what that file names. Start reading here. */
import { dirname, resolve } from "node:path";
import { sleep as realSleep, systemClock, type Clock, type Sleep } from "../platform/clock";
import { SharedDeadline } from "../platform/deadline";
import { AppError, isAppError, messageOf } from "../platform/errors";
import { KeyedQueue } from "../platform/keyed-queue";
import { silentLogger, type Logger } from "../platform/log";
import type { Redactor } from "../platform/redact";
import { observedAudit, openAuditFile } from "./audit";
import { openCoordination } from "./coordination/open-coordination";
import { Enforcement } from "./enforcement";
import { startServer } from "./http/start-server";
import { Janitor, type JanitorOptions } from "./janitor/janitor";
import { hideSecrets, loadRules, type Rules, type RuleSources } from "./load-rules";
import { SeenRecordSets } from "./merge/seen-record-sets";
import { meteredAudit } from "./metrics/metered-audit";
import { meteredWriters } from "./metrics/metered-writers";
import { ProxyMetrics } from "./metrics/proxy-metrics";
import { watchProxy } from "./metrics/watch-proxy";
import { AuditCheck } from "./readiness/audit-check";
import { Readiness } from "./readiness/readiness";
import { UpstreamCheck } from "./readiness/upstream-check";
import { keysThatNeedARestart } from "./reload";
import { defaultDeadlineMs, ZoneWriters, type ZoneWriterLimits } from "./zone-writers";

export interface ProxyOptions extends RuleSources {
  readonly logger?: Logger;
  /** Told the secrets that were loaded, so that the log never shows them. */
  readonly redactor?: Redactor;
  /** @default the system clock */
  readonly clock?: Clock;
  /** Of writes; the deadline is that of reads, too. */
  readonly limits?: ZoneWriterLimits;
  /** Between tries upstream. @default the real one */
  readonly sleep?: Sleep;
  /** Between two looks of the janitor, in milliseconds. @default 60,000 */
  readonly janitorPeriodMs?: number;
}

export interface RunningProxy {
  readonly host: string;
  readonly port: number;
  /**
   * Reads the policy file and all it names again. What was there stays in force if any of it is wrong; requests in
   * work are finished under the rules they began with. Errors: those of `loadRules`.
   */
  reload(): Promise<void>;
  /**
   * Says that it is not ready any more, goes on for `drainMs`, then finishes the requests in work and lets go of
   * everything. What waits in a queue is written or refused as at any other time.
   */
  close(options?: CloseOptions): Promise<void>;
}

export interface CloseOptions {
  /** How long load balancers have to look elsewhere, in milliseconds. @default 0 */
  readonly drainMs?: number;
}

/** Errors: `invalid_config`, `invalid_credentials`, `missing_file`, `store_unwritable`. Then nothing has been started. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { clock = systemClock, logger = silentLogger, sleep, limits, policyFile } = options;
  const load = async () => {
    const rules = await loadRules(options);
    hideSecrets(rules, options.redactor);
    return rules;
  };
  const first = await load();
  const metrics = new ProxyMetrics();
  const auditFile = resolve(dirname(policyFile), first.config.audit.file);
  const trail = await openAuditFile(auditFile, clock);
  const auditCheck = new AuditCheck(auditFile, clock);
  const janitor = janitorOf(first, { janitorPeriodMs: options.janitorPeriodMs, metrics, logger, clock });
  const coordination = await openCoordination(first.config.coordination, options).catch(async (error: unknown) => {
    await trail.close();
    throw error;
  });
  const writers = new ZoneWriters(limits, coordination.zones);
  const enforcement = new Enforcement(first, {
    audit: observedAudit(trail, [...(janitor === undefined ? [] : [janitor]), auditCheck, meteredAudit(metrics)]),
    writers: meteredWriters(writers, metrics),
    seen: new SeenRecordSets(coordination.memories),
    readDeadline: new SharedDeadline(limits?.deadlineMs ?? defaultDeadlineMs),
    ...{ coordination, metrics, logger, clock, sleep },
  });
  /** In the log, which is kept elsewhere, a head proves that no line before it was changed or cut off later. */
  const tellHead = (message: string) => {
    const { seq, hash } = trail.head();
    logger.log("info", message, { file: auditFile, head: `${seq}:${hash}` });
  };
  const release = async () => {
    await enforcement.close();
    await coordination.close();
    await trail.close();
  };
  try {
    const readiness = new Readiness({
      checks: {
        audit: auditCheck,
        upstream: new UpstreamCheck(() => enforcement.inForce.parts.upstream, clock),
        coordination: { hint: "what replicas share cannot be reached", ask: (signal) => coordination.check(signal) },
      },
      logger,
      clock,
    });
    const { host, port } = first.config.listen;
    const operator = { metrics, readiness };
    const server = await startServer({
      ...{ host, port, operator },
      tls: first.tls,
      inForce: () => enforcement.inForce,
    });
    tellHead("the audit trail goes on");
    janitor?.start(auditFile, () => enforcement.inForce.parts);
    let loadedAt = clock.now();
    watchProxy(metrics, {
      inWork: () => server.inWork,
      waiting: () => writers.waiting,
      replayKeys: () => coordination.replays.size,
      policyFile,
      policy: () => enforcement.inForce.parts.policy,
      loadedAt: () => loadedAt,
      auditSequence: () => trail.head().seq,
      usesStandby: () => enforcement.inForce.parts.upstream.usesStandby?.(),
      readiness,
      janitorValues: () => janitor?.size,
    });
    const reload = async () => {
      // first: who moved the trail's file away counts on a new one, whatever is wrong with the policy
      await trail.reopen();
      const wanted = await load();
      const late = keysThatNeedARestart(enforcement.rules.config, wanted.config);
      if (wanted.tls !== undefined && first.tls !== undefined) server.useIdentity(wanted.tls);
      enforcement.change(wanted);
      loadedAt = clock.now();
      const { clients, grants } = wanted.config.policy;
      logger.log("info", "policy reloaded", { clients: clients.length, grants: grants.length });
      if (late.length > 0) logger.log("warn", "some changes count from the next start", { keys: late });
    };
    const reloads = new KeyedQueue();
    return {
      host: server.host,
      port: server.port,
      reload: () =>
        reloads.run("reload", () =>
          reload().then(
            () => metrics.reloaded("done"),
            (error: unknown) => {
              metrics.reloaded("refused");
              throw error;
            },
          ),
        ),
      close: async ({ drainMs = 0 } = {}) => {
        readiness.stop();
        if (drainMs > 0) await (sleep ?? realSleep)(drainMs);
        await Promise.all([server.close(), janitor?.stop()]).finally(release);
        tellHead("the audit trail ends");
      },
    };
  } catch (error) {
    await release();
    if (isAppError(error)) throw error;
    throw new AppError("network", `cannot listen: ${messageOf(error)}`, { cause: error });
  }
}

type JanitorParts = Pick<JanitorOptions, "metrics" | "logger" | "clock">;

/** Undefined where the policy turns it off. */
function janitorOf(
  { config }: Rules,
  { janitorPeriodMs: periodMs, ...parts }: Pick<ProxyOptions, "janitorPeriodMs"> & JanitorParts,
): Janitor | undefined {
  if (config.janitor === false) return undefined;
  return new Janitor({ afterMs: config.janitor.afterSeconds * 1000, periodMs, ...parts });
}
