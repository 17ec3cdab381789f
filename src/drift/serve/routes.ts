import { toMetrics } from "../report/metrics";
import { daemonMetrics } from "./daemon-metrics";
import type { DashboardSource } from "./dashboards/dashboard-source";
import { jsonAnswer, textAnswer, type Routes } from "./http/answer";
import { certificatesPage } from "./pages/certificates-page";
import { debugPage } from "./pages/debug-page";
import { executivePage } from "./pages/executive-page";
import { onCallPage } from "./pages/on-call-page";
import { statusPage } from "./pages/status-page";
import { toStatusDocument } from "./status-document";
import type { StatusSource } from "./status-source";

/** Prometheus, "Exposition formats". */
const metricsType = "text/plain; version=0.0.4; charset=utf-8";

/** Everything the daemon answers. */
export function routesOf(
  status: Pick<StatusSource, "view" | "latest">,
  dashboards: Pick<DashboardSource, "view" | "metrics">,
): Routes {
  return {
    "/": async (query) => statusPage(await status.view(), query),
    "/certificates": async (query) => {
      const { certificates, status: seen } = await dashboards.view();
      return certificatesPage({ certificates, now: seen.now }, query);
    },
    "/executive": async () => executivePage(await dashboards.view()),
    "/on-call": async (query) => onCallPage(await dashboards.view(), query),
    "/debug": async (query) => debugPage(await dashboards.view(), query),
    "/status.json": async () => jsonAnswer(200, toStatusDocument(await status.view())),
    "/healthz": async () => {
      const { health } = await status.view();
      return jsonAnswer(health.status === "ok" ? 200 : 503, health);
    },
    "/metrics": async () => {
      const own = daemonMetrics(await status.view());
      const latest = status.latest();
      const ofRun = latest === undefined ? "" : toMetrics(latest);
      return textAnswer(200, own + ofRun + (await dashboards.metrics()), metricsType);
    },
  };
}
