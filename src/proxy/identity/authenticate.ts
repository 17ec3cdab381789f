/** From a raw request to a principal. Nothing of the request has been parsed when this runs, and nothing is parsed here. */
import { verifyEdgeGrid, type EdgeGridRefusal } from "../../akamai/edgegrid-verify";
import type { Clock } from "../../platform/clock";
import type { Client, Policy, Principal } from "../policy/policy";
import type { ClientSecrets } from "./client-secret";
import type { ReplayGuard } from "./replay-guard";
import type { RateVerdict, RequestRate } from "./request-rate";
import { parseShortLivedToken } from "./short-lived-token";
import { isInNetworks } from "./source-networks";

export interface RawRequest {
  readonly method: string;
  /** The request target as received. */
  readonly target: string;
  /** The Host header, empty if there was none. */
  readonly host: string;
  readonly authorization: string | undefined;
  readonly body: Uint8Array;
  readonly remoteAddress: string;
}

/** `inactive`: expired. `network`: not from here. `replay`: this write was received already. `rate`: too many. */
export type AuthenticationRefusal = EdgeGridRefusal | "host" | "inactive" | "network" | "replay" | "rate";

export type Authentication =
  | { readonly kind: "principal"; readonly principal: Principal; readonly rate: RateVerdict }
  | {
      readonly kind: "refused";
      readonly reason: AuthenticationRefusal;
      /** Known only if the signature was good. */
      readonly principal?: Principal;
      readonly rate?: RateVerdict;
    };

export interface AuthenticatorOptions {
  readonly policy: Policy;
  readonly secrets: ClientSecrets;
  /** Host names this proxy answers for. */
  readonly names: readonly string[];
  readonly replays: ReplayGuard;
  readonly rate: RequestRate;
  readonly clock: Clock;
  /** Hears of credentials that were derived from the previous master key. */
  readonly onPreviousKey: (principal: Principal) => void;
}

export class Authenticator {
  private readonly names: ReadonlySet<string>;

  constructor(private readonly options: AuthenticatorOptions) {
    this.names = new Set(options.names.map((name) => name.toLowerCase()));
  }

  async authenticate(request: RawRequest): Promise<Authentication> {
    const { clock, rate: limiter, replays } = this.options;
    if (!this.answersFor(request.host)) return { kind: "refused", reason: "host" };
    let isOfPreviousKey = false;
    const secretFor = (clientToken: string, accessToken: string) => {
      const found = this.options.secrets.find(clientToken, accessToken);
      isOfPreviousKey = found?.isOfPreviousKey ?? false;
      return this.ownerOf(clientToken) === undefined ? undefined : found?.clientSecret;
    };
    const verdict = verifyEdgeGrid(request, { clock, secretFor });
    if (verdict.kind === "refused") return { kind: "refused", reason: verdict.reason };
    const { clientToken, signature } = verdict.authorization;
    const owner = this.ownerOf(clientToken);
    if (owner === undefined) return { kind: "refused", reason: "signature" };
    const { client, expires } = owner;
    const principal = { client: client.name, token: clientToken };
    const reason = this.refusalOf(client, expires, request);
    if (reason !== undefined) return { kind: "refused", reason, principal };
    const rate = limiter.take(client.name, client.requestsPerMinute);
    if (!rate.allowed) return { kind: "refused", reason: "rate", principal, rate };
    const isRead = request.method === "GET" || request.method === "HEAD";
    // what comes with a DELETE is neither signed nor read, so it does not make another request of a replay
    const body = request.method === "DELETE" ? new Uint8Array() : request.body;
    if (!isRead && !(await replays.admit({ clientToken, signature, body })))
      return { kind: "refused", reason: "replay", principal };
    if (isOfPreviousKey) this.options.onPreviousKey(principal);
    return { kind: "principal", principal, rate };
  }

  /** Whose token it is, and until when it is good. A short-lived one counts as long as its client may ask for such. */
  private ownerOf(token: string): { client: Client; expires?: Date } | undefined {
    const { policy } = this.options;
    const client = policy.clientOfToken(token);
    if (client !== undefined) return { client, expires: client.expires };
    const short = parseShortLivedToken(token);
    const asking = short && policy.clients.find(({ name, oidc }) => name === short.client && oidc.length > 0);
    if (short === undefined || asking === undefined) return undefined;
    return { client: asking, expires: earlier(short.expires, asking.expires) };
  }

  answersFor(host: string): boolean {
    return this.names.has(host.replace(/:\d+$/, "").toLowerCase());
  }

  private refusalOf(
    client: Client,
    expires: Date | undefined,
    { remoteAddress }: RawRequest,
  ): AuthenticationRefusal | undefined {
    if (expires !== undefined && this.options.clock.now() >= expires) return "inactive";
    if (client.cidrs !== undefined && !isInNetworks(remoteAddress, client.cidrs)) return "network";
    return undefined;
  }
}

function earlier(one: Date, other: Date | undefined): Date {
  return other === undefined || one < other ? one : other;
}
