import { replacedByTag, revocationTag } from "../../issuance/certificate-tags";
import { messageOf } from "../../platform/errors";
import { deleteReplaced, retireCertificate } from "../renew/retire-certificate";
import type { ReadyRevocation } from "./revocation-plan";
import type { Replacement, RevokeParts } from "./revoke-parts";

/**
 * After a revocation: what is kept of it says that it is done, and a certificate that has lost all of its places is let
 * go of. One with a compromised key goes at once, so that nobody attaches it again; others after the days of grace, as
 * `renew` has it, for whoever still refers to their ARN. The journal is ended last, so that a run that dies before is
 * gone on with. Says what is left; never throws, since the revocation is real.
 */
export async function settle(
  planned: ReadyRevocation,
  replacement: Replacement | undefined,
  parts: RevokeParts,
): Promise<readonly string[]> {
  const { leaf } = planned.action.what;
  try {
    const left = await tidyUp(planned, replacement, parts);
    await parts.journal.end({ arn: planned.arn, leaf: leaf.pem });
    return left;
  } catch (error) {
    return [`revoked, but not tidied up: ${messageOf(error)}; the same command again does it`];
  }
}

async function tidyUp(
  { arn, certificate, action }: ReadyRevocation,
  replacement: Replacement | undefined,
  parts: RevokeParts,
): Promise<readonly string[]> {
  if (certificate === undefined || certificate.origin !== "imported") return [];
  const { leaf, reason } = action.what;
  const store = parts.accessTo(certificate.accountId).certificates(certificate.region);
  const isCompromised = reason === "keyCompromise";
  if (replacement !== undefined && replacement.arn !== arn)
    return retireCertificate(arn, replacement.arn, store, { ...parts, graceMs: isCompromised ? 0 : parts.graceMs });
  const successor = replacement?.serial ?? certificate.serial;
  if (successor !== undefined && successor !== leaf.info.serial) {
    await store.tag(arn, { [revocationTag]: `done ${leaf.info.serial} ${successor}` }, parts);
    return [];
  }
  const successorArn = certificate.tags[replacedByTag];
  if (isCompromised && successorArn !== undefined) return deleteReplaced(arn, successorArn, store, parts);
  if (certificate.tags[revocationTag] !== undefined) await store.untag(arn, [revocationTag], parts);
  return [];
}
