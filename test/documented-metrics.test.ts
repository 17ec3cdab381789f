/** docs/reference/metrics.md against the code: every metric with its type and labels, and no other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { metricFamilies } from "../src/service-levels/metric-families";
import { daemonText, driftText, metricsIn, metricsOfProxy, scanText, type KnownMetric } from "./support/every-metric";

const page = readFileSync(join(__dirname, "../docs/reference/metrics.md"), "utf8");
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section]),
);

const told = ({ name, type, labelNames }: KnownMetric) => `${name} ${type} ${labelNames.join(", ")}`.trim();

test.each<[string, () => readonly KnownMetric[] | Promise<readonly KnownMetric[]>]>([
  ["Service levels", () => Object.values(metricFamilies)],
  ["drift-check run", () => metricsIn(driftText())],
  ["drift-check serve", () => metricsIn(daemonText())],
  ["manage-certs scan", () => metricsIn(scanText())],
  ["akamai-dns-proxy", metricsOfProxy],
])("%s", async (section, known) => {
  const rows = [...(sections.get(section) ?? "").matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*?) *\|/gm)];
  const documented = rows.map(([, name, type, labels = ""]) => `${name} ${type} ${labels.replaceAll("`", "")}`.trim());
  expect(documented.sort()).toEqual((await known()).map(told).sort());
});

test("names and help follow the conventions of Prometheus", () => {
  for (const { name, type, help } of Object.values(metricFamilies)) {
    expect([name, /_total$/.test(name)]).toEqual([name, type === "counter"]);
    expect([name, /_(ms|milliseconds|minutes|count|sum|bucket)$/.test(name)]).toEqual([name, false]);
    expect([name, help]).toEqual([name, expect.stringMatching(/^\S.*\.$/) as string]);
  }
});
