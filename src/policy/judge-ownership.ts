import { didYouMean } from "../platform/yaml-file/did-you-mean";
import type { Found } from "./finding";
import { hasName, type Owner, type Policy } from "./policy";
import type { PolicyRequest } from "./request";
import { listed } from "./words";

/** Whose a certificate is, as far as the policy can tell. */
export interface Ownership {
  readonly owner?: string;
  readonly tier?: string;
  readonly found: readonly Found[];
}

/** The owner who is named, else the first who has all names that anybody has; and the tier. */
export function judgeOwnership(policy: Policy, request: PolicyRequest): Ownership {
  const { owner, found } = ownerOf(policy, request);
  const { tier, found: more } = tierOf(policy, request, owner);
  return {
    owner: owner?.name ?? (policy.owners === undefined ? request.owner : undefined),
    tier,
    found: [...found, ...more],
  };
}

function ownerOf(policy: Policy, { owner: named, names }: PolicyRequest): { owner?: Owner; found: Found[] } {
  const { owners, unlisted } = policy;
  if (owners === undefined) return { found: [] };
  const ownersOf = (name: string) => owners.filter((owner) => hasName(owner.names, name));
  const nobodys = names.filter((name) => ownersOf(name).length === 0);
  const isNobodysFine = unlisted.names === "allow";
  if (named !== undefined) {
    const owner = owners.find(({ name }) => name === named);
    if (owner === undefined) return { found: [unknownOwner(named, owners)] };
    const foreign = names.filter((name) => !hasName(owner.names, name) && !(isNobodysFine && nobodys.includes(name)));
    return { owner, found: foreign.map((name) => notOwned(name, owners, owner)) };
  }
  const owned = names.filter((name) => !nobodys.includes(name));
  const owner =
    owned.length === 0 ? undefined : owners.find((each) => owned.every((name) => hasName(each.names, name)));
  const found = isNobodysFine ? [] : nobodys.map((name) => notOwned(name, owners));
  if (owner === undefined && owned.length > 0) found.push(severalOwners(owned, ownersOf));
  return { owner, found };
}

function unknownOwner(named: string, owners: readonly Owner[]): Found {
  const known = owners.map(({ name }) => name);
  return {
    rule: "policy/owner-unknown",
    value: named,
    what: `the owner "${named}" is none of the policy's`,
    fix: didYouMean(named, known) ?? `name one of ${listed(known)}`,
    path: ["owners"],
    isDefault: true,
  };
}

function notOwned(name: string, owners: readonly Owner[], named?: Owner): Found {
  const isWildcard = name.startsWith("*.");
  const pattern = isWildcard ? `'\\${name}'` : name;
  const others = owners.filter((owner) => hasName(owner.names, name)).map((owner) => owner.name);
  const what =
    others.length === 0
      ? `${name} belongs to no owner`
      : `${name} belongs to ${listed(others)}, and not to ${named?.name}`;
  const add = `add ${pattern} to the names of ${named?.name ?? "its owner"}`;
  return {
    rule: isWildcard ? "policy/wildcard-not-allowed" : "policy/name-not-owned",
    value: name,
    what,
    fix: isWildcard ? `name the hosts, or ${add}` : add,
    path: named === undefined ? ["owners"] : [...named.path, "names"],
    isDefault: true,
  };
}

function severalOwners(names: readonly string[], ownersOf: (name: string) => readonly Owner[]): Found {
  const whose = names.map((name) => `${name} to ${listed(ownersOf(name).map((owner) => owner.name))}`);
  return {
    rule: "policy/several-owners",
    value: names.join(", "),
    what: `the names belong to different owners: ${whose.join(", ")}`,
    fix: "ask for a certificate for each owner, or add the names to those of one",
    path: ["owners"],
    isDefault: true,
  };
}

function tierOf({ tiers }: Policy, { tier: named }: PolicyRequest, owner?: Owner): { tier?: string; found: Found[] } {
  if (named === undefined) return { tier: owner?.tiers?.[0], found: [] };
  if (tiers === undefined) return { tier: named, found: [] };
  if (!tiers.includes(named)) {
    const what = `the tier "${named}" is none of the policy's`;
    const fix = didYouMean(named, tiers) ?? `name one of ${listed(tiers)}`;
    return { found: [{ rule: "policy/tier-unknown", value: named, what, fix, path: ["tiers"] }] };
  }
  if (owner?.tiers === undefined || owner.tiers.includes(named)) return { tier: named, found: [] };
  const what = `the tier ${named} is not open to ${owner.name}, only ${listed(owner.tiers)}`;
  const fix = `leave it out, or add ${named} to the tiers of ${owner.name}`;
  const path = [...owner.path, "tiers"];
  return { tier: named, found: [{ rule: "policy/tier-not-allowed", value: named, what, fix, path }] };
}
