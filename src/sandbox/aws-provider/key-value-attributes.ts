/** Attributes that Elastic Load Balancing keeps as pairs of texts, to and from a state. */
import { isUnknown, type Value } from "../../provider/wire/value";

export interface Pair {
  readonly Key?: string;
  readonly Value?: string;
}

/** Name in Terraform → key in the API; those of what the resource is alone. */
export type KeysByName = Readonly<Record<string, string>>;

type Values = Readonly<Record<string, Value>>;

/** Pairs of the values that differ from those before; what is not known or null is the API's to choose. */
export function changedPairs(keys: KeysByName, after: Values, before: Values = {}): Required<Pair>[] {
  return Object.entries(keys).flatMap(([name, Key]) => {
    const value = after[name] ?? null;
    if (value === null || typeof value === "object" || isUnknown(value) || value === before[name]) return [];
    return [{ Key, Value: String(value) }];
  });
}

/** The values of a state, of the kind that the schema says; names that have no pair are left out. */
export function valuesOfPairs(
  keys: KeysByName,
  pairs: readonly Pair[],
  kindOf: (name: string) => string | undefined,
): Record<string, string | number | boolean> {
  const values = new Map(pairs.map(({ Key, Value }) => [Key, Value]));
  return Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => {
      const value = values.get(key);
      return value === undefined ? [] : [[name, parsed(value, kindOf(name))]];
    }),
  );
}

function parsed(value: string, kind: string | undefined): string | number | boolean {
  if (kind === "number") return Number(value);
  return kind === "bool" ? value === "true" : value;
}
