import type { NamePattern } from "./name-pattern";
import type { Grant } from "./policy";

interface Entry {
  /** The grant's place in the order of the policy. */
  readonly place: number;
  readonly pattern: NamePattern;
}

/** Where the last labels of patterns lead, and what may stand in front of them. */
interface Node {
  readonly literal: Map<string, Node>;
  /** `*` */
  any?: Node;
  /** Patterns that go on with `**`. */
  readonly several: Entry[];
  /** Patterns without a further label. */
  readonly complete: Entry[];
}

/**
 * The grants of one client in one zone by the names they are for, label by label from the last one: those of a name are
 * found among ten thousand as fast as among a hundred. The tree only proposes; the pattern itself decides.
 */
export class GrantsByName {
  private readonly root = newNode();
  private readonly grants: Grant[] = [];

  add(grant: Grant): void {
    const place = this.grants.push(grant) - 1;
    for (const pattern of grant.recordNames) entriesFor(this.root, pattern).push({ place, pattern });
  }

  /** In the order of the policy. */
  get all(): readonly Grant[] {
    return this.grants;
  }

  /** The grants with a pattern that matches this canonical name, in the order of the policy. */
  of(name: string): readonly Grant[] {
    const places: number[] = [];
    const labels = name.split(".");
    collect(this.root, labels, labels.length, (entries) => {
      for (const { place, pattern } of entries) if (pattern.matches(name)) places.push(place);
    });
    return places
      .sort((left, right) => left - right)
      .filter((place, index) => place !== places[index - 1])
      .flatMap((place) => this.grants[place] ?? []);
  }
}

function entriesFor(root: Node, { labels }: NamePattern): Entry[] {
  let node = root;
  for (const label of labels.toReversed()) {
    if (label === "**") return node.several;
    if (label === "*") node = node.any ??= newNode();
    else {
      const text = label === "\\*" ? "*" : label;
      const next = node.literal.get(text) ?? newNode();
      node.literal.set(text, next);
      node = next;
    }
  }
  return node.complete;
}

/** Proposes all entries that the first `left` labels lead to. */
function collect(node: Node, labels: readonly string[], left: number, propose: (entries: Entry[]) => void): void {
  const label = labels[left - 1];
  if (label === undefined) return propose(node.complete);
  propose(node.several);
  const next = node.literal.get(label);
  if (next !== undefined) collect(next, labels, left - 1, propose);
  if (node.any !== undefined) collect(node.any, labels, left - 1, propose);
}

function newNode(): Node {
  return { literal: new Map(), several: [], complete: [] };
}
