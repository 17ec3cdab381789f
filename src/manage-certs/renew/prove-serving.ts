/**
 * Whether a certificate is really served, by fresh handshakes. What is expected after a change is what was seen before
 * it: wherever clients got the old certificate, they must get the new one, at every address.
 */
import type { Clock, Sleep } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import type { Attachment, ScannedCertificate, WireObservation } from "../scan/estate";
import { observeWire, type HandshakeOptions } from "../scan/observe-wire";

/** A handshake that gave a certificate, and is to give its successor. */
export type ServingPlace = Pick<WireObservation, "point" | "address" | "port" | "serverName">;

export interface ProveParts {
  readonly handshakes: HandshakeOptions;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** How long AWS may take until every address serves a change. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/** Between two looks at places that still serve something else. */
const pauseMs = 1_000;

/**
 * Where clients get a certificate with one of these serials now, of the places that these attachments stand for. What
 * they get at one address of a listener they are to get at all: an address that has something else counts as well.
 */
export async function placesServing(
  serials: readonly (string | undefined)[],
  certificate: ScannedCertificate,
  attachments: readonly Attachment[],
  { handshakes, signal }: ProveParts,
): Promise<ServingPlace[]> {
  const observations = await look(certificate, attachments, handshakes, signal);
  const served = observations.flatMap(({ outcome, ...place }) =>
    outcome.state === "served" ? [{ ...place, serial: outcome.chain[0]?.serial }] : [],
  );
  const ours = served.filter(({ serial }) => serials.includes(serial));
  return served.filter((place) =>
    ours.some(({ point, serverName }) => point.id === place.point.id && serverName === place.serverName),
  );
}

/**
 * Resolves when every place serves the certificate with this serial, complete and trusted, or not at all where somebody
 * else's is served instead. Errors: `handshake_failed`, naming what is still wrong when the time is over.
 */
export async function proveServing(
  serial: string,
  places: readonly ServingPlace[],
  subject: { readonly certificate: ScannedCertificate; readonly attachments: readonly Attachment[] },
  { handshakes, clock, sleep, waitMs, signal }: ProveParts,
): Promise<void> {
  const until = clock.now().getTime() + waitMs;
  for (;;) {
    const seen = await look(subject.certificate, subject.attachments, handshakes, signal);
    const wrong = places.flatMap((place) => whatIsWrong(place, serial, seen) ?? []);
    if (wrong.length === 0) return;
    if (clock.now().getTime() >= until) throw notServed(serial, wrong);
    await sleep(pauseMs, signal);
  }
}

function look(
  certificate: ScannedCertificate,
  attachments: readonly Attachment[],
  handshakes: HandshakeOptions,
  signal: AbortSignal | undefined,
): Promise<WireObservation[]> {
  const points = [...new Map(attachments.map(({ point }) => [point.id, point])).values()];
  // whatever is attached there by now, it is the names of this certificate that are asked for
  const held = attachments.map((attachment) => ({ ...attachment, certificateArn: certificate.arn }));
  return observeWire({ points, attachments: held, certificates: [certificate] }, handshakes, { signal });
}

function whatIsWrong(place: ServingPlace, serial: string, seen: readonly WireObservation[]): string | undefined {
  const there = seen.filter(
    ({ point, address, port }) => point.id === place.point.id && address === place.address && port === place.port,
  );
  // an address that did not answer is not asked for its other names
  const found =
    there.find(({ serverName }) => serverName === place.serverName) ??
    there.find(({ outcome }) => outcome.state === "unreachable");
  const where = `${place.point.name} at ${place.address}:${place.port} ${place.serverName === undefined ? "without a name" : `for ${place.serverName}`}`;
  if (found === undefined) return `${where}: not reached`;
  const { outcome } = found;
  if (outcome.state === "unreachable") return `${where}: ${outcome.why}`;
  const served = outcome.chain[0]?.serial;
  if (served !== serial) return `${where}: serves serial ${served ?? "none"}`;
  return outcome.refusal === undefined ? undefined : `${where}: ${outcome.refusal}`;
}

function notServed(serial: string, wrong: readonly string[]): AppError {
  const more = wrong.length > 3 ? ` and ${wrong.length - 3} more` : "";
  return new AppError(
    "handshake_failed",
    `serial ${serial} is not served everywhere: ${wrong.slice(0, 3).join("; ")}${more}`,
    {
      hint: "if clients are fine, say with verify.roots which roots they trust, and with verify.waitSeconds how long AWS may take",
      facts: { serial, wrong },
    },
  );
}
