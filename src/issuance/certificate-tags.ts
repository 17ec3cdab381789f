/**
 * How a certificate in ACM is recognised. Both tags come with the first import, in the same request, so there is no
 * moment in which a certificate of ours is anonymous.
 */

/** The stable identity within an account and region: the `name` of the resource. */
export const nameTag = "unexpired:name";

/** Random, made anew by each create: whoever deletes must carry the same. */
export const generationTag = "unexpired:generation";

/** The user's tags among those of a certificate. */
export function userTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !/^(aws|unexpired):/.test(key)));
}
