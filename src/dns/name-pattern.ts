import { isWithinZone } from "./record-set";
import { parseRecordName } from "./record-name";
import { AppError, messageOf } from "../platform/errors";

/** Which names a rule is for. Matching goes label by label, never by string suffix. */
export interface NamePattern {
  /** As the policy has it. */
  readonly source: string;
  /**
   * Canonical literal labels, `*`, `\*`, and `**` as the first. The pattern MUST match no name that these do not match
   * by the rules of `parseNamePattern`; it may match fewer.
   */
  readonly labels: readonly string[];
  /** The name must be canonical (src/dns/record-set.ts). */
  matches(name: string): boolean;
}

/**
 * Compiles a pattern of names, all of them within `zone` if one is given. `*` stands for exactly one label, `**` as the first label for one or more.
 * Neither stands for the literal label `*` of a wildcard record, because such a record answers for names nobody
 * granted: it must be written `\*`. Errors: `invalid_argument`.
 */
export function parseNamePattern(source: string, zone?: string): NamePattern {
  const labels = source.toLowerCase().replace(/\.$/, "").split(".");
  const refuse = (why: string, hint?: string) =>
    new AppError("invalid_argument", `"${source}" is not a name pattern: ${why}`, { hint });
  labels.forEach((label, index) => {
    if (label === "**" && index > 0) throw refuse("** must be the first label");
    if (label === "\\*" && index > 0) throw refuse("a wildcard record has its asterisk in the first label");
    if (label !== "*" && label !== "**" && label !== "\\*" && label.includes("*"))
      throw refuse(`an asterisk must be a whole label, not part of "${label}"`, "list the names, or use * alone");
  });
  const sample = labels.map((label) => (label === "\\*" ? "*" : label.replaceAll("*", "x"))).join(".");
  try {
    parseRecordName(sample);
  } catch (error) {
    throw refuse(messageOf(error).replace(/^.*: /, ""));
  }
  if (zone !== undefined && !isWithinZone(sample, zone))
    throw refuse(`it is not within the zone ${zone}`, `write names that end in ${zone}`);
  return { source, labels, matches: matcherOf(labels) };
}

/** A pattern for one name. */
export function exactName(name: string): NamePattern {
  return { source: name, labels: literalLabels(name), matches: (candidate) => candidate === name };
}

/** A pattern for one further label, which must match `label`, in front of `parent`. */
export function labelBelow(parent: string, label: RegExp, source: string): NamePattern {
  return {
    source,
    labels: ["*", ...literalLabels(parent)],
    matches: (name) => name.endsWith(`.${parent}`) && label.test(name.slice(0, -parent.length - 1)),
  };
}

function literalLabels(name: string): string[] {
  return name.split(".").map((label) => (label === "*" ? "\\*" : label));
}

/** The labels after the last asterisk are compared as one text, which begins with a dot, so it still goes by labels. */
function matcherOf(labels: readonly string[]): (name: string) => boolean {
  const literalFrom = labels.findLastIndex((label) => label.includes("*")) + 1;
  if (literalFrom === 0) {
    const exact = labels.join(".");
    return (name) => name === exact;
  }
  const end = labels
    .slice(literalFrom)
    .map((label) => `.${label}`)
    .join("");
  const several = labels[0] === "**";
  const front = labels.slice(several ? 1 : 0, literalFrom);
  return (name) => {
    if (!name.endsWith(end)) return false;
    const rest = name.slice(0, name.length - end.length).split(".");
    const extra = rest.length - front.length;
    if (several ? extra < 1 : extra !== 0) return false;
    if (several && rest.slice(0, extra).includes("*")) return false;
    return front.every((part, index) => matchesLabel(part, rest[extra + index]));
  };
}

function matchesLabel(part: string, label: string | undefined): boolean {
  if (part === "*") return label !== "*";
  return part === "\\*" ? label === "*" : part === label;
}
