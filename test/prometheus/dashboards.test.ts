/** Whether Prometheus understands what dashboards ask. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { allDashboards } from "../../src/grafana/all-dashboards";

test.each(allDashboards)("$uid", ({ rows }) => {
  const folder = mkdtempSync(join(tmpdir(), "dashboards-"));
  const expressions = rows
    .flatMap(({ panels }) => panels.flatMap(({ queries }) => queries))
    .map(({ expression }) => expression);
  const rules = expressions.map((expr, index) => ({
    record: `query:${index}`,
    // Grafana's own, which it fills in before it asks
    expr: expr.replaceAll("$__rate_interval", "5m"),
  }));
  writeFileSync(join(folder, "queries.yaml"), stringify({ groups: [{ name: "queries", rules }] }));
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "rules", "queries.yaml"], {
    cwd: folder,
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  expect([status, stdout + stderr]).toEqual([0, expect.stringContaining(`${rules.length} rules found`) as string]);
});
