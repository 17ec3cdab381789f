import type { Stack } from "../stacks/stack";

/** The command that approves a plan of a stack, for the shell. `configFile`: where one was named on the command line. */
export function approveCommand({ name, typedAs }: Stack, checksum: string, configFile: string | undefined): string {
  const config = configFile === undefined ? "" : ` --config ${quoted(configFile)}`;
  return `drift-check approve ${quoted(typedAs ?? name)} --checksum ${checksum}${config}`;
}

/** As one word of the shell (POSIX.1-2017, Shell Command Language, 2.2.2). */
function quoted(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
