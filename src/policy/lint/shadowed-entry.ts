import type { LintFinding } from "../../platform/yaml-file/lint";
import type { AttachmentEntry, CertificateEntry, Freeze, Policy, Waiver, Window } from "../policy";
import { listCovers, namesCover, patternsCover, scopeCovers } from "./coverage";
import type { LintRule } from "./lint-rule";

/** An entry that never decides because an earlier one is for all that it is for, and says something else. */
export const contradictingEntry: LintRule = {
  id: "contradicting-entry",
  *check({ certificates = [] }) {
    for (const [place, entry] of certificates.entries()) {
      const other = earlierFor(entry, certificates.slice(0, place));
      if (other !== undefined && requirementsOf(other) !== requirementsOf(entry))
        yield {
          level: "error",
          path: entry.path,
          otherPath: other.path,
          message: "an entry above it is for all certificates that this one is for, and asks for something else",
          fix: "put this entry above the other, or narrow the other",
        };
    }
  },
};

/** An entry without which nothing changes. Of two that are the same the later one is told. */
export const shadowedEntry: LintRule = {
  id: "shadowed-entry",
  *check(policy) {
    const { certificates = [], attachments = [], windows, freezes, waivers } = policy;
    for (const [place, entry] of certificates.entries()) {
      const other = earlierFor(entry, certificates.slice(0, place));
      if (other !== undefined && requirementsOf(other) === requirementsOf(entry))
        yield told(entry, other, "an entry above it asks the same of all certificates that this one is for");
    }
    yield* shadowed(attachments, allowsAllOf, "another entry allows all that this one allows");
    yield* shadowed(windows, isOpenLonger, "another window is open whenever this one is");
    yield* shadowed(freezes, holdsBackAllOf, "another freeze holds back all that this one does");
    yield* shadowed(waivers, waivesAllOf, "another waiver lets through all that this one does");
  },
};

function earlierFor(entry: CertificateEntry, earlier: Policy["certificates"] = []): CertificateEntry | undefined {
  return earlier.find((other) => scopeCovers(other, entry) && namesCover(other.names, entry.names));
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
  return outer.rule === inner.rule && outer.until >= inner.until && namesCover(outer.names, inner.names);
}
