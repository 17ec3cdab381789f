import type { Grant } from "../../policy/policy";
import { languagesOf, type NameLanguage } from "./name-language";
import { NameTree } from "./name-tree";

/** A grant and the languages of its patterns. */
export interface IndexedGrant {
  readonly grant: Grant;
  /** Its place in the file. */
  readonly place: number;
  readonly languages: readonly NameLanguage[];
}

/** Grants by client, zone and names. Ten thousand of them are compared without looking at all pairs. */
export class GrantIndex {
  readonly all: readonly IndexedGrant[];
  private readonly trees = new Map<string, NameTree<IndexedGrant>>();

  constructor(grants: readonly Grant[]) {
    this.all = grants.map((grant, place) => ({ grant, place, languages: languagesOf(grant) }));
    for (const entry of this.all) for (const language of entry.languages) this.treeOf(entry.grant).add(language, entry);
  }

  /** The first other grant of the same client and zone that is for every name of this one, and that `suits`. */
  coverOf(entry: IndexedGrant, suits: (other: IndexedGrant) => boolean): IndexedGrant | undefined {
    const tree = this.treeOf(entry.grant);
    let candidates: Set<IndexedGrant> | undefined;
    for (const language of entry.languages) {
      const covering = new Set<IndexedGrant>();
      for (const other of tree.covering(language))
        if (other !== entry && (candidates?.has(other) ?? suits(other))) covering.add(other);
      candidates = covering;
      if (candidates.size === 0) return undefined;
    }
    return [...(candidates ?? [])].sort((left, right) => left.place - right.place)[0];
  }

  /** Whether the client may read, by whatever grants, every record set that this grant is for. */
  isReadable({ grant, languages }: IndexedGrant): boolean {
    return languages.every((language) => {
      const unread = new Set(grant.types);
      for (const { grant: other } of this.treeOf(grant).covering(language)) {
        if (other.actions.includes("read")) other.types.forEach((type) => unread.delete(type));
        if (unread.size === 0) return true;
      }
      return false;
    });
  }

  /** Other grants of the same client and zone that are for some of its names; one may come several times. */
  *overlapping(entry: IndexedGrant): Iterable<IndexedGrant> {
    for (const language of entry.languages)
      for (const other of this.treeOf(entry.grant).overlapping(language)) if (other !== entry) yield other;
  }

  private treeOf({ client, zone }: Grant): NameTree<IndexedGrant> {
    const key = `${client} ${zone}`;
    const tree = this.trees.get(key) ?? new NameTree<IndexedGrant>();
    this.trees.set(key, tree);
    return tree;
  }
}
