import { AppError } from "../../platform/errors";
import { placesServing, type ServingPlace } from "./prove-serving";
import { nameOfPlace, type RenewParts } from "./renew-parts";
import type { PlannedRenewal } from "./renewal-plan";

/** What cannot be seen before a change cannot be proved after it. Errors: `handshake_failed` where nothing can. */
export async function whereToProve(
  serials: readonly (string | undefined)[],
  { certificate, attachments }: PlannedRenewal,
  parts: RenewParts,
): Promise<{ readonly places: readonly ServingPlace[]; readonly warnings: readonly string[] }> {
  const places = await placesServing(serials, certificate, attachments, parts);
  const unseen = attachments.filter(({ point }) => !places.some((place) => place.point.id === point.id));
  if (unseen.length === 0) return { places, warnings: [] };
  const names = unseen.map(nameOfPlace).join(", ");
  if (unseen.length < attachments.length || parts.unproved)
    return { places, warnings: [`not seen before the change, and so not proved after it: ${names}`] };
  throw new AppError(
    "handshake_failed",
    `no client gets it from ${names}, so that its successor could not be proved there`,
    {
      hint: "run this where the listeners can be reached, say with --connect-to where they are, or go on with --unproved",
    },
  );
}
