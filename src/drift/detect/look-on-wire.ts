import type { SecureContext } from "node:tls";
import { isAppError, messageOf } from "../../platform/errors";
import { mapLimited } from "../../platform/map-limited";
import type { AddressOptions } from "../../rollout/addresses-of";
import type { Address } from "../../rollout/connect-to";
import { lookAtHandshake } from "../../rollout/look-at-handshake";
import type { HeldResource } from "../plan/plan";
import { attachmentsHeld, type HeldAttachment } from "../verify/attachments-held";
import { ListenerFinder } from "../verify/find-listener";
import { servingPlace } from "../verify/serving-place";
import type { StateCertificate } from "./certificates-in-state";
import type { Sighting } from "./watched-certificate";

export interface WireOptions extends AddressOptions {
  /** @default node's trust */
  readonly trust?: SecureContext;
  readonly access: ConstructorParameters<typeof ListenerFinder>[1];
}

/** At a time, of one stack. */
const underWay = 16;

/** Nobody waits longer for a listener that answers. */
const handshakeMs = 5_000;

/**
 * What clients get where the state says that certificates are served, by ARN: one fresh handshake with every address for
 * every name. An address that does not answer is not asked for its other names. Errors: `aborted`.
 */
export async function lookOnWire(
  certificates: readonly StateCertificate[],
  held: readonly HeldResource[],
  options: WireOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Sighting[]>> {
  const finder = new ListenerFinder(held, options.access);
  const attachments = attachmentsHeld(held);
  const pairs = certificates.flatMap((certificate) =>
    attachments
      .filter(({ certificateArn }) => certificateArn === certificate.arn)
      .map((attachment) => ({ certificate, attachment })),
  );
  const seen = new Map<string, Sighting[]>();
  await mapLimited(pairs, underWay, async ({ certificate: { arn, names }, attachment }) => {
    const sightings = await lookAt(attachment, names, finder, options, signal);
    seen.set(arn, [...(seen.get(arn) ?? []), ...sightings]);
  });
  return seen;
}

async function lookAt(
  attachment: HeldAttachment,
  names: readonly string[],
  finder: ListenerFinder,
  options: WireOptions,
  signal: AbortSignal,
): Promise<Sighting[]> {
  const { address: servedBy } = attachment;
  const lost = (why: string): Sighting[] => [{ servedBy, at: servedBy, outcome: { state: "unseen", why } }];
  try {
    const { addresses, serverNames } = await servingPlace(attachment, names, finder, options, signal);
    if (typeof addresses === "string") return lost(addresses);
    const sightings: Sighting[] = [];
    for (const address of addresses)
      for (const serverName of serverNames) {
        const outcome = await shakeHands({ ...address, serverName }, options.trust, signal);
        sightings.push({ servedBy, at: `${address.host}:${address.port}`, serverName, outcome });
        if (outcome.state === "unseen") break;
      }
    return sightings;
  } catch (error) {
    if (signal.aborted) throw error;
    return lost(messageOf(error));
  }
}

async function shakeHands(
  target: Address & { readonly serverName?: string },
  trust: SecureContext | undefined,
  signal: AbortSignal,
): Promise<Sighting["outcome"]> {
  try {
    const { chain, refusal } = await lookAtHandshake({ ...target, timeoutMs: handshakeMs, signal }, trust);
    const [leaf] = chain;
    if (leaf === undefined) return { state: "unseen", why: "it showed no certificate" };
    const { serial, notAfter, names } = leaf;
    return { state: "served", serial, notAfter, names, refusal };
  } catch (error) {
    if (signal.aborted || !isAppError(error, "handshake_failed")) throw error;
    return { state: "unseen", why: String(error.facts.why) };
  }
}
