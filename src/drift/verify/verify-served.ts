/**
 * Whether clients get what a renewal made, by fresh handshakes with everything in the stack that serves it. A listener
 * may serve certificates of others as well, and one of them may be the better match for a name: so a place is wrong if
 * it still serves what was renewed, and right once it does not; somewhere the new one must be served.
 */
import type { SecureContext } from "node:tls";
import type { Clock, Sleep } from "../../platform/clock";
import { AppError, isAppError } from "../../platform/errors";
import { mapLimited } from "../../platform/map-limited";
import type { AddressOptions } from "../../rollout/addresses-of";
import type { Address } from "../../rollout/connect-to";
import { lookAtHandshake } from "../../rollout/look-at-handshake";
import type { HeldResource } from "../plan/plan";
import { attachmentsHeld, certificatesHeld, type HeldCertificate } from "./attachments-held";
import { ListenerFinder } from "./find-listener";
import { servingPlace } from "./serving-place";

/** A certificate that was seen on the wire. */
export interface ServedCertificate {
  /** Of its resource. */
  readonly certificate: string;
  readonly serial: string;
  /** Of the resource that serves it. */
  readonly servedBy: string;
  /** `host:port`. */
  readonly at: string;
  /** Undefined: no name was sent. */
  readonly serverName?: string;
}

export interface Renewed {
  readonly before: readonly HeldResource[];
  readonly after: readonly HeldResource[];
}

/** Errors: `handshake_failed`, naming what is wrong when the time is over; those of AWS. */
export type VerifyServed = (renewed: Renewed, signal: AbortSignal) => Promise<ServedCertificate[]>;

export interface VerifyOptions extends AddressOptions {
  /** @default node's trust */
  readonly trust?: SecureContext;
  readonly access: ConstructorParameters<typeof ListenerFinder>[1];
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** How long AWS may take until every address serves a change. */
  readonly waitMs: number;
}

interface Place {
  readonly certificate: HeldCertificate;
  readonly formerSerial: string;
  readonly servedBy: string;
  readonly address: Address;
  readonly serverName?: string;
}

const pauseMs = 1_000;
const concurrency = 16;

export function verifyServed(options: VerifyOptions): VerifyServed {
  return async (renewed, signal) => {
    const places = await placesOf(renewed, options, signal);
    const until = options.clock.now().getTime() + options.waitMs;
    for (;;) {
      const seen = await mapLimited(places, concurrency, (place) => look(place, options, signal));
      const wrong = [...seen.flatMap(({ wrong: why }) => why ?? []), ...servedNowhere(places, seen)];
      if (wrong.length === 0) return seen.flatMap(({ served }) => served ?? []);
      if (options.clock.now().getTime() >= until) throw notServed(wrong);
      await options.sleep(pauseMs, signal);
    }
  };
}

async function placesOf({ before, after }: Renewed, options: VerifyOptions, signal: AbortSignal): Promise<Place[]> {
  const former = new Map(certificatesHeld(before).map(({ arn, serial }) => [arn, serial]));
  const renewed = certificatesHeld(after).filter(({ arn, serial }) => (former.get(arn) ?? serial) !== serial);
  const finder = new ListenerFinder(after, options.access);
  const places = new Map<string, Place>();
  for (const attachment of attachmentsHeld(after)) {
    const { address: servedBy, certificateArn } = attachment;
    const certificate = renewed.find(({ arn }) => arn === certificateArn);
    if (certificate === undefined) continue;
    const { addresses, serverNames } = await servingPlace(attachment, certificate.names, finder, options, signal);
    if (typeof addresses === "string") throw notServed([addresses]);
    for (const address of addresses)
      for (const serverName of serverNames) {
        const key = `${certificateArn} ${address.host}:${address.port} ${serverName ?? ""}`;
        const formerSerial = former.get(certificateArn) ?? "";
        if (!places.has(key)) places.set(key, { certificate, formerSerial, servedBy, address, serverName });
      }
  }
  return [...places.values()];
}

interface Seen {
  readonly wrong?: string;
  readonly served?: ServedCertificate;
}

async function look(place: Place, { trust }: VerifyOptions, signal: AbortSignal): Promise<Seen> {
  const { certificate, formerSerial, servedBy, address, serverName } = place;
  const at = `${address.host}:${address.port}`;
  const where = `${servedBy} at ${at} ${serverName === undefined ? "without a name" : `for ${serverName}`}`;
  try {
    const { chain, refusal } = await lookAtHandshake({ ...address, serverName, signal }, trust);
    const serial = chain[0]?.serial;
    if (serial === formerSerial) return { wrong: `${where}: still the former certificate` };
    if (refusal !== undefined) return { wrong: `${where}: ${refusal}` };
    return serial === certificate.serial
      ? { served: { certificate: certificate.address, serial, servedBy, at, serverName } }
      : {};
  } catch (error) {
    if (!isAppError(error, "handshake_failed") || signal.aborted) throw error;
    return { wrong: `${where}: ${String(error.facts.why)}` };
  }
}

/** What has a place to be served at, and is served at none. */
function servedNowhere(places: readonly Place[], seen: readonly Seen[]): string[] {
  const addresses = [...new Set(places.map(({ certificate }) => certificate.address))];
  return addresses
    .filter((address) => seen.every(({ served }) => served?.certificate !== address))
    .map((address) => `${address}: served nowhere`);
}

function notServed(wrong: readonly string[]): AppError {
  const more = wrong.length > 3 ? ` and ${wrong.length - 3} more` : "";
  return new AppError(
    "handshake_failed",
    `the renewal was applied, and is not served everywhere: ${wrong.slice(0, 3).join("; ")}${more}`,
    {
      hint: "if clients are fine, say under verify in drift-check.yaml which roots they trust and where listeners are; handshakes: false looks at none",
      facts: { wrong },
    },
  );
}
