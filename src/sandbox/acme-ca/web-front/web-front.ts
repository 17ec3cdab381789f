/** HTTP in front of the operations: gate, faults, nonces, problem documents (RFC 8555 6). */
import type { IncomingMessage, ServerResponse } from "node:http";
import { messageOf } from "../../../platform/errors";
import type { AcmeCaContext } from "../acme-ca-context";
import { AcmeProblem, problems } from "../problems";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { subjectOf } from "./request-subject";
import { checkMethod, matchRoute, type Route, type RouteMatch } from "./routes";

const largestBody = 64 * 1024;

export async function serveRequest(
  context: AcmeCaContext,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const url = context.origin + (incoming.url ?? "/");
  const { pathname, searchParams } = new URL(url);
  const match = matchRoute(pathname);
  const body = await readBody(incoming);
  const verdict = match ? await passGate(context, match, body) : "serve";
  if (verdict === "break-before") return void incoming.socket.destroy();
  const request: AcmeRequest = {
    method: incoming.method ?? "GET",
    url,
    parameters: match?.parameters ?? [],
    query: searchParams,
    contentType: incoming.headers["content-type"] ?? "",
    body,
    address: incoming.socket.remoteAddress ?? "",
  };
  const answer = await answerWithFaults(context, match?.route, request);
  if (verdict === "break-after") return void incoming.socket.destroy();
  write(context, request, answer, outgoing);
}

interface FrontAnswer extends AcmeAnswer {
  /** Whether the answer comes from in front of the CA, which knows no nonces. */
  readonly withoutNonce?: boolean;
}

async function answerWithFaults(
  context: AcmeCaContext,
  route: Route | undefined,
  request: AcmeRequest,
): Promise<FrontAnswer> {
  const { faults, random, settings, closing } = context;
  if (random() < faults.slowAnswerShare) await settings.sleep(faults.slowAnswerMs, closing).catch(() => undefined);
  if (random() < faults.unavailableShare)
    return { ...problemAnswer(problems.serviceBusy(faults.unavailableRetryAfterSeconds)), withoutNonce: true };
  try {
    if (route === undefined) throw problems.notFound(`there is nothing at ${request.url}`);
    checkMethod(route, request.method);
    return await route.handle(context, request);
  } catch (error) {
    return problemAnswer(error instanceof AcmeProblem ? error : problems.serverInternal(messageOf(error)));
  }
}

function problemAnswer({ document, headers }: AcmeProblem): AcmeAnswer {
  return {
    status: document.status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: document,
  };
}

/** Every answer to a POST has a fresh nonce, problems too, and so has newNonce (RFC 8555 6.5, 7.2). */
function write(context: AcmeCaContext, request: AcmeRequest, answer: FrontAnswer, outgoing: ServerResponse): void {
  const isNewNonce = request.url === context.urls.newNonce;
  const { link = [], ...headers } = answer.headers ?? {};
  const index = `<${context.urls.directory}>;rel="index"`;
  const text = typeof answer.body === "object" ? JSON.stringify(answer.body) : (answer.body ?? "");
  outgoing.writeHead(answer.status, {
    ...(text === "" ? {} : { "content-type": "application/json" }),
    ...(answer.status === 204 ? {} : { "content-length": String(Buffer.byteLength(text)) }),
    ...(answer.withoutNonce || (request.method !== "POST" && !isNewNonce)
      ? {}
      : { "replay-nonce": context.nonces.issue() }),
    "cache-control": "public, max-age=0, no-cache, no-store",
    link: [index, ...link],
    ...(headers as Record<string, string>),
  });
  outgoing.end(request.method === "HEAD" ? "" : text);
}

function passGate({ settings, store }: AcmeCaContext, { route, parameters }: RouteMatch, body: Buffer) {
  const { operation } = route;
  return settings.gate.enter({ part: "acme", operation, subject: subjectOf(store, operation, parameters, body) });
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) incoming.destroy();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
