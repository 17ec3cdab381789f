/** Answers GET and HEAD, from memory, to whoever may connect. Nothing can be changed through it. */
import type { AddressInfo } from "node:net";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { AppError, messageOf } from "../../../platform/errors";
import type { Logger } from "../../../platform/log";
import { textAnswer, type Answer, type Routes } from "./answer";
import { isOwnHost } from "./is-own-host";

/** How long clients have to take their answers when the server closes, in milliseconds. */
const lingerMs = 2_000;

export interface ServerOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** By which others may call it, beside addresses and `localhost`. */
  readonly names: readonly string[];
  readonly routes: Routes;
  readonly logger: Logger;
}

export interface RunningServer {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** No page is kept, framed or guessed at, and none of them tells others where its reader came from. */
const headers: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Of what is no page. */
const strictestPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'";

/** Errors: `network` if it cannot listen. */
export async function startServer({ host, port, names, routes, logger }: ServerOptions): Promise<RunningServer> {
  const known = new Map(Object.entries(routes));

  const answerOf = async ({ method, headers: { host: called }, raw }: FastifyRequest): Promise<Answer> => {
    if (!isOwnHost(called, names)) return textAnswer(421, "this is not the name of this server: --name makes it one\n");
    if (method !== "GET" && method !== "HEAD") return textAnswer(405, "nothing can be changed here\n");
    // the path as it was sent: nothing is decoded, so nothing can mean something else
    const [path = "", query = ""] = (raw.url ?? "").split(/\?(.*)/s);
    const route = known.get(path);
    return route === undefined ? textAnswer(404, "there is nothing here\n") : route(new URLSearchParams(query));
  };

  const send = (reply: FastifyReply, { status, contentType, text, contentPolicy = strictestPolicy }: Answer) =>
    reply
      .status(status)
      .headers(headers)
      .headers(status === 405 ? { allow: "GET, HEAD" } : {})
      .header("content-security-policy", `${contentPolicy}; frame-ancestors 'none'`)
      .header("content-type", contentType)
      .send(text);

  const fail = (error: unknown, _request: FastifyRequest, reply: FastifyReply) => {
    const { statusCode = 500 } = error as { statusCode?: number };
    if (statusCode >= 500) logger.log("error", `a page cannot be shown: ${messageOf(error)}`);
    const text = statusCode < 500 ? "the request cannot be read\n" : "this page cannot be shown: see the log\n";
    return send(reply, textAnswer(statusCode < 500 ? statusCode : 500, text));
  };

  const app = fastify({
    bodyLimit: 1024,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    requestTimeout: 10_000,
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.setErrorHandler(fail);
  const handle = async (request: FastifyRequest, reply: FastifyReply) => send(reply, await answerOf(request));
  app.setNotFoundHandler(handle);
  app.all("*", handle);
  await app.listen({ host, port }).catch((error: unknown) => {
    throw new AppError("network", `cannot listen on ${host}:${port}: ${messageOf(error)}`, {
      hint: "name another address with --listen",
      cause: error,
    });
  });
  const address = app.server.address() as AddressInfo;
  return {
    host: address.address,
    port: address.port,
    close: async () => {
      // who does not take its answer keeps nobody waiting
      const late = setTimeout(() => app.server.closeAllConnections(), lingerMs);
      await app.close().finally(() => clearTimeout(late));
    },
  };
}
