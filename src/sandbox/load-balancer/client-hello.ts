/**
 * Reads the server name out of a TLS ClientHello (RFC 8446 4.1.2; RFC 6066 3). Node's own SNICallback does not do for
 * a load balancer: it adds the chosen certificate to the default one, and a client that takes both kinds of key is then
 * shown the ECDSA default where the name has an RSA certificate.
 */
export type ClientHello =
  | { readonly state: "incomplete" }
  /** Something else than a ClientHello; a TLS server will say so. */
  | { readonly state: "unreadable" }
  | { readonly state: "read"; readonly serverName?: string };

const handshakeRecord = 22;
const clientHelloMessage = 1;
const serverNameExtension = 0;
const hostName = 0;

export function readClientHello(octets: Buffer): ClientHello {
  const message = handshakeMessage(octets);
  if (message === undefined || message === "incomplete") return { state: message ?? "unreadable" };
  try {
    return { state: "read", serverName: serverName(new Cursor(message)) };
  } catch {
    return { state: "unreadable" };
  }
}

/** The first handshake message without its header; it may be spread over several records. */
function handshakeMessage(octets: Buffer): Buffer | "incomplete" | undefined {
  let message: Buffer = Buffer.alloc(0);
  for (let at = 0; ;) {
    if (message.length >= 4) {
      if (message[0] !== clientHelloMessage) return undefined;
      const end = 4 + message.readUIntBE(1, 3);
      if (message.length >= end) return message.subarray(4, end);
    }
    if (octets.length < at + 5)
      return octets[at] === undefined || octets[at] === handshakeRecord ? "incomplete" : undefined;
    if (octets[at] !== handshakeRecord) return undefined;
    const next = at + 5 + octets.readUInt16BE(at + 3);
    if (octets.length < next) return "incomplete";
    message = Buffer.concat([message, octets.subarray(at + 5, next)]);
    at = next;
  }
}

function serverName(hello: Cursor): string | undefined {
  hello.take(2 + 32);
  hello.takeVector(1);
  hello.takeVector(2);
  hello.takeVector(1);
  if (hello.isAtEnd()) return undefined;
  const extensions = new Cursor(hello.takeVector(2));
  while (!extensions.isAtEnd()) {
    const type = extensions.takeNumber(2);
    const content = extensions.takeVector(2);
    if (type !== serverNameExtension) continue;
    const names = new Cursor(new Cursor(content).takeVector(2));
    if (names.takeNumber(1) === hostName) return names.takeVector(2).toString("latin1");
  }
  return undefined;
}

/** Reads from front to back; throws a RangeError behind the end. */
class Cursor {
  private at = 0;

  constructor(private readonly octets: Buffer) {}

  isAtEnd(): boolean {
    return this.at >= this.octets.length;
  }

  take(length: number): Buffer {
    if (this.at + length > this.octets.length) throw new RangeError("the message ends too early");
    return this.octets.subarray(this.at, (this.at += length));
  }

  takeNumber(length: number): number {
    return this.take(length).readUIntBE(0, length);
  }

  /** Octets behind their own length. */
  takeVector(lengthOfLength: number): Buffer {
    return this.take(this.takeNumber(lengthOfLength));
  }
}
