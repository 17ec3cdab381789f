/** Alerts over made-up series, by Prometheus's own engine (promtool test rules). A test has a clock of its own: 0, 1, 2 … */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { allAlerts } from "../../src/alerts/all-alerts";
import { prometheusRules } from "../../src/alerts/prometheus-rules";

type Labels = Readonly<Record<string, string>>;

export interface Series {
  /** As PromQL writes it. */
  readonly series: string;
  /** One a minute, in promtool's notation: `0x5 3x60` is six times 0, then 3; `_x5` is five times nothing. */
  readonly values: string;
}

/** A series as a program of ours tells it, `instance` being where it runs. */
export function series(
  name: string,
  labels: Labels,
  values: string | number,
  instance = "a",
  job = "unexpired",
): Series {
  const all = Object.entries({ ...labels, job, instance });
  const text = all.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(",");
  return { series: `${name}{${text}}`, values: typeof values === "number" ? `${values}x600` : values };
}

/**
 * Which alerts fire, and no others: by the minute, `NAME label=value`, without severity and cause, which are those of the
 * table.
 */
export type Expected = Readonly<Record<number, readonly string[]>>;

/** What promtool has to say against it; empty if all is so. `unit`: of samples, evaluations and `expected`. */
export function firing(input: readonly Series[], expected: Expected, unit: "m" | "h" = "m"): string {
  const folder = mkdtempSync(join(tmpdir(), "promtool-"));
  const test = {
    interval: `1${unit}`,
    input_series: input,
    promql_expr_test: Object.entries(expected).map(([at, alerts]) => ({
      expr: 'ALERTS{alertstate="firing"}',
      eval_time: `${at}${unit}`,
      exp_samples: alerts.map((alert) => ({ labels: `ALERTS${labelsOf(alert)}`, value: 1 })),
    })),
  };
  writeFileSync(join(folder, "rules.yaml"), prometheusRules());
  writeFileSync(
    join(folder, "test.yaml"),
    stringify({ rule_files: ["rules.yaml"], evaluation_interval: `1${unit}`, tests: [test] }),
  );
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.yaml"], {
    cwd: folder,
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  return status === 0 ? "" : stdout + stderr;
}

function labelsOf(alert: string): string {
  const [name = "", ...own] = alert.split(" ");
  const known = allAlerts.find((each) => each.name === name);
  if (known === undefined) throw new Error(`there is no alert ${name}`);
  const { severity, cause } = known;
  const labels: Record<string, string> = { alertname: name, alertstate: "firing", severity, cause };
  for (const [, label = "", value = ""] of own.join(" ").matchAll(/(\w+)=(\S+)/g)) labels[label] = value;
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(",")}}`;
}
