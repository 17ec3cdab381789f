import { shellWord } from "../../platform/shell-word";
import type { Stack } from "../stacks/stack";

/** The command that approves a plan of a stack, for the shell. `configFile`: where one was named on the command line. */
export function approveCommand({ name, typedAs }: Stack, checksum: string, configFile: string | undefined): string {
  const config = configFile === undefined ? "" : ` --config ${shellWord(configFile)}`;
  return `drift-check approve ${shellWord(typedAs ?? name)} --checksum ${checksum}${config}`;
}
