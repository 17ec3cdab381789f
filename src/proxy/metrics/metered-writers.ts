import { performance } from "node:perf_hooks";
import type { ZoneWriters } from "../zone-writers";
import type { ProxyMetrics } from "./proxy-metrics";

/** Times how long writes wait for their turn. `now`: milliseconds of a clock that never jumps. */
export function meteredWriters(
  writers: Pick<ZoneWriters, "run">,
  metrics: ProxyMetrics,
  now: () => number = () => performance.now(),
): Pick<ZoneWriters, "run"> {
  return {
    run: (zone, client, operation) => {
      const arrived = now();
      let isCounted = false;
      const count = () => {
        if (!isCounted) metrics.waited((now() - arrived) / 1000);
        isCounted = true;
      };
      return writers
        .run(zone, client, (signal) => {
          count();
          return operation(signal);
        })
        .finally(count);
    },
  };
}
