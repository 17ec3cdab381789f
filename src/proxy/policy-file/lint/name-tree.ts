import { covers, overlaps, type Label, type NameLanguage } from "../../../dns/name-language";

interface Node<T> {
  /** From the first label to the top, as the way to this node says. */
  readonly language: NameLanguage;
  readonly children: Map<Label, Node<T>>;
  item: T | undefined;
}

/** One thing for each name pattern, label by label from the top, so that finding some does not look at all of them. */
export class NameTree<T> {
  private readonly root: Node<T> = { language: [], children: new Map(), item: undefined };

  /** The thing of exactly this pattern. */
  at(language: NameLanguage, make: () => T): T {
    let node = this.root;
    for (const label of language.toReversed()) {
      const known = node.children.get(label);
      const child = known ?? { language: [label, ...node.language], children: new Map(), item: undefined };
      if (known === undefined) node.children.set(label, child);
      node = child;
    }
    return (node.item ??= make());
  }

  /** Those whose pattern has every name of `language`. */
  covering(language: NameLanguage): T[] {
    return this.find(language, false, (other) => covers(other, language));
  }

  /** Those whose pattern has some name of `language`. */
  overlapping(language: NameLanguage): T[] {
    return this.find(language, true, (other) => overlaps(other, language));
  }

  private find(language: NameLanguage, partly: boolean, isWanted: (other: NameLanguage) => boolean): T[] {
    const ends: Node<T>[] = [];
    collect(this.root, language, language.length, partly, ends);
    return ends.flatMap((node) => (node.item !== undefined && isWanted(node.language) ? [node.item] : []));
  }
}

/**
 * Adds the nodes worth a closer look for the first `left` labels of a pattern. `partly`: a pattern counts that has only
 * some of the names, so that wildcards lead everywhere.
 */
function collect<T>(node: Node<T>, labels: NameLanguage, left: number, partly: boolean, ends: Node<T>[]): void {
  const open = node.children.get("**");
  if (open !== undefined) ends.push(open);
  const label = labels[left - 1];
  if (label === undefined) {
    ends.push(node);
  } else if (label === "**") {
    // where only one label more fits into a name, * is as good as **
    for (const [branch, child] of node.children)
      if (partly && branch !== "**") collectAll(child, ends);
      else if (branch === "*") ends.push(child);
  } else {
    const isWild = label === "*" || label === "#";
    const branches = isWild ? (partly || label === "#" ? node.children.keys() : ["*", "#"]) : [label, "*", "#"];
    for (const branch of branches) {
      const child = branch === "**" ? undefined : node.children.get(branch);
      if (child !== undefined) collect(child, labels, left - 1, partly, ends);
    }
  }
}

function collectAll<T>(node: Node<T>, ends: Node<T>[]): void {
  ends.push(node);
  for (const child of node.children.values()) collectAll(child, ends);
}
