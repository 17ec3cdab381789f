/** Completion of a command line, as scripts for shells. */
export interface CompletedCommand {
  readonly name: string;
  /** One line. */
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
}

export interface CompletedOption {
  /** With its hyphens: `--regions`. */
  readonly name: string;
  readonly description: string;
}

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

export function completionScript(shell: Shell, program: CompletedCommand): string {
  switch (shell) {
    case "bash":
      return bashScript(program);
    case "zsh":
      // zsh understands what bash does, once asked to (zshcompsys(1), bashcompinit)
      return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(program)}`;
    case "fish":
      return fishScript(program);
  }
}

/** Every command by its words, the program itself by none. */
function flattened(command: CompletedCommand, words: readonly string[] = []): [string, CompletedCommand][] {
  const own: [string, CompletedCommand] = [words.join(" "), command];
  return [own, ...command.commands.flatMap((each) => flattened(each, [...words, each.name]))];
}

/** Where no word fits, files are offered: what most options take. */
function bashScript(program: CompletedCommand): string {
  const name = functionName(program);
  const cases = flattened(program).map(([words, { commands, options }]) => {
    const offered = [...commands, ...options].map((each) => each.name).join(" ");
    return `    ${JSON.stringify(words)}) offered="${offered}" ;;`;
  });
  const known = flattened(program).flatMap(([words]) => (words === "" ? [] : [JSON.stringify(words)]));
  return [
    `${name}() {`,
    '  local current="${COMP_WORDS[COMP_CWORD]}" command="" word offered=""',
    '  for word in "${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do',
    '    case "${command:+$command }$word" in',
    `      ${known.join("|")}) command="\${command:+$command }$word" ;;`,
    "    esac",
    "  done",
    '  case "$command" in',
    ...cases,
    "  esac",
    '  COMPREPLY=($(compgen -W "$offered" -- "$current"))',
    "}",
    `complete -o default -F ${name} ${program.name}`,
    "",
  ].join("\n");
}

function functionName({ name }: CompletedCommand): string {
  return `_${name.replace(/\W/g, "_")}`;
}

function fishScript(program: CompletedCommand): string {
  const lines = flattened(program).flatMap(([words, { commands, options }]) => {
    const here = condition(words, commands);
    const offer = (what: string, description: string) =>
      `complete -c ${program.name} ${here} ${what} -d ${quoted(description)}`;
    return [
      ...commands.map((each) => offer(`-f -a ${each.name}`, each.description)),
      ...options.map((each) => offer(`-l ${each.name.slice(2)}`, each.description)),
    ];
  });
  return `${lines.join("\n")}\n`;
}

/** fish asks a condition for each line: these words were said, and none of the commands below them. */
function condition(words: string, below: readonly CompletedCommand[]): string {
  const said = words === "" ? [] : words.split(" ").map((word) => `__fish_seen_subcommand_from ${word}`);
  const unsaid =
    below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.map(({ name }) => name).join(" ")}`];
  return `-n ${quoted([...said, ...unsaid].join("; and ") || "true")}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
