/** What those who run the proxy ask it. Nothing here needs a signature. */
import type { ProxyMetrics } from "../metrics/proxy-metrics";
import type { Readiness } from "../readiness/readiness";
import type { Problem, Reply } from "./problem";

export interface OperatorParts {
  readonly metrics: ProxyMetrics;
  readonly readiness: Readiness;
}

export type OperatorAnswer = (parts: OperatorParts, mayReadMetrics: () => boolean) => Promise<Reply | Problem>;

/** Strangers are not told that there is something. */
const notFound: Problem = { status: 404, type: "about:blank", title: "Not Found", detail: "There is nothing here" };

/** Path → what a GET is answered. */
export const operatorRoutes: Readonly<Record<string, OperatorAnswer>> = {
  "/healthz": async () => ({ status: 200, body: { status: "ok" } }),
  "/readyz": async ({ readiness }) => {
    const answer = await readiness.ask();
    return { status: answer.status === "ready" ? 200 : 503, body: answer };
  },
  "/metrics": async ({ metrics }, mayReadMetrics) =>
    mayReadMetrics()
      ? { status: 200, text: await metrics.render(), headers: { "content-type": metrics.contentType } }
      : notFound,
};
