import { prometheusRules } from "../../src/alerts/prometheus-rules";

const madeOf = "# Made of src/alerts by `npm run docs`; docs/reference/alerts.md says what each alert means.\n";

/** What is generated in monitoring/: paths from the root of the repository, with their texts. */
export function monitoringFiles(): Readonly<Record<string, string>> {
  return { "monitoring/prometheus/unexpired.rules.yaml": madeOf + prometheusRules() };
}
