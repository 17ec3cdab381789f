import type { LintFinding } from "../../platform/yaml-file/lint";
import type { AttachmentEntry, CertificateEntry, Freeze, Policy, Waiver, Window } from "../policy";
import { listCovers, namesCover, patternsCover, scopeCovers } from "./coverage";
import { decidingEntries } from "./deciding-entries";
import type { LintRule } from "./lint-rule";

/** An entry that never decides because earlier ones are for all that it is for, and say something else. */
export const contradictingEntry: LintRule = {
  id: "contradicting-entry",
  *check(policy) {
    for (const { entry, deciding, other } of undecided(policy))
      if (!isSame(entry, deciding))
        yield {
          level: "error",
          path: entry.path,
          otherPath: other.path,
          message: `${aboveIt(deciding)} for all certificates that this one is for, and ${deciding.length === 1 ? "asks" : "ask"} for something else`,
          fix: "put this entry above the other, or narrow the other",
        };
  },
};

/** An entry without which nothing changes. Of two that are the same the later one is told. */
export const shadowedEntry: LintRule = {
  id: "shadowed-entry",
  *check(policy) {
    const { attachments = [], windows, freezes, waivers } = policy;
    for (const { entry, deciding, other } of undecided(policy))
      if (isSame(entry, deciding))
        yield told(
          entry,
          other,
          `${aboveIt(deciding)} for all certificates that this one is for, with the same demands`,
        );
    yield* shadowed(attachments, allowsAllOf, "another entry allows all that this one allows");
    yield* shadowed(windows, isOpenLonger, "another window is open whenever this one is");
    yield* shadowed(freezes, holdsBackAllOf, "another freeze holds back all that this one does");
    yield* shadowed(waivers, waivesAllOf, "another waiver lets through all that this one does");
  },
};

/** Entries that never decide, and those that do in their place. */
function* undecided(policy: Policy) {
  for (const [place, entry] of (policy.certificates ?? []).entries()) {
    const deciding = decidingEntries(policy, place);
    const [other] = deciding ?? [];
    if (deciding !== undefined && other !== undefined) yield { entry, deciding, other };
  }
}

function isSame(entry: CertificateEntry, deciding: readonly CertificateEntry[]): boolean {
  return deciding.every((other) => requirementsOf(other) === requirementsOf(entry));
}

function aboveIt({ length }: readonly CertificateEntry[]): string {
  return length === 1 ? "an entry above it is" : "entries above it are together";
}

function requirementsOf({ issuers, profiles, keyAlgorithms, lifetimeDays }: CertificateEntry): string {
  return JSON.stringify([issuers, profiles, keyAlgorithms, lifetimeDays]);
}

function* shadowed<T extends { readonly path: LintFinding["path"] }>(
  entries: readonly T[],
  coversAllOf: (outer: T, inner: T) => boolean,
  message: string,
): Iterable<LintFinding> {
  for (const [place, entry] of entries.entries()) {
    const other = entries.find(
      (each, index) => index !== place && coversAllOf(each, entry) && (index < place || !coversAllOf(entry, each)),
    );
    if (other !== undefined) yield told(entry, other, message);
  }
}

function told(entry: Pick<LintFinding, "path">, other: Pick<LintFinding, "path">, message: string): LintFinding {
  return { level: "warning", path: entry.path, otherPath: other.path, message, fix: "remove it, or narrow the other" };
}

function allowsAllOf(outer: AttachmentEntry, inner: AttachmentEntry): boolean {
  return (
    scopeCovers(outer, inner) &&
    listCovers(outer.accounts, inner.accounts) &&
    patternsCover(outer.regions, inner.regions) &&
    listCovers(outer.kinds, inner.kinds) &&
    patternsCover(outer.loadBalancers, inner.loadBalancers)
  );
}

/** Windows over midnight are compared only if they are the same. */
function isOpenLonger(outer: Window, inner: Window): boolean {
  const isSame = outer.from === inner.from && outer.to === inner.to;
  const areDays = outer.from < outer.to && inner.from < inner.to;
  return (
    scopeCovers(outer, inner) &&
    listCovers(outer.actions, inner.actions) &&
    outer.timeZone === inner.timeZone &&
    listCovers(outer.days, inner.days) &&
    (isSame || (areDays && outer.from <= inner.from && inner.to <= outer.to))
  );
}

function holdsBackAllOf(outer: Freeze, inner: Freeze): boolean {
  return (
    scopeCovers(outer, inner) &&
    listCovers(outer.actions, inner.actions) &&
    outer.from <= inner.from &&
    inner.to <= outer.to &&
    outer.except.every((urgency) => inner.except.includes(urgency))
  );
}

function waivesAllOf(outer: Waiver, inner: Waiver): boolean {
  return namesCover(outer.names, inner.names) && outer.rule === inner.rule && outer.until >= inner.until;
}
