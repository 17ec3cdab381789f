import { covers, overlaps, type Label, type NameLanguage } from "./name-language";

interface Node<T> {
  /** From the first label to the top, as the way to this node says. */
  readonly language: NameLanguage;
  readonly children: Map<Label, Node<T>>;
  readonly items: T[];
}

/** Things by their name patterns, label by label from the top, so that finding some does not look at all of them. */
export class NameTree<T> {
  private readonly root: Node<T> = { language: [], children: new Map(), items: [] };

  add(language: NameLanguage, item: T): void {
    let node = this.root;
    for (const label of language.toReversed()) {
      const child = node.children.get(label) ?? { language: [label, ...node.language], children: new Map(), items: [] };
      node.children.set(label, child);
      node = child;
    }
    node.items.push(item);
  }

  /** Those whose pattern has every name of `language`. */
  *covering(language: NameLanguage): Iterable<T> {
    for (const node of ends(this.root, language.toReversed(), false))
      if (node.items.length > 0 && covers(node.language, language)) yield* node.items;
  }

  /** Those whose pattern has some name of `language`. */
  *overlapping(language: NameLanguage): Iterable<T> {
    for (const node of ends(this.root, language.toReversed(), true))
      if (node.items.length > 0 && overlaps(node.language, language)) yield* node.items;
  }
}

/**
 * The nodes worth a closer look for the labels that are left, from the top. `partly`: a pattern counts that has only
 * some of the names, so that wildcards lead everywhere.
 */
function* ends<T>(node: Node<T>, labels: readonly Label[], partly: boolean): Iterable<Node<T>> {
  const [label, ...rest] = labels;
  const open = node.children.get("**");
  if (open !== undefined) yield open;
  if (label === undefined) {
    yield node;
    return;
  }
  if (label === "**") {
    for (const [branch, child] of node.children) {
      if (branch === "**") continue;
      if (partly) yield* all(child);
      else yield child;
    }
    return;
  }
  const everywhere = label === "#" || (partly && label === "*");
  for (const branch of everywhere ? node.children.keys() : new Set([label, "*", "#"])) {
    const child = branch === "**" ? undefined : node.children.get(branch);
    if (child !== undefined) yield* ends(child, rest, partly);
  }
}

function* all<T>(node: Node<T>): Iterable<Node<T>> {
  yield node;
  for (const child of node.children.values()) yield* all(child);
}
