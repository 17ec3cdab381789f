import { addressesOf, type AddressOptions, type Reachable } from "../../rollout/addresses-of";
import type { Address } from "../../rollout/connect-to";
import type { AttachedAt, HeldAttachment } from "./attachments-held";
import type { ListenerFinder } from "./find-listener";

/** Where clients get a certificate by one attachment. */
export interface ServingPlace {
  /** A text says why there is none. */
  readonly addresses: readonly Address[] | string;
  /** To send; undefined for clients that send none, which get the default. */
  readonly serverNames: readonly (string | undefined)[];
}

/** @param names of the certificate. Errors: those of `ListenerFinder`. */
export async function servingPlace(
  { at, certificateArn }: HeldAttachment,
  names: readonly string[],
  finder: ListenerFinder,
  options: AddressOptions,
  signal: AbortSignal,
): Promise<ServingPlace> {
  const point = await finder.find(at, certificateArn, signal);
  return { addresses: await addressesOf(point, options), serverNames: serverNames(names, point, isDefault(at)) };
}

/** Whether clients that send no name get it. */
function isDefault(at: AttachedAt): boolean {
  return at.kind === "classic" || (at.kind === "listener" && at.isDefault);
}

function serverNames(names: readonly string[], point: Reachable, isDefault: boolean): (string | undefined)[] {
  // a name that a wildcard stands for, and that hardly has a certificate of its own
  const concrete = (name: string) => name.replace(/^\*\./, "unexpired-check.");
  if (point.names.length > 0) return [...new Set(point.names.map(concrete))];
  return [...(isDefault ? [undefined] : []), ...new Set(names.map(concrete))];
}
