/**
 * The sandbox from behind its counters, over HTTP on loopback: for programs in another process or another language. It
 * has no credentials and is for one user on one machine. Start here; each route is one row, and docs/reference/sandbox.md
 * has the same rows for people.
 */
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { AppError, toAppError } from "../../platform/errors";
import type { Sandbox } from "../start-sandbox";
import { managementRoutes } from "./management-routes";

export interface RunningManagement {
  /** Origin, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startManagement(sandbox: Sandbox): Promise<RunningManagement> {
  const app = fastify({ forceCloseConnections: true });
  app.addHook("onRequest", async (request) => refuseBrowsers(request));
  app.setErrorHandler((error, _request, reply) => answerError(error, reply));
  app.setNotFoundHandler((request, reply) =>
    answerError(new AppError("invalid_argument", `there is no ${request.method} ${request.url} here`), reply, 404),
  );
  for (const { method, path, answer } of managementRoutes(sandbox))
    app.route({
      method,
      url: path,
      handler: async (request, reply) => {
        const parameters = request.params as Readonly<Record<string, string>>;
        const query = request.query as Readonly<Record<string, string | undefined>>;
        const result = answer({ parameters, query, body: request.body ?? {} });
        return result === undefined ? reply.code(204).send() : reply.send(result);
      },
    });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
}

/** A page that is open on the same machine must not steer the sandbox. Its browser names the page in `Origin`. */
function refuseBrowsers({ headers }: FastifyRequest): void {
  if (headers.origin !== undefined || !/^127\.0\.0\.1:\d+$/.test(headers.host ?? ""))
    throw new AppError("invalid_argument", "the management API is not for web pages", {
      hint: "call it by its address, from a program",
    });
}

function answerError(thrown: unknown, reply: FastifyReply, status?: number): FastifyReply {
  const { code, message, hint } = toAppError(thrown, isBadRequest(thrown) ? "invalid_argument" : "internal");
  return reply.code(status ?? (code === "internal" ? 500 : 400)).send({ code, message, hint });
}

/** Fastify's own refusals: a body that is no JSON, too long, of another type. */
function isBadRequest(thrown: unknown): boolean {
  const { statusCode = 500 } = thrown as { readonly statusCode?: number };
  return statusCode < 500;
}
