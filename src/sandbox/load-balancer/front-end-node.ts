import { createServer, type Server } from "node:https";
import { createSecureContext, type SecureContext } from "node:tls";
import type { Socket } from "node:net";
import { selectCertificate } from "./select-certificate";
import type { ServedCertificate, ServedListener } from "./served-listener";

/** One of the machines behind a listener's address. It is handed its connections and listens nowhere itself. */
export class FrontEndNode {
  private readonly server: Server;
  private contexts = new Map<ServedCertificate, SecureContext>();

  constructor(
    private served: ServedListener,
    private readonly now: () => Date,
  ) {
    this.server = createServer(
      {
        ...tlsOptions(served.defaultCertificate),
        SNICallback: (serverName, done) => done(null, this.contextFor(serverName)),
      },
      (_, response) => {
        const { status, contentType, body } = this.served.fixedResponse ?? unavailable;
        response.writeHead(status, { "content-type": contentType }).end(body);
      },
    );
    // A client that breaks off a handshake is its own business.
    this.server.on("tlsClientError", () => undefined);
  }

  accept(socket: Socket): void {
    this.server.emit("connection", socket);
  }

  /** Handshakes under way and connections that stand keep what they have; the next ones get this. */
  serve(served: ServedListener): void {
    this.served = served;
    this.contexts = new Map();
    this.server.setSecureContext(tlsOptions(served.defaultCertificate));
  }

  close(): void {
    this.server.closeAllConnections();
  }

  private contextFor(serverName: string): SecureContext {
    const certificate = selectCertificate(this.served, serverName, this.now());
    const context = this.contexts.get(certificate) ?? createSecureContext(tlsOptions(certificate));
    this.contexts.set(certificate, context);
    return context;
  }
}

const unavailable = { status: 503, contentType: "text/plain", body: "no targets\n" };

function tlsOptions({ certificatePem, chainPem, privateKeyPem }: ServedCertificate) {
  return { cert: `${certificatePem.trim()}\n${chainPem}`, key: privateKeyPem, minVersion: "TLSv1.2" as const };
}
