/**
 * How a certificate in ACM is recognised. Both tags come with the first import, in the same request, so there is no
 * moment in which a certificate of ours is anonymous.
 */

/** The stable identity within an account and region: the `name` of the resource. */
export const nameTag = "unexpired:name";

/** Random, made anew by each create: whoever deletes must carry the same. */
export const generationTag = "unexpired:generation";

/** Who renews a certificate, where it is neither ACM nor Terraform, and what manage-certs writes there. */
export const managerTag = "unexpired:managed-by";
export const manageCerts = "manage-certs";

/** On a certificate that was asked for by its names: what it was asked for, so that asking again finds it. */
export const issuedForTag = "unexpired:issued-for";

/** On a new certificate: the ARN of the one whose attachments it is to take over. */
export const renewsTag = "unexpired:renews";

/** On a copy that is proved on one listener before the import over this ARN. */
export const canaryTag = "unexpired:canary-of";

/**
 * On a certificate that is revoked once its successor is proved: "pending SERIAL" before anything is changed, then
 * "done SERIAL SUCCESSOR", so that no later run takes the successor for what was meant.
 */
export const revocationTag = "unexpired:revocation";

/** On a certificate that nothing needs any more: the ARN of its successor, and from when on it may be deleted (ISO 8601). */
export const replacedByTag = "unexpired:replaced-by";
export const deleteAfterTag = "unexpired:delete-after";

/** The user's tags among those of a certificate. */
export function userTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !/^(aws|unexpired):/.test(key)));
}

/** What a successor takes over of a certificate's tags: the user's, and what it was asked for. */
export function inheritedTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  const { [issuedForTag]: asked } = tags;
  return { ...userTags(tags), ...(asked !== undefined && { [issuedForTag]: asked }) };
}
