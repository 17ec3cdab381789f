import { toJunit } from "../../drift/report/junit";
import { toMarkdown } from "../../drift/report/markdown";
import { toMetrics } from "../../drift/report/metrics";
import { toRunDocument } from "../../drift/report/run-document";
import { toText } from "../../drift/report/text";
import type { DriftRun } from "../../drift/run/run-stacks";
import { exitCodeOfRun } from "../../drift/run/stack-report";
import { appendReport } from "../../platform/report/append-report";
import { writeWhole } from "../../platform/report/write-whole";

/** Files that a run is written to, beside standard output. */
export interface ReportFlags {
  readonly json?: string;
  readonly junit?: string;
  readonly summary?: string;
  readonly metrics?: string;
}

/** What people read comes first: it is there even where a file cannot be written. Sets the exit code. */
export async function writeReports(run: DriftRun, { json, junit, summary, metrics }: ReportFlags): Promise<void> {
  process.exitCode = exitCodeOfRun(run.reports);
  process.stdout.write(toText(run));
  if (json !== undefined) await writeWhole(json, `${JSON.stringify(toRunDocument(run), undefined, 2)}\n`);
  if (junit !== undefined) await writeWhole(junit, toJunit(run));
  if (metrics !== undefined) await writeWhole(metrics, toMetrics(toRunDocument(run)));
  if (summary !== undefined) await appendReport(summary, toMarkdown(run));
}
