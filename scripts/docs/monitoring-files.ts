import { prometheusRules } from "../../src/alerts/prometheus-rules";
import { allDashboards } from "../../src/grafana/all-dashboards";
import { dashboardJson } from "../../src/grafana/dashboard-json";

const madeOf = "# Made of src/alerts by `npm run docs`; docs/reference/alerts.md says what each alert means.\n";

/** What is generated in monitoring/: paths from the root of the repository, with their texts. */
export function monitoringFiles(): Readonly<Record<string, string>> {
  const dashboards = allDashboards.map((each) => [
    `monitoring/grafana/${each.uid}.json`,
    JSON.stringify(dashboardJson(each), undefined, 2) + "\n",
  ]);
  return {
    "monitoring/prometheus/unexpired.rules.yaml": madeOf + prometheusRules(),
    ...(Object.fromEntries(dashboards) as Record<string, string>),
  };
}
