/**
 * gRPC over HTTP/2, as much as Terraform's core uses: unary calls and streams that are held open. In place of a library
 * because it saves 40 ms at each of the three to five provider starts of a command.
 * Protocol: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
import { X509Certificate } from "node:crypto";
import http2 from "node:http2";
import type net from "node:net";
import tls from "node:tls";
import { messageOf } from "../../platform/errors";

export interface GrpcRoutes {
  /** Undefined means that there is no such call. */
  unary(path: string, request: Uint8Array): Promise<Uint8Array> | undefined;
  /** Server and bidirectional streams on which nothing is ever said. */
  readonly held: ReadonlySet<string>;
}

export interface TlsIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** The only client certificate that is let in. */
  readonly clientCertificatePem: string;
}

const Status = { Ok: 0, InvalidArgument: 3, ResourceExhausted: 8, Unimplemented: 12, Internal: 13 } as const;
type Status = (typeof Status)[keyof typeof Status];

export const maxMessageBytes = 256 * 1024 * 1024;

/** Compressed flag (0) and length. */
const prefixBytes = 5;

/** Plain text without an identity, which only reattach mode uses. The caller listens and closes. */
export function createGrpcServer(routes: GrpcRoutes, identity?: TlsIdentity): net.Server {
  // node's own limit of 10 MB per connection would break large states
  const plain = http2.createServer({ maxSessionMemory: 1024 });
  plain.on("stream", (stream, headers) => accept(stream, headers[":path"] ?? "", routes));
  return identity === undefined ? plain : tlsInFront(plain, identity);
}

/**
 * The client's certificate is compared and not verified against a list of authorities: one certificate is meant, its
 * bytes are known, and the handshake proves that the client has its key. Naming an authority would make node parse all
 * its built-in ones as well, 20 ms at every start.
 */
function tlsInFront(plain: http2.Http2Server, identity: TlsIdentity): tls.Server {
  const expected = new X509Certificate(identity.clientCertificatePem).raw;
  const options: tls.TlsOptions = {
    cert: identity.certificatePem,
    key: identity.privateKeyPem,
    ca: [],
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
  };
  return tls.createServer(options, (socket) => {
    const presented = socket.getPeerX509Certificate()?.raw;
    if (presented?.equals(expected) === true) plain.emit("connection", socket);
    else socket.destroy();
  });
}

function accept(stream: http2.ServerHttp2Stream, path: string, routes: GrpcRoutes): void {
  // a peer that goes away in the middle of a call is no news: the session's end is noticed elsewhere
  stream.on("error", () => undefined);
  if (routes.held.has(path)) {
    begin(stream);
    stream.resume();
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxMessageBytes + prefixBytes) {
      chunks.length = 0;
      stream.removeAllListeners("data");
      fail(stream, Status.ResourceExhausted, `message is larger than ${maxMessageBytes} bytes`);
    } else chunks.push(chunk);
  });
  stream.on("end", () => void respond(stream, path, Buffer.concat(chunks), routes));
}

async function respond(stream: http2.ServerHttp2Stream, path: string, body: Buffer, routes: GrpcRoutes): Promise<void> {
  if (stream.headersSent) return;
  if (body.length < prefixBytes || body.readUInt32BE(1) !== body.length - prefixBytes)
    return fail(stream, Status.InvalidArgument, "expected one message");
  if (body[0] !== 0) return fail(stream, Status.Unimplemented, "compression is not supported");
  try {
    const pending = routes.unary(path, body.subarray(prefixBytes));
    if (pending === undefined) return fail(stream, Status.Unimplemented, `unknown method ${path}`);
    const answer = await pending;
    if (stream.destroyed) return;
    begin(stream);
    const prefix = Buffer.alloc(prefixBytes);
    prefix.writeUInt32BE(answer.length, 1);
    stream.end(Buffer.concat([prefix, answer]));
  } catch (error) {
    fail(stream, Status.Internal, messageOf(error));
  }
}

function begin(stream: http2.ServerHttp2Stream): void {
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(Status.Ok) }));
  stream.respond({ ":status": 200, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
}

function fail(stream: http2.ServerHttp2Stream, status: Status, text: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc+proto",
      "grpc-status": String(status),
      "grpc-message": encodeURIComponent(text),
    },
    { endStream: true },
  );
}
