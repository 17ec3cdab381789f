/**
 * The names of a pattern as a language, label by label, so that patterns can be compared exactly instead of by trying
 * names. name-pattern.ts says what the labels mean; test/unit/…/name-language.test.ts holds both against each other.
 */
import { canonicalName } from "./record-set";

/** A literal label; `*`, `\*` and, as the first, `**` as in patterns; `#` is ACM's `_` and 32 hex digits. */
export type Label = string;

/** From the first label to the top: `["**", "lab", "example", "gov"]`. */
export type NameLanguage = readonly Label[];

const validationLabel = /^_[0-9a-f]{32}$/;
const longestName = 253;

/** The language of a pattern as it is written. */
export function languageOf(pattern: string): NameLanguage {
  return canonicalName(pattern).split(".");
}

/** Whether every name of `covered` is one of `covering`. */
export function covers(covering: NameLanguage, covered: NameLanguage): boolean {
  return witness(covering, covered) === undefined;
}

/** A name of `covered` that `covering` does not have; undefined if there is none. */
export function witness(covering: NameLanguage, covered: NameLanguage): string | undefined {
  const several = covered[0] === "**";
  const shortest = several ? ["*", ...covered.slice(1)] : covered;
  if (sample(shortest) === undefined) return undefined;
  const difference = differenceAt(covering, shortest);
  if (difference !== undefined || !several || covering[0] === "**") return difference;
  return sample(["*", ...shortest]);
}

/** Whether some name is in both. */
export function overlaps(left: NameLanguage, right: NameLanguage): boolean {
  if (left[0] === "**" && right[0] === "**") {
    const [short, long] = left.length < right.length ? [left, right] : [right, left];
    return commonName(short, ["*", ...long.slice(1)]);
  }
  return right[0] === "**" ? commonName(right, left) : commonName(left, right);
}

/** A name of the language; undefined if all would be longer than DNS allows. */
export function sample(language: NameLanguage): string | undefined {
  const name = language.map((label) => someLabel(label)).join(".");
  return name.length > longestName ? undefined : name;
}

/** `fixed` has one number of labels. */
function differenceAt(covering: NameLanguage, fixed: NameLanguage): string | undefined {
  const aligned = alignTo(covering, fixed.length);
  if (aligned === undefined) return sample(fixed);
  for (const [index, label] of fixed.entries()) {
    const other = labelOutside(aligned[index] ?? "", label);
    if (other !== undefined) return sample(fixed.map((each, place) => (place === index ? literal(other) : each)));
  }
  return undefined;
}

function commonName(flexible: NameLanguage, fixed: NameLanguage): boolean {
  const aligned = alignTo(flexible, fixed.length);
  if (aligned === undefined) return false;
  const common = fixed.map((label, index) => labelInBoth(label, aligned[index] ?? ""));
  return common.every((label) => label !== undefined) && common.join(".").length <= longestName;
}

/** The language's names of that many labels; undefined if it has none. */
function alignTo(language: NameLanguage, length: number): NameLanguage | undefined {
  if (language[0] !== "**") return language.length === length ? language : undefined;
  const extra = length - language.length + 1;
  return extra < 1 ? undefined : [...Array.from({ length: extra }, () => "*"), ...language.slice(1)];
}

/** A label that `inner` stands for and `outer` does not. */
function labelOutside(outer: Label, inner: Label): string | undefined {
  const candidates = inner === "*" ? ["w", "v"] : inner === "#" ? [hex("0"), hex("1")] : [someLabel(inner)];
  return candidates.find((label) => !standsFor(outer, label));
}

function labelInBoth(left: Label, right: Label): string | undefined {
  return [someLabel(left), someLabel(right)].find((label) => standsFor(left, label) && standsFor(right, label));
}

/** Whether a pattern's label stands for this label of a name. */
function standsFor(label: Label, text: string): boolean {
  if (label === "*") return text !== "*";
  if (label === "#") return validationLabel.test(text);
  return literalText(label) === text;
}

function someLabel(label: Label): string {
  if (label === "*" || label === "**") return "w";
  return label === "#" ? hex("0") : literalText(label);
}

function literalText(label: Label): string {
  return label === "\\*" ? "*" : label;
}

function literal(text: string): Label {
  return text === "*" ? "\\*" : text;
}

function hex(digit: string): string {
  return `_${digit.repeat(32)}`;
}
