/** Whether one entry is for everything that another is for. Undefined stands for everything. */
import { covers, overlaps } from "../../dns/name-language";
import type { NamePattern } from "../../dns/name-pattern";
import { fits } from "../judge-attachment";
import type { Owner, Scope } from "../policy";

type List<T> = readonly T[] | undefined;

export function listCovers<T>(outer: List<T>, inner: List<T>): boolean {
  return outer === undefined || (inner !== undefined && inner.every((each) => outer.includes(each)));
}

/** Of patterns with `*` for any characters. Coverage by several of them together is not looked for. */
export function patternsCover(outer: List<string>, inner: List<string>): boolean {
  return (
    outer === undefined || (inner !== undefined && inner.every((each) => outer.some((other) => fits(other, each))))
  );
}

/** Likewise of name patterns. */
export function namesCover(outer: List<NamePattern>, inner: List<NamePattern>): boolean {
  if (outer === undefined) return true;
  return inner !== undefined && inner.every((each) => outer.some((other) => isWithin(each, other)));
}

export function isWithin(inner: NamePattern, outer: NamePattern): boolean {
  return !endOtherwise(inner, outer) && covers(outer.labels, inner.labels);
}

export function namesOverlap(left: List<NamePattern>, right: List<NamePattern>): boolean {
  if (left === undefined || right === undefined) return true;
  return left.some((one) => right.some((other) => !endOtherwise(one, other) && overlaps(one.labels, other.labels)));
}

/** What most pairs of a large policy are told apart by: their last labels are different texts. */
function endOtherwise(left: NamePattern, right: NamePattern): boolean {
  const [one, other] = [endingOf(left), endingOf(right)];
  return !one.endsWith(other) && !other.endsWith(one);
}

const endings = new WeakMap<NamePattern, string>();

/** The labels behind the last asterisk, each with its dot. */
function endingOf(pattern: NamePattern): string {
  const known = endings.get(pattern);
  if (known !== undefined) return known;
  const from = pattern.labels.findLastIndex((label) => label.includes("*")) + 1;
  const ending = pattern.labels
    .slice(from)
    .map((label) => `.${label}`)
    .join("");
  endings.set(pattern, ending);
  return ending;
}

export function scopeCovers(outer: Scope, inner: Scope): boolean {
  return listCovers(outer.owners, inner.owners) && listCovers(outer.tiers, inner.tiers);
}

/** Whether a certificate of that owner can be in the scope, by one of the tiers that are open to it. */
export function canBeInScope(scope: Scope, { name, tiers }: Owner): boolean {
  const isOwner = scope.owners === undefined || scope.owners.includes(name);
  return (
    isOwner && (scope.tiers === undefined || tiers === undefined || tiers.some((tier) => scope.tiers?.includes(tier)))
  );
}
