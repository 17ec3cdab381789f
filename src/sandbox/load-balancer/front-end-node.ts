import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import { peekServerName } from "./peek-client-hello";
import { selectCertificate } from "./select-certificate";
import type { ServedCertificate, ServedListener } from "./served-listener";

/** One of the machines behind a listener's address. It is handed its connections and listens nowhere itself. */
export class FrontEndNode {
  /** A server per certificate, made when the certificate is first chosen. */
  private servers = new Map<ServedCertificate, Server>();

  constructor(
    private served: ServedListener,
    private readonly now: () => Date,
  ) {}

  accept(socket: Socket): void {
    peekServerName(socket).then(
      (serverName) => {
        const certificate = selectCertificate(this.served, serverName, this.now());
        this.serverFor(certificate).emit("connection", socket);
      },
      // A client that leaves before it has said anything is its own business.
      () => socket.destroy(),
    );
  }

  /** Handshakes under way and connections that stand keep what they have; the next ones get this. */
  serve(served: ServedListener): void {
    this.served = served;
    this.servers = new Map();
  }

  private serverFor(certificate: ServedCertificate): Server {
    const server = this.servers.get(certificate) ?? this.createServer(certificate, this.served.fixedResponse);
    this.servers.set(certificate, server);
    return server;
  }

  private createServer(certificate: ServedCertificate, fixedResponse = unavailable): Server {
    const { status, contentType, body } = fixedResponse;
    return createServer(tlsOptions(certificate), (_, response) => {
      response.writeHead(status, { "content-type": contentType }).end(body);
    }).on("tlsClientError", (_, socket) => socket.destroy());
  }
}

/** What a load balancer without targets answers (ALB user guide, "Troubleshooting", HTTP 503). */
const unavailable = { status: 503, contentType: "text/plain", body: "no targets\n" };

function tlsOptions({ certificatePem, chainPem, privateKeyPem }: ServedCertificate) {
  return { cert: `${certificatePem.trim()}\n${chainPem}`, key: privateKeyPem, minVersion: "TLSv1.2" as const };
}
