/**
 * Regular expressions as automata, so that questions about all their texts can be decided instead of guessed by samples
 * (matched-texts.ts). Only what is regular is understood: back references, looking around and `\b` are not, nor are
 * automata of more than a few thousand states.
 */
type Expression =
  | { readonly kind: "start" | "end" }
  | { readonly kind: "one"; readonly of: RegExp }
  | { readonly kind: "either"; readonly of: readonly Expression[] }
  | { readonly kind: "row"; readonly of: readonly Expression[] }
  | { readonly kind: "repeat"; readonly of: Expression; readonly min: number; readonly max: number };

export type Edge =
  /** `start` and `end` are passable only where the text begins, or ends. */
  | { readonly kind: "free" | "start" | "end"; readonly to: number }
  | { readonly kind: "one"; readonly of: RegExp; readonly to: number };

/** State → edges. It begins in state 0; a text that can lead to state 1 matches. */
export type Automaton = readonly (readonly Edge[])[];

const mostStates = 5_000;
const anything = /[^]/u;

/** The automaton of a valid pattern (flag `u`) as a search, for texts that match anywhere; undefined if there is none. */
export function automatonOf(pattern: string): Automaton | undefined {
  const parser = new Parser(pattern);
  try {
    const states: Edge[][] = [[{ kind: "one", of: anything, to: 0 }], [{ kind: "one", of: anything, to: 1 }]];
    build(states, parser.parse(), 0, 1);
    return states;
  } catch (error) {
    if (error === notRegular) return undefined;
    throw error;
  }
}

const notRegular = new Error("not regular, or too large");

function build(states: Edge[][], expression: Expression, from: number, to: number): void {
  if (states.length > mostStates) throw notRegular;
  const add = () => states.push([]) - 1;
  const join = (left: number, right: number) => states[left]?.push({ kind: "free", to: right });
  switch (expression.kind) {
    case "start":
    case "end":
    case "one":
      states[from]?.push({ ...expression, to });
      return;
    case "either":
      for (const each of expression.of) build(states, each, from, to);
      return;
    case "row": {
      let here = from;
      for (const each of expression.of) {
        const next = add();
        build(states, each, here, next);
        here = next;
      }
      join(here, to);
      return;
    }
    case "repeat": {
      const { of, min, max } = expression;
      let here = add();
      join(from, here);
      for (let count = 0; count < (max === Infinity ? min : max); count++) {
        const next = add();
        if (count >= min) join(here, to);
        build(states, of, here, next);
        here = next;
      }
      join(here, to);
      if (max === Infinity) build(states, of, here, here);
    }
  }
}

/** A class, an escape, or a character that stands for itself. */
const oneCharacter = /^(?:\[(?:[^\]\\]|\\.)*\]|\\(?:u\{[^}]*\}|u[0-9a-f]{4}|x[0-9a-f]{2}|p\{[^}]*\}|c[a-z]|.)|[^])/iu;

/** Recursive descent over the grammar of patterns (ECMA-262 22.2.1). Throws `notRegular`. */
class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  parse(): Expression {
    const expression = this.alternatives();
    if (this.at < this.text.length) throw notRegular;
    return expression;
  }

  private alternatives(): Expression {
    const of = [this.row()];
    while (this.take(/^\|/)) of.push(this.row());
    return { kind: "either", of };
  }

  private row(): Expression {
    const of: Expression[] = [];
    while (this.at < this.text.length && !/^[|)]/.test(this.rest)) of.push(this.term());
    return { kind: "row", of };
  }

  private term(): Expression {
    if (this.take(/^\^/)) return { kind: "start" };
    if (this.take(/^\$/)) return { kind: "end" };
    const of = this.atom();
    const [times, min, comma, max] = this.take(/^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/) ?? [];
    switch (times?.charAt(0)) {
      case undefined:
        return of;
      case "*":
        return { kind: "repeat", of, min: 0, max: Infinity };
      case "+":
        return { kind: "repeat", of, min: 1, max: Infinity };
      case "?":
        return { kind: "repeat", of, min: 0, max: 1 };
    }
    const least = Number(min);
    return { kind: "repeat", of, min: least, max: comma === "" ? least : max === "" ? Infinity : Number(max) };
  }

  private atom(): Expression {
    if (this.take(/^\((?:\?:|\?<[^=!>]+>|(?!\?))/)) {
      const inner = this.alternatives();
      if (!this.take(/^\)/)) throw notRegular;
      return inner;
    }
    const [source] = this.take(oneCharacter) ?? [];
    if (source === undefined || /^(?:\(|\\[1-9bBk])/.test(source)) throw notRegular;
    return { kind: "one", of: new RegExp(`^${source}$`, "u") };
  }

  private take(token: RegExp): RegExpExecArray | undefined {
    const found = token.exec(this.rest) ?? undefined;
    this.at += found?.[0].length ?? 0;
    return found;
  }

  private get rest(): string {
    return this.text.slice(this.at);
  }
}
