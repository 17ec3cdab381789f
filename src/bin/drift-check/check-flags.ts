import type { Command } from "commander";

/** Options of every command that runs stacks. */
export function withCheckFlags(command: Command): Command {
  return command
    .option("--config <file>", "the configuration (default: drift-check.yaml, if there is one)")
    .option("--json <file>", "write everything as JSON there, by docs/reference/schemas/drift-run.schema.json")
    .option("--junit <file>", "write JUnit XML there")
    .option("--summary <file>", "append a summary in Markdown there, such as $GITHUB_STEP_SUMMARY")
    .option("--metrics <file>", "write metrics for Prometheus there")
    .option("--no-notify", "tell nobody of it, whatever the configuration says: for tries by hand")
    .option("--terraform-bin <program>", "terraform, or what takes its words, such as tofu");
}
