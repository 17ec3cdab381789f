import { performance } from "node:perf_hooks";
import { toAppError } from "../../platform/errors";
import type { HttpClient } from "../../platform/http";
import type { ProxyMetrics } from "./proxy-metrics";

/** Counts and times what is sent to Edge DNS. `now`: milliseconds of a clock that never jumps. */
export function meteredHttp(
  http: Pick<HttpClient, "send">,
  metrics: ProxyMetrics,
  now: () => number = () => performance.now(),
): Pick<HttpClient, "send"> {
  return {
    send: async (message) => {
      const began = now();
      const { method } = message;
      const count = (result: string) => metrics.upstreamAnswered({ method, result, seconds: (now() - began) / 1000 });
      try {
        const response = await http.send(message);
        count(String(response.status));
        const remaining = Number(response.headers["x-ratelimit-remaining"] ?? NaN);
        if (Number.isFinite(remaining)) metrics.upstreamAllows(remaining);
        return response;
      } catch (error) {
        count(toAppError(error).code);
        throw error;
      }
    },
  };
}
