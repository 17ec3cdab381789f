/** What is really served: fresh handshakes with every address of every serving point, without SNI and with each name. */
import type { SecureContext } from "node:tls";
import { abortedError } from "../../platform/clock";
import { isAppError } from "../../platform/errors";
import { mapLimited } from "../../platform/map-limited";
import { lookAtHandshake } from "../../rollout/look-at-handshake";
import { addressesOf, type AddressOptions } from "../../rollout/addresses-of";
import type { Address } from "../../rollout/connect-to";
import type {
  Attachment,
  ScannedCertificate,
  ServedCertificate,
  ServingPoint,
  WireObservation,
  WireOutcome,
} from "./estate";
import { nameOf } from "./stored-chain";

export interface HandshakeOptions extends AddressOptions {
  /** @default node's trust */
  readonly trust?: SecureContext;
  /** Of one handshake. @default 5,000 ms */
  readonly timeoutMs?: number;
  /** @default 32 */
  readonly concurrency?: number;
}

export interface WireSubject {
  readonly points: readonly ServingPoint[];
  readonly attachments: readonly Attachment[];
  readonly certificates: readonly ScannedCertificate[];
}

export interface ObserveRun {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

interface Probe extends Address {
  readonly point: ServingPoint;
  readonly serverName?: string;
}

/** An address that did not answer is not asked for its other names. */
export async function observeWire(
  { points, attachments, certificates }: WireSubject,
  options: HandshakeOptions,
  { onProgress, signal }: ObserveRun = {},
): Promise<WireObservation[]> {
  const { concurrency = 32 } = options;
  const namesByArn = new Map(certificates.map(({ arn, names }) => [arn, names]));
  const live = points.filter(({ disabled, id }) => !disabled && attachments.some(({ point }) => point.id === id));
  const planned = await mapLimited(live, concurrency, async (point) => {
    const held = attachments.filter((each) => each.point.id === point.id);
    const names = serverNames(
      point,
      held.flatMap(({ certificateArn }) => namesByArn.get(certificateArn) ?? []),
    );
    const addresses = await addressesOf(point, options);
    if (typeof addresses === "string") return { point, unresolved: addresses };
    return { point, runs: addresses.map((address) => names.map((serverName) => ({ point, ...address, serverName }))) };
  });
  const unresolved = planned.flatMap(({ point, unresolved: why }) => (why === undefined ? [] : [lost(point, why)]));
  const runs = planned.flatMap(({ runs: own = [] }) => own);
  const total = runs.reduce((sum, run) => sum + run.length, 0);
  let done = 0;
  onProgress?.(done, total);
  const seen = await mapLimited(runs, concurrency, async (run) => {
    const observed: WireObservation[] = [];
    for (const probe of run) {
      const observation = await shake(probe, options, signal);
      observed.push(observation);
      onProgress?.(++done, total);
      if (observation.outcome.state === "unreachable") break;
    }
    return observed;
  });
  return [...unresolved, ...seen.flat()];
}

/** A name that a wildcard stands for, and that hardly has a certificate of its own. */
const label = "unexpired-check";

/**
 * What clients may ask for. Without a name only where something answers such clients: CloudFront and API Gateway need
 * SNI to know whose certificate is meant.
 */
function serverNames({ kind, names }: ServingPoint, held: readonly string[]): readonly (string | undefined)[] {
  const concrete = (name: string) => name.replace(/^\*\./, `${label}.`);
  if (names.length > 0) return [...new Set(names.map(concrete))];
  const bySni = [...new Set(held.map(concrete))];
  return kind === "distribution" ? bySni : [undefined, ...bySni];
}

function lost(point: ServingPoint, why: string): WireObservation {
  return { point, address: point.hostName, port: point.port, outcome: { state: "unreachable", why } };
}

async function shake(
  { point, ...address }: Probe,
  options: HandshakeOptions,
  signal: AbortSignal | undefined,
): Promise<WireObservation> {
  const { host, port, serverName } = address;
  return { point, address: host, port, serverName, outcome: await shakeHandsWith(address, options, signal) };
}

/** One handshake with one address. Errors: `aborted` alone. */
export async function shakeHandsWith(
  { host, port, serverName }: Address & { readonly serverName?: string },
  { trust, timeoutMs = 5_000 }: HandshakeOptions,
  signal: AbortSignal | undefined,
): Promise<WireOutcome> {
  try {
    const { chain, refusal } = await lookAtHandshake({ host, port, serverName, timeoutMs, signal }, trust);
    return { state: "served", chain: chain.map(named), refusal };
  } catch (error) {
    if (signal?.aborted) throw abortedError(signal);
    if (!isAppError(error, "handshake_failed")) throw error;
    return { state: "unreachable", why: String(error.facts.why) };
  }
}

function named(certificate: ServedCertificate): ServedCertificate {
  return { ...certificate, subject: nameOf(certificate.subject), issuer: nameOf(certificate.issuer) };
}
