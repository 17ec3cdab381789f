import { allAlerts } from "../../src/alerts/all-alerts";
import { table } from "./schema-table";

/** Every alert as a row of a Markdown table; links are from docs/reference. */
export function alertsTable(): string {
  const rows = allAlerts.map(({ name, when, severity, cause, runbook }) => [
    `\`${name}\``,
    when,
    severity,
    `\`${cause}\``,
    `[${runbook}](../runbooks/${runbook}.md)`,
  ]);
  return table(["alert", "fires when", "severity", "cause", "runbook"], rows);
}
