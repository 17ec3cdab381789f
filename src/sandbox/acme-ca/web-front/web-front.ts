/** HTTP in front of the operations: bodies, gate, nonces, headers (RFC 8555 6). */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AcmeCaContext } from "../acme-ca-context";
import type { AcmeRequest } from "./acme-message";
import { answerRequest, type FrontAnswer } from "./answer-request";
import { subjectOf } from "./request-subject";
import { matchRoute, type RouteMatch } from "./routes";

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
  const verdict = await passGate(context, match, body);
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
  const answer = await answerRequest(context, match?.route, request, verdict);
  if (verdict === "break-after") return void incoming.socket.destroy();
  write(context, request, answer, outgoing);
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

function passGate({ settings, store }: AcmeCaContext, match: RouteMatch | undefined, body: Buffer) {
  const operation = match?.route.operation ?? "unknown";
  const subject = subjectOf(store, operation, match?.parameters ?? [], body);
  return settings.gate.enter({ part: "acme", operation, subject });
}

/** By events: an async iterator over the body costs as much as checking the signature. */
function readBody(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestBody) incoming.destroy();
      else chunks.push(chunk);
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks)));
    incoming.on("error", reject);
    incoming.on("close", () => reject(new Error("the client went away")));
  });
}
