import type { IConstruct } from "constructs";
import { isUnknown } from "../is-unknown";
import { type Mistake, mistakeIn } from "../mistake";

const source = "AWS tagging, naming limits and requirements";
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** 50 on a certificate, of which the provider uses two: the certificate's name and its generation. */
const mostTags = 48;

/** Checks user tags by the rules of AWS, those with tokens excepted. */
export function checkTags(scope: IConstruct, tags: Readonly<Record<string, string>>): void {
  if (isUnknown(tags)) return;
  const refuse = (mistake: Omit<Mistake, "source">): never => {
    throw mistakeIn(scope, { ...mistake, source });
  };
  const entries = Object.entries(tags);
  if (entries.length > mostTags)
    refuse({
      what: `${entries.length} tags, ${mostTags} is the most beside the provider's two`,
      fix: "use fewer tags",
    });
  for (const [key, value] of entries) {
    if (isUnknown(key) || isUnknown(value)) continue;
    if (/^(?:aws|unexpired):/i.test(key))
      refuse({ what: `tag "${key}" has a reserved prefix`, fix: "choose another prefix" });
    if (key === "" || key.length > 128 || !tagText.test(key))
      refuse({ what: `"${key}" is not a tag key`, fix: "use 1 to 128 letters, digits, blanks and _ . : / = + - @" });
    if (value.length > 256 || !tagText.test(value))
      refuse({
        what: `tag "${key}" has a value that AWS refuses`,
        fix: "use up to 256 letters, digits, blanks and _ . : / = + - @",
      });
  }
}

/** A certificate's name is kept as a tag, so it must be a tag value. */
export function checkCertificateName(scope: IConstruct, name: string): void {
  if (isUnknown(name) || (name !== "" && name.length <= 256 && tagText.test(name))) return;
  throw mistakeIn(scope, {
    what: `certificate name "${name}" cannot be kept as a tag`,
    source,
    fix: "set name to 1 to 256 letters, digits, blanks and _ . : / = + - @",
  });
}
