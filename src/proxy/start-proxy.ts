/** Puts a proxy together from its policy file and what that file names. Start reading here. */
import { dirname, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { edgeDnsRetryPolicy } from "../akamai/edge-dns-client";
import { sleep as realSleep, systemClock, type Clock, type Sleep } from "../platform/clock";
import { AppError, isAppError, messageOf } from "../platform/errors";
import { HttpClient } from "../platform/http";
import { KeyedQueue } from "../platform/keyed-queue";
import { silentLogger, type Logger } from "../platform/log";
import type { Redactor } from "../platform/redact";
import type { RetryPolicy } from "../platform/retry";
import { openAuditFile } from "./audit";
import { openCoordination } from "./coordination/open-coordination";
import { startServer, type InForce } from "./http/start-server";
import { Authenticator } from "./identity/authenticate";
import { ClientSecrets } from "./identity/client-secret";
import { PreviousKeyNotices } from "./identity/previous-key-notices";
import { KeysOfIssuers } from "./identity/oidc/issuer-keys";
import { verifyIdToken } from "./identity/oidc/verify-id-token";
import { ReplayGuard } from "./identity/replay-guard";
import { RequestRate } from "./identity/request-rate";
import { Janitor } from "./janitor/janitor";
import { hideSecrets, loadRules, type Rules, type RuleSources } from "./load-rules";
import { SeenRecordSets } from "./merge/seen-record-sets";
import { meteredAudit } from "./metrics/metered-audit";
import { meteredHttp } from "./metrics/metered-http";
import { meteredWriters } from "./metrics/metered-writers";
import { networksForMetrics } from "./metrics/networks-for-metrics";
import { ProxyMetrics } from "./metrics/proxy-metrics";
import { watchProxy } from "./metrics/watch-proxy";
import { AuditCheck } from "./readiness/audit-check";
import { Readiness } from "./readiness/readiness";
import { UpstreamCheck } from "./readiness/upstream-check";
import { keysThatNeedARestart } from "./reload";
import { edgeDnsUpstream } from "./upstream/edge-dns-upstream";
import type { Upstream } from "./upstream/upstream";
import { defaultDeadlineMs, ZoneWriters, type ZoneWriterLimits } from "./zone-writers";

/** A rate limit that asks for more than this, in milliseconds, is the client's to wait out. */
const longestPauseMs = 20_000;
const readRetryPolicy: RetryPolicy = { ...edgeDnsRetryPolicy, maxDelayMs: longestPauseMs };

/** More tries than anybody has the patience for: what ends them is the deadline of the zone's writers. */
const writeRetryPolicy: RetryPolicy = { ...readRetryPolicy, attempts: 20 };

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
  const { clock = systemClock, logger = silentLogger, sleep, limits } = options;
  let rules = await loadRules(options);
  hideSecrets(rules, options.redactor);
  const metrics = new ProxyMetrics();
  const auditFile = resolve(dirname(options.policyFile), rules.config.audit.file);
  const auditCheck = new AuditCheck(auditFile, clock);
  const trail = await openAuditFile(auditFile, clock);
  const { janitor: janitorRule } = rules.config;
  const janitor =
    janitorRule === false
      ? undefined
      : new Janitor({
          afterMs: janitorRule.afterSeconds * 1000,
          periodMs: options.janitorPeriodMs,
          metrics,
          logger,
          clock,
        });
  const audit = meteredAudit(auditCheck.watch(janitor?.watch(trail) ?? trail), metrics);
  const coordination = await openCoordination(rules.config.coordination, options).catch(async (error: unknown) => {
    await trail.close();
    throw error;
  });
  const writers = new ZoneWriters(limits, coordination.zones);
  const onRetry = ({ code }: AppError) => metrics.triedAgain(code);
  const shared = {
    coordination,
    writers: meteredWriters(writers, metrics),
    onRetry,
    seen: new SeenRecordSets(coordination.memories),
    audit,
    logger,
    clock,
    writeRetryPolicy,
    readDeadlineMs: limits?.deadlineMs ?? defaultDeadlineMs,
    sleep,
  };
  const lasting = { replays: new ReplayGuard(coordination.replays), rate: new RequestRate(clock), clock };
  const tokenRate = new RequestRate(clock);
  const issuerKeys = new KeysOfIssuers({ clock, logger });
  const notices = new PreviousKeyNotices(logger);
  const connections: HttpClient[] = [];

  const connect = ({ config, credentials, standbyCredentials, upstreamCa }: Rules): Upstream => {
    const http = new HttpClient({ ca: upstreamCa });
    connections.push(http);
    const plainHttp = config.upstream.insecurePlainHttp;
    const sending = { http: meteredHttp(http, metrics), plainHttp, credentials, standbyCredentials };
    return edgeDnsUpstream({ ...sending, clock, logger, onRetry, sleep, retryPolicy: readRetryPolicy });
  };
  /** Whatever lives on over a reload is shared; the rest is made from the rules. */
  const enforce = (wanted: Rules, before?: Upstream): InForce => {
    const { policy, listen } = wanted.config;
    const secrets = new ClientSecrets(wanted.masterKeys);
    const { names } = listen;
    const authenticator = new Authenticator({ ...lasting, policy, secrets, names, onPreviousKey: notices.note });
    const { issuers, masterKeys } = wanted;
    const verify = (idToken: string) => verifyIdToken(idToken, { issuers, keysOf: issuerKeys.of, clock });
    return {
      parts: { ...shared, policy, upstream: before ?? connect(wanted) },
      authenticator,
      tokens: {
        ...{ audit, logger, clock },
        exchange: { policy, masterKey: masterKeys.current, verify, clock },
        answersFor: (host) => authenticator.answersFor(host),
        rate: tokenRate,
      },
      metricsCidrs: networksForMetrics(wanted.config),
    };
  };
  /** In the log, which is kept elsewhere, a head proves that no line before it was changed or cut off later. */
  const tellHead = (message: string) => {
    const { seq, hash } = trail.head();
    logger.log("info", message, { file: auditFile, head: `${seq}:${hash}` });
  };
  const release = async () => {
    for (const http of connections) await http.close();
    await issuerKeys.close();
    await coordination.close();
    await trail.close();
  };
  try {
    let inForce = enforce(rules);
    const { host, port } = rules.config.listen;
    let loadedAt = clock.now();
    const readiness = new Readiness({
      checks: {
        audit: auditCheck,
        upstream: new UpstreamCheck(() => inForce.parts.upstream, clock),
        coordination: {
          hint: "what replicas share cannot be reached",
          ask: (signal) => coordination.check(signal),
        },
      },
      logger,
      clock,
    });
    const operator = { metrics, readiness };
    const server = await startServer({ host, port, tls: rules.tls, inForce: () => inForce, operator });
    tellHead("the audit trail goes on");
    janitor?.start(auditFile, () => inForce.parts);
    watchProxy(metrics, {
      inWork: () => server.inWork,
      waiting: () => writers.waiting,
      replayKeys: () => coordination.replays.size,
      policyFile: options.policyFile,
      policy: () => inForce.parts.policy,
      loadedAt: () => loadedAt,
      usesStandby: () => inForce.parts.upstream.usesStandby?.(),
      readiness,
      janitorValues: () => janitor?.size,
      auditSequence: () => trail.head().seq,
    });
    const reloads = new KeyedQueue();
    const reload = async () => {
      const wanted = await loadRules(options);
      hideSecrets(wanted, options.redactor);
      await trail.reopen();
      inForce = enforce(wanted, isSameUpstream(rules, wanted) ? inForce.parts.upstream : undefined);
      if (wanted.tls !== undefined && rules.tls !== undefined) server.useIdentity(wanted.tls);
      const late = keysThatNeedARestart(rules.config, wanted.config);
      rules = wanted;
      loadedAt = clock.now();
      const { clients, grants } = wanted.config.policy;
      logger.log("info", "policy reloaded", { clients: clients.length, grants: grants.length });
      if (late.length > 0) logger.log("warn", "some changes count from the next start", { keys: late });
    };
    return {
      host: server.host,
      port: server.port,
      reload: () =>
        reloads.run("reload", async () => {
          try {
            await reload();
            metrics.reloaded("done");
          } catch (error) {
            metrics.reloaded("refused");
            throw error;
          }
        }),
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

/** Whether nothing changed that connections to Edge DNS depend on. */
function isSameUpstream(...both: [Rules, Rules]): boolean {
  const [left, right] = both.map(({ credentials, standbyCredentials, upstreamCa, config }) => {
    return [credentials, standbyCredentials, upstreamCa, config.upstream.insecurePlainHttp];
  });
  return isDeepStrictEqual(left, right);
}
