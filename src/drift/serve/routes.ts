import { toMetrics } from "../report/metrics";
import { daemonMetrics } from "./daemon-metrics";
import { jsonAnswer, textAnswer, type Routes } from "./http/answer";
import { certificatesPage } from "./pages/certificates-page";
import { statusPage } from "./pages/status-page";
import { toStatusDocument } from "./status-document";
import type { StatusSource } from "./status-source";

/** Prometheus, "Exposition formats". */
const metricsType = "text/plain; version=0.0.4; charset=utf-8";

/** Everything the daemon answers. */
export function routesOf(status: Pick<StatusSource, "view" | "latest">): Routes {
  return {
    "/": async (query) => statusPage(await status.view(), query),
    "/certificates": async (query) => certificatesPage(await status.view(), query),
    "/status.json": async () => jsonAnswer(200, toStatusDocument(await status.view())),
    "/healthz": async () => {
      const { health } = await status.view();
      return jsonAnswer(health.status === "ok" ? 200 : 503, health);
    },
    "/metrics": async () => {
      const own = daemonMetrics(await status.view());
      const latest = status.latest();
      return textAnswer(200, own + (latest === undefined ? "" : toMetrics(latest)), metricsType);
    },
  };
}
