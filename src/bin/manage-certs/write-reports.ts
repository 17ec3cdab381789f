import { appendReport } from "../../platform/report/append-report";
import { writeWhole } from "../../platform/report/write-whole";
import type { ReportFlags } from "./report-flags";

/** How a command tells of a run. */
export interface Reports<Run> {
  readonly text: (run: Run) => string;
  /** In its published form. */
  readonly document: (run: Run) => unknown;
  readonly junit: (run: Run) => string;
  readonly markdown: (run: Run) => string;
  readonly exitCode: (run: Run) => number;
}

/** Standard output comes first: it is there even where a file cannot be written. Errors: `store_unwritable`. */
export async function writeReports<Run>(run: Run, flags: ReportFlags, reports: Reports<Run>): Promise<void> {
  const { json, junit, summary } = flags;
  process.exitCode = reports.exitCode(run);
  process.stdout.write(json ? `${JSON.stringify(reports.document(run), undefined, 2)}\n` : reports.text(run));
  if (junit !== undefined) await writeWhole(junit, reports.junit(run));
  if (summary !== undefined) await appendReport(summary, reports.markdown(run));
}
