/** A word as a POSIX shell takes it: in quotes unless it needs none (POSIX.1-2017, Shell Command Language, 2.2.2). */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
