import { Argument, type Command } from "commander";
import {
  completionScript,
  shells,
  type CompletedCommand,
  type Shell,
} from "../../manage-certs/completion/completion-script";

export function addCompletion(program: Command): void {
  program
    .command("completion")
    .description("print what completes this command's words in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .action((shell: Shell) => void process.stdout.write(completionScript(shell, described(program))));
}

function described(command: Command): CompletedCommand {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap(({ long, description }) => (long ? [{ name: long, description }] : [])),
    commands: command.commands.map(described),
  };
}
