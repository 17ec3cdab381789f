/**
 * The HTTP surface. One route takes everything: what a path means is decided on its raw octets, after the signature over
 * them has been checked.
 */
import { randomUUID } from "node:crypto";
import type { AddressInfo, Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { Server as TlsServer } from "node:tls";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { maxSignedBody } from "../../akamai/edgegrid-signature";
import { messageOf } from "../../platform/errors";
import type { Authenticator } from "../identity/authenticate";
import { isInNetworks } from "../identity/source-networks";
import type { TlsIdentity } from "../load-rules";
import type { ProxyParts } from "../operations/call";
import { answer, type Answer } from "./answer";
import { answerTokenRequest, type TokenRequestParts } from "./answer-token-request";
import { discardBody } from "./discard-body";
import { operatorRoutes, type OperatorParts } from "./operator-routes";
import { badRequest, bodyTooLong, serverError, unavailable, type Problem, type Reply } from "./problem";
import { RequestsInWork } from "./requests-in-work";

/** How long clients have to take their answers when the server closes, in milliseconds. */
const lingerMs = 5_000;

export interface ServerOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Undefined is plain HTTP, for behind a TLS terminator only. */
  readonly tls?: TlsIdentity;
  /** Asked once per request. */
  readonly inForce: () => InForce;
  readonly operator: OperatorParts;
}

/** The rules that count at one moment. */
export interface InForce {
  readonly parts: ProxyParts;
  readonly authenticator: Authenticator;
  /** For requests that have no credentials yet. */
  readonly tokens: TokenRequestParts;
  /** Networks that may read the metrics. */
  readonly metricsCidrs: readonly string[];
}

export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** Serves new connections with another certificate; of TLS servers only. */
  useIdentity(identity: TlsIdentity): void;
  /** Requests that were not answered yet. */
  readonly inWork: number;
  /** Takes no more connections and resolves when all that requests in work set off has ended, also where nobody waits. */
  close(): Promise<void>;
}

export async function startServer({ host, port, tls, inForce, operator }: ServerOptions): Promise<RunningServer> {
  let isClosing = false;
  const inWork = new RequestsInWork();
  const connections = new ConnectionNames();

  const send = (request: FastifyRequest, reply: FastifyReply, requestId: string, answered: Reply | Problem) => {
    reply.status(answered.status);
    if (answered.headers !== undefined) reply.headers(answered.headers);
    if (requestId !== "") reply.header("x-request-id", requestId);
    if (isClosing) reply.header("connection", "close");
    const isProblem = "title" in answered;
    if ("text" in answered) {
      if (!reply.hasHeader("content-type")) reply.header("content-type", "text/plain; charset=utf-8");
      return reply.send(answered.text);
    }
    if (!isProblem && answered.body === undefined) return reply.send();
    const body = isProblem
      ? problemBody(answered, requestId, request.method, inForce().parts.clock.now())
      : answered.body;
    // with a serializer fastify adds no charset, which is not what Akamai sends; text goes out in one piece with its head
    return reply
      .header("content-type", isProblem ? "application/problem+json" : "application/json")
      .serializer(asItIs)
      .send(JSON.stringify(body));
  };

  /** Sends the answer, counts it and logs it. */
  const serve = (request: FastifyRequest, reply: FastifyReply, work: (rules: InForce) => Promise<Answer>) =>
    inWork.run(async () => {
      const began = performance.now();
      const rules = inForce();
      const { requestId, reply: answered, operation = "none", client = "", refusal } = await work(rules);
      const { status } = answered;
      const seconds = (performance.now() - began) / 1000;
      operator.metrics.answered({ operation, client, status, seconds });
      if (refusal !== undefined) operator.metrics.refused(refusal);
      const { method } = request;
      rules.parts.logger.log("debug", "request", { requestId, client, method, operation, status, seconds });
      return send(request, reply, requestId, answered);
    });

  const handle = (request: FastifyRequest, reply: FastifyReply) =>
    serve(request, reply, ({ parts, authenticator }) => {
      const { method, url: target = "", headers, socket } = request.raw;
      return answer(parts, authenticator, {
        method: method ?? "",
        target,
        host: headers.host ?? "",
        authorization: headers.authorization,
        body: bodyOf(request),
        remoteAddress: socket.remoteAddress ?? "",
        connection: connections.of(socket),
      });
    });

  const handleToken = (request: FastifyRequest, reply: FastifyReply) =>
    serve(request, reply, async ({ tokens }) => {
      const { headers, socket } = request.raw;
      const answered = await answerTokenRequest(tokens, {
        host: headers.host ?? "",
        authorization: headers.authorization,
        accept: headers.accept,
        body: bodyOf(request),
        remoteAddress: socket.remoteAddress ?? "",
      });
      return { ...answered, operation: "token" };
    });

  const fail = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = failureOf(error);
    if (!request.raw.complete) await discardBody(request.raw);
    inForce().parts.logger.log("warn", messageOf(error), { method: request.method });
    operator.metrics.answered({ operation: "none", client: "", status: problem.status, seconds: 0 });
    return send(request, reply, "", problem);
  };

  const app = fastify({
    https: tls === undefined ? null : contextOf(tls),
    bodyLimit: maxSignedBody,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    requestTimeout: 30_000,
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.setErrorHandler(fail);
  app.setNotFoundHandler(handle);
  for (const [path, answerTo] of Object.entries(operatorRoutes))
    app.get(path, async (request, reply) => {
      const mayReadMetrics = () => isInNetworks(request.raw.socket.remoteAddress ?? "", inForce().metricsCidrs);
      return send(request, reply, "", await answerTo(operator, mayReadMetrics));
    });
  app.post("/unexpired/v1/token", handleToken);
  app.all("*", handle);
  await app.listen({ host, port });
  const address = app.server.address() as AddressInfo;
  return {
    host: address.address,
    port: address.port,
    useIdentity: ({ certificate, privateKey }) => {
      if (app.server instanceof TlsServer) app.server.setSecureContext(contextOf({ certificate, privateKey }));
    },
    get inWork() {
      return inWork.size;
    },
    close: async () => {
      isClosing = true;
      const closed = app.close();
      await inWork.none();
      // who does not take its answer keeps nobody waiting
      const late = setTimeout(() => app.server.closeAllConnections(), lingerMs);
      await closed.finally(() => clearTimeout(late));
      // kept connections may have brought more meanwhile
      await inWork.none();
    },
  };
}

function asItIs(text: string): string {
  return text;
}

function bodyOf({ body }: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function contextOf({ certificate, privateKey }: TlsIdentity) {
  return { cert: certificate, key: privateKey, minVersion: "TLSv1.2" } as const;
}

/** Names sockets as long as they live. No two replicas use the same name. */
class ConnectionNames {
  private readonly names = new WeakMap<Socket, string>();
  private readonly server = randomUUID();
  private last = 0;

  of(socket: Socket): string {
    const known = this.names.get(socket);
    if (known !== undefined) return known;
    const name = `${this.server}/${++this.last}`;
    this.names.set(socket, name);
    return name;
  }
}

function problemBody({ type, title, status, detail }: Problem, requestId: string, method: string, now: Date) {
  return { type, title, status, detail, instance: requestId, requestId, method, requestTime: now.toISOString() };
}

/** Errors of the framework: before any of our own code has seen the request. */
function failureOf(error: unknown): Problem {
  const { statusCode = 500, code } = error as { statusCode?: number; code?: string };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return bodyTooLong();
  if (statusCode === 503) return unavailable("this proxy is stopping");
  return statusCode < 500 ? badRequest("the request cannot be read") : serverError("this proxy failed");
}
