/** The other side of a provider's socket, as core plays it: certificate, handshake line, HTTP/2 and gRPC frames. */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { spawn, type ChildProcess } from "node:child_process";
import { KeyObject, webcrypto, X509Certificate } from "node:crypto";
import { once } from "node:events";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

export interface ClientIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** As core makes one for each provider process: P-521, self-signed. */
export async function createClientIdentity(): Promise<ClientIdentity> {
  const algorithm = { name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth, x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }]),
    ],
  });
  return {
    certificatePem: certificate.toString("pem"),
    privateKeyPem: KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

export interface Handshake {
  readonly fields: readonly string[];
  readonly network: string;
  readonly address: string;
  readonly certificate: X509Certificate;
}

export class PluginProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly handshake: Handshake,
  ) {}

  /** Starts the bundle and reads its first line. */
  static async start(
    provider: string,
    core: ClientIdentity,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<PluginProcess> {
    const child = spawn(process.execPath, [provider], {
      env: {
        PATH: process.env.PATH,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "6,5",
        PLUGIN_CLIENT_CERT: core.certificatePem,
        ...environment,
      },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const fields = line.toString("utf8").trimEnd().split("|");
    return new PluginProcess(child, {
      fields,
      network: fields[2] ?? "",
      address: fields[3] ?? "",
      certificate: new X509Certificate(Buffer.from(fields[5] ?? "", "base64")),
    });
  }

  /** One gRPC call over a connection of its own; rejects where the connection is refused. */
  async call(path: string, request: Uint8Array, identity?: ClientIdentity): Promise<GrpcAnswer> {
    const socket = tls.connect({
      socket: this.dial(),
      servername: "localhost",
      ca: this.handshake.certificate.toString(),
      cert: identity?.certificatePem,
      key: identity?.privateKeyPem,
      ALPNProtocols: ["h2"],
    });
    const session = http2.connect("https://localhost", { createConnection: () => socket });
    try {
      return await unary(session, path, request);
    } finally {
      session.destroy();
    }
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, "exit");
    return this.child.exitCode;
  }

  private dial(): net.Socket {
    const { network, address } = this.handshake;
    const [host, port] = address.split(":");
    return network === "unix" ? net.connect(address) : net.connect({ host, port: Number(port) });
  }
}

export interface GrpcAnswer {
  readonly status: number;
  readonly message: string;
  readonly body: Buffer;
}

export function unary(session: http2.ClientHttp2Session, path: string, request: Uint8Array): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    session.on("error", reject);
    session.on("close", () => reject(new Error("connection closed")));
    const stream = session.request({ ":path": path, ":method": "POST", "content-type": "application/grpc" });
    const chunks: Buffer[] = [];
    let status: http2.IncomingHttpHeaders = {};
    stream.on("error", reject);
    stream.on("response", (headers: http2.IncomingHttpHeaders) => (status = headers));
    stream.on("trailers", (headers: http2.IncomingHttpHeaders) => (status = headers));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      if (status["grpc-status"] === undefined) return reject(new Error("the connection ended without an answer"));
      resolve({
        status: Number(status["grpc-status"]),
        message: decodeURIComponent(String(status["grpc-message"] ?? "")),
        body: Buffer.concat(chunks).subarray(5),
      });
    });
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(request.length, 1);
    stream.end(Buffer.concat([prefix, request]));
  });
}
