/**
 * Authorities that whoever runs us trusts beside the public ones: PEM files that NODE_EXTRA_CA_CERTS and
 * UNEXPIRED_EXTRA_CA_CERTS name. They count for the whole process, as in node. Entry points name them, and whoever opens
 * TLS connections asks here; nothing is read before the first one.
 *
 * Why not leave it to node: it reads NODE_EXTRA_CA_CERTS at each start, some 30 ms for a system's bundle even where
 * nothing is connected to, so the provider's launcher hands the name on in the second variable. And node forgets the
 * extra ones, like the public ones, wherever a `ca` of one's own is given.
 */
import { readFileSync } from "node:fs";
import tls, { type SecureContext } from "node:tls";
import { messageOf } from "./errors";
import { silentLogger, type Logger } from "./log";

type Environment = Readonly<Record<string, string | undefined>>;

class ExtraAuthorities {
  private readonly files: readonly string[];
  /** Whether node's default trust has all of them already. */
  private readonly isKnownToNode: boolean;
  private pem?: readonly string[];
  private shared?: SecureContext;

  constructor(
    { NODE_EXTRA_CA_CERTS: nodes, UNEXPIRED_EXTRA_CA_CERTS: ours }: Environment,
    private readonly logger: Logger,
  ) {
    this.files = [...new Set([ours, nodes])].filter((file) => file !== undefined && file !== "") as string[];
    this.isKnownToNode = !ours || ours === nodes;
  }

  secureContext(own: string | undefined): SecureContext | undefined {
    if (own !== undefined) return this.createContext([own]);
    return this.isKnownToNode ? undefined : (this.shared ??= this.createContext([]));
  }

  private createContext(own: readonly string[]): SecureContext {
    this.pem ??= this.files.flatMap((file) => this.read(file));
    return tls.createSecureContext({ ca: [...trustedByNode(), ...this.pem, ...own] });
  }

  /** What cannot be used is left out with a warning, as node does with its variable. */
  private read(file: string): string[] {
    const leaveOut = (why: string) => {
      this.logger.log("warn", `the extra authorities in ${file} are not trusted: ${why}`);
      return [];
    };
    try {
      const pem = readFileSync(file, "utf8");
      return /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(pem)
        ? [pem]
        : leaveOut("the file holds no certificate in PEM");
    } catch (error) {
      return leaveOut(messageOf(error));
    }
  }
}

let named = new ExtraAuthorities({}, silentLogger);

/** Says which authorities count from now on; where both variables are set, those of both files. Reads nothing yet. */
export function nameExtraAuthorities(environment: Environment, logger: Logger): void {
  named = new ExtraAuthorities(environment, logger);
}

/**
 * Trust for connections: public authorities, the named ones, and `own` as PEM text. Undefined where node's default
 * trust is just that. A file that cannot be used is a warning, not an error.
 */
export function secureContextTrusting(own?: string): SecureContext | undefined {
  return named.secureContext(own);
}

/** From Node 22.15 on these may be more than the public ones: the system's, where the user asked for them. */
function trustedByNode(): readonly string[] {
  const { getCACertificates } = tls as { readonly getCACertificates?: (type: "default") => readonly string[] };
  return getCACertificates?.("default") ?? tls.rootCertificates;
}
