import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { silentLogger } from "../../../../src/platform/log";
import { systemClock } from "../../../../src/platform/clock";
import { ProxyMetrics } from "../../../../src/proxy/metrics/proxy-metrics";
import { watchProxy } from "../../../../src/proxy/metrics/watch-proxy";
import { Policy } from "../../../../src/proxy/policy/policy";
import { Readiness } from "../../../../src/proxy/readiness/readiness";

function everyMetric(): ProxyMetrics {
  const metrics = new ProxyMetrics();
  metrics.upstreamAllows(10);
  const client = { name: "a", tokens: [], expires: new Date("2027-01-01"), requestsPerMinute: 1, oidc: [] };
  watchProxy(metrics, {
    inWork: () => 0,
    waiting: () => 0,
    replayKeys: () => 0,
    policyFile: __filename,
    policy: () => new Policy([client], []),
    loadedAt: () => new Date(),
    auditSequence: () => 1,
    usesStandby: () => false,
    janitorValues: () => 0,
    readiness: new Readiness({ checks: {}, logger: silentLogger, clock: systemClock }),
  });
  return metrics;
}

test("the documentation lists every metric with its type and labels, and no other", async () => {
  const page = readFileSync(join(__dirname, "../../../../docs/reference/akamai-dns-proxy.md"), "utf8");
  const documented = [...page.matchAll(/^\| `(adp_\w+)` +\| (\w+) +\| ([^|]*?) *\|/gm)].map(
    ([, name, type, labels = ""]) => `${name} ${type} ${labels.replaceAll("`", "")}`.trim(),
  );
  const { registry, families } = everyMetric();
  const registered = (await registry.getMetricsAsJSON())
    .filter(({ name }) => name.startsWith("adp_"))
    .map((each) => {
      const { labelNames = [] } = registry.getSingleMetric(each.name) as { labelNames?: string[] };
      return `${each.name} ${String(each.type)} ${labelNames.join(", ")}`.trim();
    });
  const counted = families.map(({ name, type, labelNames }) => `${name} ${type} ${labelNames.join(", ")}`.trim());
  expect(documented.sort()).toEqual([...registered, ...counted].sort());
});

test("names follow the conventions of Prometheus, those of the library included", async () => {
  const text = await everyMetric().render();
  const families = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = "", type = ""]) => ({ name, type }));
  expect(families.length).toBeGreaterThan(30);
  for (const { name, type } of families) {
    expect([name, /_total$/.test(name)]).toEqual([name, type === "counter"]);
    expect([name, /_(ms|milliseconds|minutes|count|sum|bucket)$/.test(name)]).toEqual([name, false]);
    expect(text).toMatch(new RegExp(`^# HELP ${name} \\S.*$`, "m"));
  }
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

(hasPromtool ? test : test.skip)("promtool finds nothing to say", async () => {
  const { stdout, stderr, status } = spawnSync("promtool", ["check", "metrics"], {
    input: await everyMetric().render(),
    encoding: "utf8",
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
});
