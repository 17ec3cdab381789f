/**
 * Akamai's Edge DNS API v2 on loopback: the part that certificate tooling uses, with its real rules and worse manners
 * (`EdgeDnsFaults`). Everything else is answered as to a client without the grant. Start here to see what happens to a
 * request; the rules of zones and record sets are in edge-dns-zones.ts.
 */
import { randomBytes } from "node:crypto";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import type { EdgeGridCredentials } from "../../akamai/edgegrid-sign";
import { verifyEdgeGrid } from "../../akamai/edgegrid-verify";
import { sleep as realSleep, systemClock, type Clock, type Sleep } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import type { GateVerdict, RequestGate } from "../request-gate";
import { seededRandom } from "../seeded-random";
import { createThrowawayCa, type ThrowawayCa } from "../throwaway-tls";
import type { ZoneStore } from "../zone-store";
import { hostileEdgeDns, type EdgeDnsFaults, type Span } from "./edge-dns-faults";
import { EdgeDnsZones, type EdgeDnsUser } from "./edge-dns-zones";
import { describeRoute, parseEdgeDnsRoute, type EdgeDnsRoute } from "./parse-edge-dns-route";
import { authentication, dnsProblem, tooManyRequests, type Reply } from "./reply";

export interface EdgeDnsOptions {
  readonly store: ZoneStore;
  readonly gate: RequestGate;
  /** @default hostileEdgeDns */
  readonly faults?: EdgeDnsFaults;
  /** Of the chances in `faults`. @default 1 */
  readonly seed?: number;
  /** @default one user who may use every zone */
  readonly users?: readonly EdgeDnsUser[];
  /** @default one of its own */
  readonly ca?: ThrowawayCa;
  /** @default a free one */
  readonly port?: number;
  readonly contractId?: string;
  readonly clock?: Clock;
  readonly sleep?: Sleep;
}

export interface RunningEdgeDns {
  readonly host: string;
  readonly port: number;
  /** The root of the server's certificate. */
  readonly caPem: string;
  /** Of the first user; `host` in them is host:port of this server. */
  readonly credentials: EdgeGridCredentials;
  /** Of every user, by name. */
  readonly users: ReadonlyMap<string, EdgeGridCredentials>;
  setFaults(faults: EdgeDnsFaults): void;
  /** As a change of somebody else that takes its time; gives what ends it. */
  lockZone(zone: string): () => void;
  close(): Promise<void>;
}

interface Account {
  readonly user: EdgeDnsUser;
  readonly credentials: Omit<EdgeGridCredentials, "host">;
}

interface Asked {
  readonly route: EdgeDnsRoute;
  readonly query: URLSearchParams;
  readonly verdict: GateVerdict;
}

/** "drop": close the connection without an answer. */
type Outcome = Reply | "drop";

