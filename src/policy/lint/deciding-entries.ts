import { isInScope, type CertificateEntry, type Owner, type Policy } from "../policy";
import { namesCover, namesOverlap, scopeCovers } from "./coverage";

/**
 * The entries of `certificates` that decide in place of the one there, because they stand above it and are for everything
 * that it is for: one of them, or several together, each for an owner and a tier of it. Undefined if it decides for some.
 */
export function decidingEntries(policy: Policy, place: number): readonly CertificateEntry[] | undefined {
  const { certificates = [] } = policy;
  const [entry, earlier] = [certificates[place], certificates.slice(0, place)];
  if (entry === undefined) return undefined;
  const one = earlier.find((other) => scopeCovers(other, entry) && namesCover(other.names, entry.names));
  if (one !== undefined) return [one];
  const deciding = new Set<CertificateEntry>();
  for (const { owner, tier, names } of kindsUnder(entry, policy)) {
    if (!isInScope(entry, { owner, tier })) continue;
    const other = earlier.find((each) => isInScope(each, { owner, tier }) && namesCover(each.names, names));
    if (other === undefined) return undefined;
    deciding.add(other);
  }
  return deciding.size === 0 ? undefined : [...deciding];
}

/** Certificates that are told apart by owner and tier alone. */
interface Kind {
  readonly owner?: string;
  readonly tier?: string;
  /** Undefined: all. */
  readonly names?: Owner["names"];
}

/** All kinds of certificates that its names allow. */
function* kindsUnder(entry: CertificateEntry, { owners, tiers = [], unlisted }: Policy): Iterable<Kind> {
  const anyTier = [...tiers, undefined];
  const mayHaveNoOwner = owners === undefined || unlisted.names === "allow";
  for (const owner of owners ?? []) {
    if (!mayHaveNoOwner && !namesOverlap(entry.names, owner.names)) continue;
    const names = entry.names ?? (mayHaveNoOwner ? undefined : owner.names);
    for (const tier of owner.tiers ?? anyTier) yield { owner: owner.name, tier, names };
  }
  if (mayHaveNoOwner) for (const tier of anyTier) yield { tier, names: entry.names };
}
