import { parseDomainName } from "../certificates/domain-name";

/** A name as certificates spell it. What cannot be in one is told by others. */
export function asSpelt(name: string): string {
  try {
    return parseDomainName(name);
  } catch {
    return name;
  }
}

/**
 * The names of a certificate are a set (RFC 5280 4.2.1.6), and every place has them in another order: each once, as
 * certificates spell it, sorted, so that the same is said of it everywhere.
 */
export function setOfNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.map(asSpelt))].sort();
}
