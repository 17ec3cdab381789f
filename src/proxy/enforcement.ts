/** What a proxy enforces, made from its rules; whatever has to live on over a reload is in `lasting`. */
import { isDeepStrictEqual } from "node:util";
import { edgeDnsRetryPolicy } from "../akamai/edge-dns-client";
import type { Sleep } from "../platform/clock";
import type { AppError } from "../platform/errors";
import { HttpClient } from "../platform/http";
import type { RetryPolicy } from "../platform/retry";
import type { Coordination } from "./coordination/coordination";
import type { InForce } from "./http/start-server";
import { Authenticator } from "./identity/authenticate";
import { ClientSecrets } from "./identity/client-secret";
import { KeysOfIssuers } from "./identity/oidc/issuer-keys";
import { verifyIdToken } from "./identity/oidc/verify-id-token";
import { PreviousKeyNotices } from "./identity/previous-key-notices";
import { ReplayGuard } from "./identity/replay-guard";
import { RequestRate } from "./identity/request-rate";
import type { Rules } from "./load-rules";
import { meteredHttp } from "./metrics/metered-http";
import { networksForMetrics } from "./metrics/networks-for-metrics";
import type { ProxyMetrics } from "./metrics/proxy-metrics";
import type { ProxyParts } from "./operations/call";
import { edgeDnsUpstream } from "./upstream/edge-dns-upstream";
import type { Upstream } from "./upstream/upstream";

/** Kept to Edge DNS, so that reads need not wait for each other. */
const connections = 64;

/** A rate limit that asks for more than this, in milliseconds, is the client's to wait out. */
const longestPauseMs = 20_000;
const readRetryPolicy: RetryPolicy = { ...edgeDnsRetryPolicy, maxDelayMs: longestPauseMs };

/** More tries than anybody has the patience for: what ends them is the deadline of the zone's writers. */
const writeRetryPolicy: RetryPolicy = { ...readRetryPolicy, attempts: 20 };

/** Parts that are the same under all rules. */
export interface LastingParts extends Omit<ProxyParts, "policy" | "upstream" | "writeRetryPolicy" | "onRetry"> {
  readonly coordination: Coordination;
  readonly metrics: ProxyMetrics;
  readonly sleep?: Sleep;
}

export class Enforcement {
  private readonly replays: ReplayGuard;
  private readonly rate: RequestRate;
  private readonly tokenRate: RequestRate;
  private readonly issuerKeys: KeysOfIssuers;
  private readonly notices: PreviousKeyNotices;
  private readonly httpClients: HttpClient[] = [];
  private current: { readonly rules: Rules; readonly inForce: InForce };

  constructor(
    rules: Rules,
    private readonly lasting: LastingParts,
  ) {
    const { clock, logger, coordination } = lasting;
    this.replays = new ReplayGuard(coordination.replays);
    this.rate = new RequestRate(clock);
    this.tokenRate = new RequestRate(clock);
    this.issuerKeys = new KeysOfIssuers({ clock, logger });
    this.notices = new PreviousKeyNotices(logger);
    this.current = { rules, inForce: this.make(rules, this.connect(rules)) };
  }

  get inForce(): InForce {
    return this.current.inForce;
  }

  get rules(): Rules {
    return this.current.rules;
  }

  /** From now on these count. Connections to Edge DNS stay if nothing changed that they depend on. */
  change(rules: Rules): void {
    const { upstream } = this.current.inForce.parts;
    const isSame = isDeepStrictEqual(upstreamOf(this.current.rules), upstreamOf(rules));
    this.current = { rules, inForce: this.make(rules, isSame ? upstream : this.connect(rules)) };
  }

  async close(): Promise<void> {
    for (const http of this.httpClients) await http.close();
    await this.issuerKeys.close();
  }

  private make(rules: Rules, upstream: Upstream): InForce {
    const { audit, logger, clock, metrics: _, ...parts } = this.lasting;
    const { issuers, masterKeys, config } = rules;
    const { policy, listen } = config;
    const authenticator = new Authenticator({
      policy,
      secrets: new ClientSecrets(masterKeys),
      names: listen.names,
      replays: this.replays,
      rate: this.rate,
      clock,
      onPreviousKey: this.notices.note,
    });
    const verify = (idToken: string) => verifyIdToken(idToken, { issuers, keysOf: this.issuerKeys.of, clock });
    return {
      parts: { ...parts, audit, logger, clock, policy, upstream, writeRetryPolicy, onRetry: this.onRetry },
      authenticator,
      tokens: {
        ...{ audit, logger, clock },
        exchange: { policy, masterKey: masterKeys.current, verify, clock },
        answersFor: (host) => authenticator.answersFor(host),
        rate: this.tokenRate,
      },
      metricsCidrs: networksForMetrics(config),
    };
  }

  private connect({ config, credentials, standbyCredentials, upstreamCa }: Rules): Upstream {
    const { metrics, clock, logger, sleep } = this.lasting;
    const http = new HttpClient({ ca: upstreamCa, connections });
    this.httpClients.push(http);
    const plainHttp = config.upstream.insecurePlainHttp;
    const sending = { http: meteredHttp(http, metrics), plainHttp, credentials, standbyCredentials };
    return edgeDnsUpstream({ ...sending, clock, logger, onRetry: this.onRetry, sleep, retryPolicy: readRetryPolicy });
  }

  private readonly onRetry = ({ code }: AppError): void => this.lasting.metrics.triedAgain(code);
}

/** What connections to Edge DNS depend on. */
function upstreamOf({ credentials, standbyCredentials, upstreamCa, config }: Rules) {
  return [credentials, standbyCredentials, upstreamCa, config.upstream.insecurePlainHttp];
}
