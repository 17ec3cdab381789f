import { AppError, toAppError } from "../../platform/errors";
import { rollOut } from "../../rollout/roll-out";
import { observeWire } from "../scan/observe-wire";
import type { ScannedCertificate } from "../scan/estate";
import { proveServing, type ServingPlace } from "../renew/prove-serving";
import type { RenewParts } from "../renew/renew-parts";
import { targetOf } from "../renew/target-of";
import type { AttachmentAction, PlannedAttachment } from "./attachment-plan";
import { putBack } from "./put-back";

export type ToAttach = PlannedAttachment & { readonly action: Extract<AttachmentAction, { kind: "attach" }> };
export type ToProve = PlannedAttachment & { readonly action: Exclude<AttachmentAction, { kind: "blocked" }> };

export type AttachParts = Pick<
  RenewParts,
  "accessTo" | "engine" | "handshakes" | "clock" | "sleep" | "waitMs" | "unproved" | "signal"
>;

export type OnAttachStep = (step: "check" | "attach" | "prove" | "put back", where: string) => void;

/**
 * Where clients are answered now that are to get the certificate: what cannot be seen before a change cannot be proved
 * after it. Errors: `handshake_failed` where there is no such place, unless nothing is to be changed or proved.
 */
export async function placesToProve(
  certificate: ScannedCertificate,
  { point, role, action }: ToProve,
  { handshakes, unproved, signal }: AttachParts,
): Promise<readonly ServingPlace[]> {
  const attachments = [{ point, role, certificateArn: certificate.arn }];
  const seen = await observeWire({ points: [point], attachments, certificates: [certificate] }, handshakes, { signal });
  const places = seen.filter(({ outcome, serverName }) => outcome.state === "served" && action.isMeant(serverName));
  if (places.length > 0 || unproved || action.kind === "left") return places;
  const why = seen.flatMap(({ outcome }) => (outcome.state === "unreachable" ? [outcome.why] : []))[0];
  throw new AppError(
    "handshake_failed",
    `no client is answered at ${point.name}, so that the certificate could not be proved there${why === undefined ? "" : `: ${why}`}`,
    {
      hint: "run this where the listener can be reached, say with --connect-to where it is, or go on with --unproved",
    },
  );
}

/**
 * Puts a certificate on one listener and proves it there. Errors: those of the target; `handshake_failed`. When it
 * throws, the listener is what it was, or the message says that it is not and why.
 */
export async function attachCertificate(
  certificate: ScannedCertificate,
  { point, role, action }: ToAttach,
  places: readonly ServingPlace[],
  parts: AttachParts,
  onStep: OnAttachStep,
): Promise<readonly string[]> {
  const { signal, sleep } = parts;
  const { followsArn, detaches } = action;
  const target = targetOf(point, parts.accessTo(point.accountId));
  const before = await target.served(signal);
  if (role === "default" && ![certificate.arn, followsArn].includes(before.defaultArn))
    throw new AppError("aws_ambiguous", `${point.name} has another default than a moment ago`, {
      hint: "somebody else was here; run it again to see what would be done now",
    });
  onStep("attach", point.name);
  try {
    await rollOut(target, {
      ...{ certificateArn: certificate.arn, role, signal, sleep },
      followsArn: detaches ? followsArn : undefined,
    });
    await prove(certificate, { point, role }, places, parts, onStep);
  } catch (error) {
    onStep("put back", point.name);
    throw await putBack(target, before, { certificateArn: certificate.arn, followsArn }, toAppError(error));
  }
  return unlessProved(places);
}

/** Of one that is there, perhaps since a run that was interrupted. Errors: `handshake_failed`; nothing is changed. */
export async function proveAttached(
  certificate: ScannedCertificate,
  planned: ToProve,
  places: readonly ServingPlace[],
  parts: AttachParts,
  onStep: OnAttachStep,
): Promise<readonly string[]> {
  await prove(certificate, planned, places, parts, onStep);
  return unlessProved(places);
}

async function prove(
  certificate: ScannedCertificate,
  { point, role }: Pick<PlannedAttachment, "point" | "role">,
  places: readonly ServingPlace[],
  parts: AttachParts,
  onStep: OnAttachStep,
): Promise<void> {
  onStep("prove", point.name);
  const attachments = [{ point, role, certificateArn: certificate.arn }];
  await proveServing(certificate.serial ?? "", places, { certificate, attachments }, parts);
}

function unlessProved(places: readonly ServingPlace[]): readonly string[] {
  return places.length > 0 ? [] : ["no client is seen to get it there, and so nothing is proved"];
}
