import type { NamePattern } from "../../dns/name-pattern";
import type { Grant } from "./policy";

/** A pattern of a grant, in a chain of those that share a place in the index. */
interface Entry {
  /** The grant's place in the order of the policy. */
  readonly place: number;
  readonly grant: Grant;
  readonly pattern: NamePattern;
  readonly next: Entry | undefined;
}

/** Where the last labels of patterns lead, and what may stand in front of them. */
interface Node {
  literal?: Map<string, Node>;
  /** `*` */
  any?: Node;
  /** Patterns that go on with `**`. */
  several?: Entry;
  /** Patterns without a further label. */
  complete?: Entry;
}

/**
 * The grants of one client in one zone by the names they are for: exact ones in a map, patterns label by label from the
 * last one, so that those of a name are found among ten thousand as fast as among a hundred. The tree only proposes;
 * the pattern itself decides. There are few objects on the way, since each costs a visit to a memory that is far away.
 */
export class GrantsByName {
  private readonly exact = new Map<string, Entry>();
  private readonly root: Node = {};
  private readonly grants: Grant[] = [];
  private hasPatterns = false;

  add(grant: Grant): void {
    const place = this.grants.push(grant) - 1;
    for (const pattern of grant.recordNames) {
      const entry = (next: Entry | undefined): Entry => ({ place, grant, pattern, next });
      const { labels } = pattern;
      const name = exactNameOf(labels);
      if (name !== undefined) this.exact.set(name, entry(this.exact.get(name)));
      else {
        this.hasPatterns = true;
        const node = nodeOf(this.root, labels);
        if (labels[0] === "**") node.several = entry(node.several);
        else node.complete = entry(node.complete);
      }
    }
  }

  /** In the order of the policy. */
  get all(): readonly Grant[] {
    return this.grants;
  }

  /** The grants with a pattern that matches this canonical name, in the order of the policy. */
  of(name: string): readonly Grant[] {
    const found: Entry[] = [];
    for (let entry = this.exact.get(name); entry !== undefined; entry = entry.next) found.push(entry);
    if (this.hasPatterns) {
      const labels = name.split(".");
      collect(this.root, labels, labels.length, (first) => {
        for (let entry = first; entry !== undefined; entry = entry.next)
          if (entry.pattern.matches(name)) found.push(entry);
      });
    }
    if (found.length > 1) found.sort((left, right) => left.place - right.place);
    return found.filter(({ place }, index) => place !== found[index - 1]?.place).map(({ grant }) => grant);
  }
}

/** The one name that the labels of a pattern stand for; undefined if they stand for several. */
function exactNameOf(labels: readonly string[]): string | undefined {
  if (labels.includes("*") || labels.includes("**")) return undefined;
  return labels.map(literalText).join(".");
}

function literalText(label: string): string {
  return label === "\\*" ? "*" : label;
}

/** The node of a pattern's labels; a leading `**` has none of its own. */
function nodeOf(root: Node, labels: readonly string[]): Node {
  let node = root;
  for (const label of labels.toReversed()) {
    if (label === "**") break;
    if (label === "*") node = node.any ??= {};
    else {
      const text = literalText(label);
      const children = (node.literal ??= new Map<string, Node>());
      const next = children.get(text) ?? {};
      children.set(text, next);
      node = next;
    }
  }
  return node;
}

/** Proposes all entries that the first `left` labels lead to. */
function collect(node: Node, labels: readonly string[], left: number, propose: (first?: Entry) => void): void {
  const label = labels[left - 1];
  if (label === undefined) return propose(node.complete);
  propose(node.several);
  const next = node.literal?.get(label);
  if (next !== undefined) collect(next, labels, left - 1, propose);
  if (node.any !== undefined) collect(node.any, labels, left - 1, propose);
}
