/** Puts a proxy together from its policy file and what that file names. Start reading here. */
import { dirname, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { edgeDnsRetryPolicy } from "../akamai/edge-dns-client";
import { systemClock, type Clock, type Sleep } from "../platform/clock";
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
import { hideSecrets, loadRules, type Rules, type RuleSources } from "./load-rules";
import { SeenRecordSets } from "./merge/seen-record-sets";
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
}

export interface RunningProxy {
  readonly host: string;
  readonly port: number;
  /**
   * Reads the policy file and all it names again. What was there stays in force if any of it is wrong; requests in
   * work are finished under the rules they began with. Errors: those of `loadRules`.
   */
  reload(): Promise<void>;
  /** Finishes the requests in work, then lets go of everything. */
  close(): Promise<void>;
}

/** Errors: `invalid_config`, `invalid_credentials`, `missing_file`, `store_unwritable`. Then nothing has been started. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { clock = systemClock, logger = silentLogger, sleep, limits } = options;
  let rules = await loadRules(options);
  hideSecrets(rules, options.redactor);
  const audit = await openAuditFile(resolve(dirname(options.policyFile), rules.config.audit.file), clock);
  const coordination = await openCoordination(rules.config.coordination, options).catch(async (error: unknown) => {
    await audit.close();
    throw error;
  });
  const shared = {
    coordination,
    writers: new ZoneWriters(limits, coordination.zones),
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
    const client = { http, plainHttp, clock, logger, sleep, retryPolicy: readRetryPolicy };
    return edgeDnsUpstream({ ...client, credentials, standbyCredentials });
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
    };
  };
  const release = async () => {
    for (const http of connections) await http.close();
    await issuerKeys.close();
    await coordination.close();
    await audit.close();
  };
  try {
    let inForce = enforce(rules);
    const { host, port } = rules.config.listen;
    const server = await startServer({ host, port, tls: rules.tls, inForce: () => inForce });
    const reloads = new KeyedQueue();
    return {
      host: server.host,
      port: server.port,
      reload: () =>
        reloads.run("reload", async () => {
          const wanted = await loadRules(options);
          hideSecrets(wanted, options.redactor);
          inForce = enforce(wanted, isSameUpstream(rules, wanted) ? inForce.parts.upstream : undefined);
          if (wanted.tls !== undefined && rules.tls !== undefined) server.useIdentity(wanted.tls);
          const late = keysThatNeedARestart(rules.config, wanted.config);
          rules = wanted;
          const { clients, grants } = wanted.config.policy;
          logger.log("info", "policy reloaded", { clients: clients.length, grants: grants.length });
          if (late.length > 0) logger.log("warn", "some changes count from the next start", { keys: late });
        }),
      close: () => server.close().finally(release),
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
