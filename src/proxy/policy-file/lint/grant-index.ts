import type { Grant } from "../../policy/policy";
import type { NameLanguage } from "../../../dns/name-language";
import { languagesOf } from "./languages-of";
import { NameTree } from "./name-tree";

/** A grant and the languages of its patterns. */
export interface IndexedGrant {
  readonly grant: Grant;
  /** Its place in the file. */
  readonly place: number;
  readonly languages: readonly NameLanguage[];
  /** Grants of one profile differ in client, zone and names only. */
  readonly profile: number;
}

/** Whether two grants have to do with each other, names left out. MUST NOT look at anything else that profiles lack. */
export type Relation = (one: Grant, other: Grant) => boolean;

/** The grants with one pattern, by profile. */
type Bucket = Map<number, IndexedGrant[]>;

/**
 * Grants by client, zone, names and profile. Ten thousand of them are compared without looking at all pairs: names lead
 * to few, and grants that differ in their names alone are one case.
 */
export class GrantIndex {
  readonly all: readonly IndexedGrant[];
  private readonly trees = new Map<string, NameTree<Bucket>>();
  private readonly samples: Grant[] = [];
  private readonly neighbours = new Map<string, Bucket[]>();
  private readonly overlaps = new Map<Relation, Map<string, IndexedGrant | undefined>>();

  constructor(grants: readonly Grant[]) {
    const profiles = new Map<string, number>();
    this.all = grants.map((grant, place) => {
      const { types, actions, values, ttlSeconds, merge } = grant;
      const key = JSON.stringify([types, actions, values?.source, ttlSeconds, merge]);
      const profile = profiles.get(key) ?? this.samples.push(grant) - 1;
      profiles.set(key, profile);
      return { grant, place, languages: languagesOf(grant), profile };
    });
    for (const entry of this.all)
      for (const language of entry.languages) {
        const bucket = this.treeOf(entry.grant).at(language, () => new Map());
        const alike = bucket.get(entry.profile);
        if (alike === undefined) bucket.set(entry.profile, [entry]);
        else alike.push(entry);
      }
  }

  /** Another grant of the same client and zone that has every name of this one; the first, where twins are many. */
  coverOf(entry: IndexedGrant, relation: Relation): IndexedGrant | undefined {
    let fewest: IndexedGrant[] | undefined;
    for (const language of entry.languages) {
      const covering = this.treeOf(entry.grant)
        .covering(language)
        .flatMap((bucket) => related(entry, bucket, relation).flat());
      if (covering.length === 0) return undefined;
      if (fewest === undefined || covering.length < fewest.length) fewest = covering;
    }
    return fewest?.find(
      (other) =>
        other !== entry &&
        this.hasAllNames(other, entry) &&
        !(other.place > entry.place && relation(other.grant, entry.grant) && this.hasAllNames(entry, other)),
    );
  }

  /** Another grant of the same client and zone that has some name in common with this one; `relation` excludes itself. */
  overlapOf(entry: IndexedGrant, relation: Relation): IndexedGrant | undefined {
    const known = this.overlaps.get(relation) ?? new Map<string, IndexedGrant | undefined>();
    this.overlaps.set(relation, known);
    for (const language of entry.languages) {
      const pattern = `${treeKey(entry.grant)} ${language.join(".")}`;
      const key = `${entry.profile} ${pattern}`;
      if (!known.has(key)) {
        const buckets = this.neighbours.get(pattern) ?? this.treeOf(entry.grant).overlapping(language);
        this.neighbours.set(pattern, buckets);
        known.set(
          key,
          firstOf(buckets, (bucket) => related(entry, bucket, relation)[0]?.[0]),
        );
      }
      const found = known.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether the client may read, by whatever grants, every record set that this grant is for. */
  isReadable({ grant, languages }: IndexedGrant): boolean {
    return languages.every((language) => {
      const unread = new Set(grant.types);
      for (const bucket of this.treeOf(grant).covering(language))
        for (const profile of bucket.keys()) {
          const other = this.samples[profile];
          if (other?.actions.includes("read")) other.types.forEach((type) => unread.delete(type));
          if (unread.size === 0) return true;
        }
      return false;
    });
  }

  private hasAllNames(outer: IndexedGrant, inner: IndexedGrant): boolean {
    const tree = this.treeOf(outer.grant);
    return inner.languages.every((language) =>
      tree.covering(language).some((bucket) => bucket.get(outer.profile)?.includes(outer)),
    );
  }

  private treeOf(grant: Grant): NameTree<Bucket> {
    const key = treeKey(grant);
    const tree = this.trees.get(key) ?? new NameTree<Bucket>();
    this.trees.set(key, tree);
    return tree;
  }
}

function treeKey({ client, zone }: Grant): string {
  return `${client} ${zone}`;
}

function related({ grant }: IndexedGrant, bucket: Bucket, relation: Relation): IndexedGrant[][] {
  return [...bucket.values()].filter(([other]) => other !== undefined && relation(grant, other.grant));
}

function firstOf<T, R>(all: readonly T[], look: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const found = look(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
