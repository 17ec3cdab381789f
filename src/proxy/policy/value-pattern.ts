import { performance } from "node:perf_hooks";
import { createContext, Script } from "node:vm";

/** A policy's `values`, as far as decisions need it; every regular expression is one. */
export interface ValuePattern {
  readonly source: string;
  test(value: string): boolean;
}

/** What one pattern may take in one go, in milliseconds, and which part of the time after that. */
const budgetMs = 200;
const share = 0.1;

/** So many steps cost nothing that anybody notices. */
const freeSteps = 100_000;

/** Where a test can be stopped. One for all patterns: a context is dear, and there may be thousands of grants. */
interface Bench {
  pattern?: RegExp;
  value?: string;
}
const bench: Bench = {};
const guarded = new Script("pattern.test(value)");

/**
 * A pattern is the operator's, but values are the client's, and there are patterns that take hours for some value of
 * fifty characters: `^(a+)+$`. All other clients would wait. So whatever may take long is stopped when the pattern's
 * time is used up; a value that could not be judged is not granted. A grant belongs to one client, so nobody else
 * feels it. Errors: SyntaxError.
 */
export function parseValuePattern(text: string, now: () => number = () => performance.now()): ValuePattern {
  const pattern = new RegExp(text, "u");
  const degree = degreeOf(pattern.source);
  let left = budgetMs;
  let since = now();
  const testWithin = (value: string): boolean => {
    const began = now();
    left = Math.min(budgetMs, left + (began - since) * share);
    since = began;
    if (left < 1) return false;
    Object.assign(bench, { pattern, value });
    try {
      return guarded.runInContext(createContext(bench), { timeout: Math.floor(left) }) === true;
    } catch {
      return false;
    } finally {
      since = now();
      left -= since - began;
    }
  };
  return {
    source: pattern.source,
    test: (value) => (value.length ** degree <= freeSteps ? pattern.test(value) : testWithin(value)),
  };
}

/**
 * Steps grow at most with this power of the value's length: each open repetition may try every length from every place.
 * Repeated groups and back references may be worse. Counted on the text, so escaped and bracketed signs count as well.
 */
function degreeOf(source: string): number {
  if (/\)[*+{]|\\[1-9k]/.test(source)) return Infinity;
  return 1 + (source.match(/[*+]|\{\d+,\d*\}/g) ?? []).length;
}