export async function startEdgeDns(options: EdgeDnsOptions): Promise<RunningEdgeDns> {
  const host = "127.0.0.1";
  const ca = options.ca ?? (await createThrowawayCa());
  const identity = await ca.issue([host, "localhost"]);
  const accounts = (options.users ?? [{ name: "sandbox" }]).map((user) => ({ user, credentials: newCredentials() }));
  const [first] = accounts;
  if (first === undefined) throw new AppError("invalid_argument", "the sandbox's Edge DNS needs at least one user");
  const service = new EdgeDnsService(options, accounts);
  const app = fastify({ https: { key: identity.keyPem, cert: identity.certPem }, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.all("/*", async (request, reply) => respond(await service.serve(request), request, reply));
  await app.listen({ host, port: options.port ?? 0 });
  const { port } = app.server.address() as { port: number };
  const withHost = (account: Account): EdgeGridCredentials => ({ ...account.credentials, host: `${host}:${port}` });
  return {
    host,
    port,
    caPem: ca.caPem,
    credentials: withHost(first),
    users: new Map(accounts.map((account) => [account.user.name, withHost(account)])),
    setFaults: (faults) => (service.faults = faults),
    lockZone: (zone) => service.zones.lock(zone),
    close: () => app.close(),
  };
}

class EdgeDnsService {
  faults: EdgeDnsFaults;
  private readonly random: () => number;
  private readonly clock: Clock;
  readonly zones: EdgeDnsZones;

  constructor(
    private readonly options: EdgeDnsOptions,
    private readonly accounts: readonly Account[],
  ) {
    this.faults = options.faults ?? hostileEdgeDns;
    this.random = seededRandom(options.seed ?? 1);
    this.clock = options.clock ?? systemClock;
    this.zones = new EdgeDnsZones({
      store: options.store,
      clock: this.clock,
      contractId: options.contractId ?? "C-SANDBOX",
      activationDelayMs: () => this.faults.activationDelayMs,
      maxPageSize: () => this.faults.maxPageSize,
      holdZone: () => this.pause(this.faults.zoneLockMs),
    });
  }

  async serve(request: FastifyRequest): Promise<Outcome> {
    const [path = "", query = ""] = (request.raw.url ?? "").split("?", 2);
    const route = parseEdgeDnsRoute(path);
    const verdict = await this.options.gate.enter({ part: "edge-dns", ...describeRoute(request.method, route) });
    await this.pause(this.faults.latencyMs);
    if (verdict === "break-before" || this.happens(this.faults.droppedRequestRate)) return "drop";
    const reply = await this.answer(request, { route, query: new URLSearchParams(query), verdict });
    if (verdict === "break-after" || this.happens(this.faults.lostResponseRate)) return "drop";
    const isLate = verdict === "fail-after" || this.happens(this.faults.lateErrorRate);
    const sent = isLate ? dnsProblem.serverError() : reply;
    return { ...sent, headers: { date: this.clock.now().toUTCString(), ...sent.headers } };
  }

  private async answer(request: FastifyRequest, { route, query, verdict }: Asked): Promise<Reply> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const account = this.authenticate(request, body);
    if ("status" in account) return account;
    if (verdict === "throttle" || this.happens(this.faults.throttleRate))
      return tooManyRequests(new Date(this.clock.now().getTime() + this.faults.throttleMs));
    if (verdict === "fail-before" || this.happens(this.faults.serverErrorRate)) return dnsProblem.serverError();
    return this.zones.handle(route, {
      method: request.method,
      query,
      contentType: request.headers["content-type"],
      body: body.toString("utf8"),
      user: account.user,
    });
  }

  /** The signature comes before everything else (Akamai's gateway stands in front of the DNS service). */
  private authenticate(request: FastifyRequest, body: Buffer): Account | Reply {
    const accountOf = (clientToken: string, accessToken: string) =>
      this.accounts.find(
        ({ credentials }) => credentials.clientToken === clientToken && credentials.accessToken === accessToken,
      );
    const received = {
      method: request.method,
      host: request.headers.host ?? "",
      target: request.raw.url ?? "",
      body,
      authorization: request.headers.authorization,
    };
    const verdict = verifyEdgeGrid(received, {
      secretFor: (clientToken, accessToken) => accountOf(clientToken, accessToken)?.credentials.clientSecret,
      windowMs: this.faults.clockWindowMs,
      clock: this.clock,
    });
    if (verdict.kind === "verified") {
      const { clientToken, accessToken } = verdict.authorization;
      return accountOf(clientToken, accessToken) ?? authentication.badSignature();
    }
    switch (verdict.reason) {
      case "timestamp":
        return authentication.badTimestamp();
      case "signature":
        return authentication.badSignature();
      case "missing":
      case "malformed":
      case "body-too-long":
        return authentication.badHeader();
    }
  }

  private happens(rate: number): boolean {
    return rate > 0 && this.random() < rate;
  }

  private async pause({ least, most }: Span): Promise<void> {
    if (most > 0) await (this.options.sleep ?? realSleep)(least + this.random() * (most - least));
  }
}

function respond(outcome: Outcome, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (outcome === "drop") {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  return reply
    .code(outcome.status)
    .headers({ "content-type": "application/json", ...outcome.headers })
    .send(outcome.body === undefined ? undefined : Buffer.from(JSON.stringify(outcome.body)));
}

function newCredentials(): Omit<EdgeGridCredentials, "host"> {
  const token = () => `akab-${randomBytes(8).toString("hex")}-${randomBytes(8).toString("hex")}`;
  return { clientToken: token(), accessToken: token(), clientSecret: randomBytes(32).toString("base64") };
}
