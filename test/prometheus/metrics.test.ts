/** What Prometheus's own linter says of our metrics (promtool check metrics). */
import { spawnSync } from "node:child_process";
import { daemonText, driftText, proxyWithEveryMetric, scanText } from "../support/every-metric";
import { serviceLevelText } from "../support/service-level-text";

test.each<[string, () => string | Promise<string>]>([
  ["akamai-dns-proxy", () => proxyWithEveryMetric().render()],
  ["drift-check", driftText],
  // one page, as the route puts it together
  ["drift-check serve", () => daemonText() + driftText() + serviceLevelText()],
  ["manage-certs scan", scanText],
  ["the service levels", serviceLevelText],
])("promtool finds nothing to say about %s", async (_, text) => {
  const { stdout, stderr, status } = spawnSync("promtool", ["check", "metrics"], {
    input: await text(),
    encoding: "utf8",
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
});
