/** Runs one drill: the estate, the alarm system, the fault, and how long each part of the answer takes. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { prometheusRules } from "../alerts/prometheus-rules";
import type { Clock, Sleep } from "../platform/clock";
import type { Drill } from "./drill";
import { DrillEstate, type EstateOptions } from "./estate";
import { measureDrill, type DrillReport } from "./measure-drill";
import { startMetricsPage } from "./metrics-page";
import { Prometheus } from "./prometheus";

export interface DrillParts extends Omit<EstateOptions, "sandbox"> {
  /** What the spans of the alert rules are divided by. */
  readonly timeScale: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** A line for people, as it happens. */
  readonly say: (line: string) => void;
}

const scrapeSeconds = 1;

export async function runDrill(drill: Drill, parts: DrillParts): Promise<DrillReport> {
  const { folder, clock, say } = parts;
  const { moreTimeScale = 1 } = drill;
  say(
    moreTimeScale === 1
      ? "building the estate"
      : `building the estate; its rule is ${moreTimeScale} times shorter still`,
  );
  const estate = await DrillEstate.start({ ...parts, sandbox: drill.sandbox });
  try {
    const timeScale = parts.timeScale * moreTimeScale;
    const metrics = estate.metrics(timeScale);
    const page = await startMetricsPage(() => metrics.text(clock.now()));
    estate.onClose(() => page.close());
    const scene = await drill.prepare(estate);
    await estate.look();
    await mkdir(join(folder, "prometheus"));
    const prometheus = await Prometheus.start({
      folder: join(folder, "prometheus"),
      rules: prometheusRules({ timeScale }),
      targets: { unexpired: { address: page.address }, ...estate.targets },
      scrapeSeconds,
      path: parts.path,
    });
    estate.onClose(() => prometheus.stop());
    return await measureDrill(drill, { ...parts, timeScale, estate, prometheus, scene });
  } finally {
    await estate.close();
  }
}
