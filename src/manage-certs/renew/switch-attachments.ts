/**
 * Moves every attachment of a certificate to its successor, one after the other, each proved by handshakes before the
 * next one is touched. If one cannot be proved, all go back to what they were.
 */
import { AppError, messageOf, toAppError } from "../../platform/errors";
import { rollBack } from "../../rollout/roll-back";
import { rollOut } from "../../rollout/roll-out";
import type { ServingTarget } from "../../rollout/serving-target";
import { groupBy } from "../findings/estate-view";
import type { Attachment, ScannedCertificate } from "../scan/estate";
import { proveServing, type ProveParts, type ServingPlace } from "./prove-serving";
import { again } from "./saying-now";

export interface Successor {
  readonly arn: string;
  readonly serial: string;
}

export interface SwitchParts extends ProveParts {
  readonly targetOf: (attachment: Attachment) => ServingTarget;
  /** Called before each thing that takes time. */
  readonly onStep: (step: "attach" | "prove" | "put back", where: string) => void;
}

export interface SwitchRequest {
  readonly certificate: ScannedCertificate;
  readonly successor: Successor;
  /** In this order; those of one listener together. */
  readonly attachments: readonly Attachment[];
  /** What clients got before, at all of them. */
  readonly places: readonly ServingPlace[];
}

/**
 * Errors: those of the target; `handshake_failed`. When it throws, every attachment is what it was, or the message says
 * which one is not and why.
 */
export async function switchAttachments(request: SwitchRequest, parts: SwitchParts): Promise<void> {
  const begun: Attachment[] = [];
  for (const attachment of listFirst(request.attachments)) {
    begun.push(attachment);
    try {
      await switchOne(attachment, request, parts);
    } catch (error) {
      throw await putAllBack(begun, request, parts, toAppError(error));
    }
  }
}

/**
 * Where a certificate is both default and on the list of one listener, the list changes first: a list that lost its
 * entry would leave clients that send a name to another entry that holds it, and a default that leaves stays on it.
 */
export function listFirst(attachments: readonly Attachment[]): readonly Attachment[] {
  const rank = ({ role }: Attachment) => (role === "sni" ? 0 : 1);
  return [...groupBy(attachments, ({ point }) => point.id).values()].flatMap((own) =>
    [...own].sort((left, right) => rank(left) - rank(right)),
  );
}

async function switchOne(attachment: Attachment, request: SwitchRequest, parts: SwitchParts): Promise<void> {
  const { certificate, successor, places } = request;
  const { point, role } = attachment;
  parts.onStep("attach", point.name);
  await rollOut(parts.targetOf(attachment), {
    certificateArn: successor.arn,
    role,
    followsArn: certificate.arn,
    signal: parts.signal,
    sleep: parts.sleep,
  });
  parts.onStep("prove", point.name);
  const own = places.filter((place) => place.point.id === point.id && isMeant(place, attachment, request));
  await proveServing(successor.serial, own, { certificate, attachments: [attachment] }, parts);
}

/** Where it is both, clients without a name get the default. */
function isMeant({ serverName }: ServingPlace, { point, role }: Attachment, { attachments }: SwitchRequest): boolean {
  const isAlone = attachments.filter((each) => each.point.id === point.id).length === 1;
  return isAlone || role === "default" || serverName !== undefined;
}

/**
 * The last one changed goes back first, also when the user has lost patience. What cannot be put back is said, and does
 * not keep the others from it.
 */
async function putAllBack(
  begun: readonly Attachment[],
  request: SwitchRequest,
  parts: SwitchParts,
  cause: AppError,
): Promise<AppError> {
  const stuck: string[] = [];
  for (const attachment of [...begun].reverse()) {
    parts.onStep("put back", attachment.point.name);
    try {
      await putBack(attachment, request, parts);
    } catch (error) {
      stuck.push(`${attachment.point.name}: ${messageOf(error)}`);
    }
  }
  const now = stuck.length === 0 ? "all attachments are what they were" : `could not be put back: ${stuck.join("; ")}`;
  return new AppError(cause.code, `${cause.message}; ${now}`, {
    hint: cause.hint ?? again,
    facts: { ...cause.facts, stuck, deployment: stuck.length === 0 ? "put_back" : "partial" },
    cause,
  });
}

async function putBack(attachment: Attachment, request: SwitchRequest, parts: SwitchParts): Promise<void> {
  const { certificate, successor, attachments } = request;
  const target = parts.targetOf(attachment);
  if (attachment.role === "sni") await target.addSni(certificate.arn);
  const outcome = await rollBack(target, {
    certificateArn: successor.arn,
    role: attachment.role,
    formerDefaultArn: certificate.arn,
  });
  if (outcome === "stays") throw new AppError("aws_ambiguous", `${successor.arn} is still the default`);
  // it came to the list when it ceased to be the default, if the change got no further than that
  const wasListed = attachments.some(({ point, role }) => point.id === attachment.point.id && role === "sni");
  if (!wasListed && (await target.served()).sniArns.includes(certificate.arn)) await target.removeSni(certificate.arn);
}
