/** Names that a PromQL expression uses, for tests that say that they exist. Not a parser: promtool says what parses. */

export interface PromqlNames {
  readonly metrics: readonly string[];
  /** In matchers, and in what is grouped or matched by. */
  readonly labels: readonly string[];
}

const keywords = new Set("and or unless by without on ignoring group_left group_right offset bool inf nan".split(" "));

/** `label_replace(…, "new", …)` makes labels of its own: they count as known. */
export function promqlNames(expression: string): PromqlNames {
  const made = [...expression.matchAll(/"(\w+)", "\$1"/g)].map(([, label = ""]) => label);
  const matchers = [...expression.matchAll(/\{([^}]*)\}/g)].flatMap(([, text = ""]) =>
    [...text.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = ""]) => label),
  );
  const groupings = [
    ...expression.matchAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g),
  ].flatMap(([, text = ""]) => [...text.matchAll(/\w+/g)].map(([label]) => label));
  const bare = expression
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, " ")
    .replace(/"(?:[^"\\]|\\.)*"/g, " ")
    .replace(/\{[^}]*\}/g, " ")
    .replace(/\[[^\]]*\]/g, " ")
    .replace(/\boffset\s+\S+/g, " ");
  const metrics = [...bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g)]
    .map(([name]) => name)
    .filter((name) => !keywords.has(name.toLowerCase()));
  const unique = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    metrics: unique(metrics),
    labels: unique([...matchers, ...groupings].filter((label) => !made.includes(label))),
  };
}
