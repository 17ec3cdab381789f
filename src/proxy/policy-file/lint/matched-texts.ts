/** Questions about all texts that a regular expression matches somewhere. Undefined: it cannot be decided. */
import { automatonOf, type Edge } from "./regular-expression";

/** Where a search has come in both automata, and whether the text has begun and ended. */
interface Position {
  readonly left: number;
  readonly right: number;
  readonly hasBegun: boolean;
  readonly hasEnded: boolean;
}

/** Whether some text matches both. One of them must be about ASCII alone. */
export const haveCommonText = remembered((left: string, right: string): boolean | undefined => {
  const [one, other] = [automatonOf(left), automatonOf(right)];
  if (one === undefined || other === undefined) return undefined;
  const seen = new Set<string>();
  const open: Position[] = [{ left: 0, right: 0, hasBegun: false, hasEnded: false }];
  for (let position = open.pop(); position !== undefined; position = open.pop()) {
    if (position.left === 1 && position.right === 1) return true;
    const key = Object.values(position).join();
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...stepsFrom(position, one[position.left] ?? [], other[position.right] ?? []));
  }
  return false;
});

/** Whether every match reaches to this end of the text. */
export const isAnchored = remembered((pattern: string, end: "start" | "end"): boolean | undefined => {
  const automaton = automatonOf(pattern);
  if (automaton === undefined) return undefined;
  const reached = new Set([0]);
  for (const state of reached) for (const { kind, to } of automaton[state] ?? []) if (kind !== end) reached.add(to);
  return !reached.has(1);
});

function stepsFrom(position: Position, left: readonly Edge[], right: readonly Edge[]): Position[] {
  const alone = (edge: Edge): Position | undefined => {
    if (edge.kind === "one" || (edge.kind === "start" && position.hasBegun)) return undefined;
    return edge.kind === "end" ? { ...position, hasEnded: true } : position;
  };
  const steps: Position[] = [];
  for (const edge of left) {
    const after = alone(edge);
    if (after !== undefined) steps.push({ ...after, left: edge.to });
  }
  for (const edge of right) {
    const after = alone(edge);
    if (after !== undefined) steps.push({ ...after, right: edge.to });
  }
  if (position.hasEnded) return steps;
  for (const one of left)
    for (const other of right)
      if (one.kind === "one" && other.kind === "one" && haveCommonCharacter(one.of, other.of))
        steps.push({ left: one.to, right: other.to, hasBegun: true, hasEnded: false });
  return steps;
}

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const charactersOf = new Map<string, readonly boolean[]>();

function haveCommonCharacter(left: RegExp, right: RegExp): boolean {
  const others = membership(right);
  return membership(left).some((isIn, index) => isIn && others[index] === true);
}

function membership(one: RegExp): readonly boolean[] {
  const known = charactersOf.get(one.source) ?? ascii.map((character) => one.test(character));
  charactersOf.set(one.source, known);
  return known;
}

/** Many grants share a pattern. */
function remembered<T extends string, R>(ask: (pattern: string, other: T) => R): (pattern: string, other: T) => R {
  const answers = new Map<string, { readonly answer: R }>();
  return (pattern, other) => {
    const key = JSON.stringify([pattern, other]);
    const known = answers.get(key) ?? { answer: ask(pattern, other) };
    answers.set(key, known);
    return known.answer;
  };
}
