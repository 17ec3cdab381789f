import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import { messageOf } from "../errors";

/** One mistake in a YAML file, at the place that is to blame. */
export interface LocatedProblem {
  /** Counted from 1, as is the column. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

export type YamlPath = readonly (string | number)[];

/** A YAML text whose values remember where they stand. */
export class LocatedYaml {
  /** Mistakes in the YAML itself. Where there are any, `value` is not to be used. */
  readonly problems: readonly LocatedProblem[];
  readonly value: unknown;
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(text: string) {
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      prettyErrors: false,
      uniqueKeys: true,
      logLevel: "error",
    });
    const found = [
      ...[...this.document.errors, ...this.document.warnings].map((error) =>
        this.problemAt(error.pos[0], lowerFirst(error.message)),
      ),
      ...this.aliasProblems(),
    ];
    const { value, problems } = found.length > 0 ? { value: undefined, problems: found } : this.read();
    this.value = value;
    this.problems = problems;
  }

  /** A problem at a value; of a missing value, at the nearest thing around it. */
  problem(path: YamlPath, message: string, hint?: string): LocatedProblem {
    return this.problemAt(this.offsetOf(path), message, hint);
  }

  /** A problem at a key of the mapping at `path`. */
  problemAtKey(path: YamlPath, key: string, message: string, hint?: string): LocatedProblem {
    const mapping = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    const pair = isMap(mapping)
      ? mapping.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      : undefined;
    const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    return this.problemAt(offset ?? this.offsetOf(path), message, hint);
  }

  /** An alias of nothing is a pattern whose asterisk lacks its quotes. */
  private aliasProblems(): LocatedProblem[] {
    const problems: LocatedProblem[] = [];
    const anchors = new Set<string>();
    visit(this.document, {
      Value: (_, { anchor }) => void (anchor === undefined || anchors.add(anchor)),
      Alias: (_, { source, range }) => {
        if (anchors.has(source)) return;
        const message = `*${source} is read as a YAML alias, and nothing above is called that`;
        problems.push(this.problemAt(range?.[0] ?? 0, message, `put it in quotes: "*${source}"`));
      },
    });
    return problems;
  }

  /** Few aliases can stand for very much: that is refused. */
  private read(): { value: unknown; problems: LocatedProblem[] } {
    try {
      return { value: this.document.toJS({ maxAliasCount: 100 }) as unknown, problems: [] };
    } catch (error) {
      return { value: undefined, problems: [this.problemAt(0, lowerFirst(messageOf(error)))] };
    }
  }

  private offsetOf(path: YamlPath): number {
    for (let length = path.length; length > 0; length--) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  }

  private problemAt(offset: number, message: string, hint?: string): LocatedProblem {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), message, ...(hint === undefined ? {} : { hint }) };
  }
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
