import type { Command } from "commander";

/** Forms that a run is told in, beside the text for people. */
export interface ReportFlags {
  readonly json?: true;
  readonly junit?: string;
  readonly summary?: string;
}

/** @param schema what the JSON is of, in docs/reference/schemas */
export function withReportFlags(command: Command, schema: string): Command {
  return command
    .option("--json", `write everything as JSON, by docs/reference/schemas/${schema}.schema.json`)
    .option("--junit <file>", "write JUnit XML there")
    .option("--summary <file>", "append a summary in Markdown there, such as $GITHUB_STEP_SUMMARY");
}
