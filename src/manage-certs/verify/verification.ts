/** What `manage-certs verify` found. Types only; start reading in `verify-targets.ts`. */
import type { ScanFailure, ServingPoint, WireOutcome } from "../scan/estate";

export interface Verification {
  readonly verifiedAt: Date;
  readonly targets: readonly VerifiedTarget[];
  /** What AWS did not let us look at. */
  readonly failures: readonly ScanFailure[];
}

export interface VerifiedTarget {
  /** For people: `web:443`, `E2QWRUHAPOMQZL`, `www.example.gov:443`. */
  readonly name: string;
  /** Undefined for a host that was named with its port, of which AWS was not asked. */
  readonly point?: ServingPoint;
  /** Out of reach: nothing there can be seen from here, and that is so by design. */
  readonly state: "good" | "wrong" | "out of reach";
  /** Why it is out of reach. */
  readonly why?: string;
  readonly handshakes: readonly VerifiedHandshake[];
  /** Of all handshakes, and of the target as a whole. */
  readonly problems: readonly Problem[];
}

/** One handshake with one address. */
export interface VerifiedHandshake {
  readonly address: string;
  readonly port: number;
  /** The name that was sent; undefined where none was. */
  readonly serverName?: string;
  readonly outcome: WireOutcome;
  /** ARN of what should be served by what AWS says is attached; undefined where that is not known. */
  readonly expectedArn?: string;
  readonly problems: readonly Problem[];
}

export interface Problem {
  /**
   * No handshake; a client would refuse what is served; it is another certificate than the one attached; or a
   * certificate is attached that no client gets.
   */
  readonly kind: "unreachable" | "refused" | "other-certificate" | "shadowed";
  /** A sentence without a final stop. */
  readonly message: string;
  readonly hint?: string;
}
