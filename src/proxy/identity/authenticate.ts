/** From a raw request to a principal. Nothing of the request has been parsed when this runs, and nothing is parsed here. */
import { verifyEdgeGrid, type EdgeGridRefusal } from "../../akamai/edgegrid-verify";
import { systemClock, type Clock } from "../../platform/clock";
import type { Client, Policy, Principal } from "../policy/policy";
import { secretOf, type MasterKey } from "./client-secret";
import { ReplayGuard } from "./replay-guard";
import { RequestRate, type RateVerdict } from "./request-rate";
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

export class Authenticator {
  private readonly replays: ReplayGuard;
  private readonly rate: RequestRate;

  constructor(
    private readonly policy: Policy,
    private readonly masterKey: MasterKey,
    /** Host names this proxy answers for. */
    private readonly names: readonly string[],
    private readonly clock: Clock = systemClock,
  ) {
    this.replays = new ReplayGuard(clock);
    this.rate = new RequestRate(clock);
  }

  authenticate(request: RawRequest): Authentication {
    if (!this.answersFor(request.host)) return { kind: "refused", reason: "host" };
    const verdict = verifyEdgeGrid(request, { clock: this.clock, secretFor: this.secretFor });
    if (verdict.kind === "refused") return { kind: "refused", reason: verdict.reason };
    const { clientToken, signature } = verdict.authorization;
    const client = this.policy.clientOfToken(clientToken);
    if (client === undefined) return { kind: "refused", reason: "signature" };
    const principal = { client: client.name, token: clientToken };
    const reason = this.refusalOf(client, request);
    if (reason !== undefined) return { kind: "refused", reason, principal };
    const rate = this.rate.take(client.name, client.requestsPerMinute);
    if (!rate.allowed) return { kind: "refused", reason: "rate", principal, rate };
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead && !this.replays.admit({ clientToken, signature, body: request.body }))
      return { kind: "refused", reason: "replay", principal };
    return { kind: "principal", principal, rate };
  }

  /** The work is the same for a token that nobody has, so that the time it takes tells nothing. */
  private readonly secretFor = (clientToken: string, accessToken: string): string | undefined => {
    const secret = secretOf(this.masterKey, clientToken, accessToken);
    return this.policy.clientOfToken(clientToken) === undefined ? undefined : secret;
  };

  private answersFor(host: string): boolean {
    const name = host.replace(/:\d+$/, "").toLowerCase();
    return this.names.some((own) => own.toLowerCase() === name);
  }

  private refusalOf(client: Client, { remoteAddress }: RawRequest): AuthenticationRefusal | undefined {
    if (client.expires !== undefined && this.clock.now() >= client.expires) return "inactive";
    if (client.cidrs !== undefined && !isInNetworks(remoteAddress, client.cidrs)) return "network";
    return undefined;
  }
}
