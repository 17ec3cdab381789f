import { findAll, findingRules } from "../../../../src/manage-certs/findings/find-all";
import { toMetrics } from "../../../../src/manage-certs/report/metrics";
import { bigEstate, certificate, estate, now } from "../../../support/scanned-estate";

test("gauges with help and type; every rule has samples, so that a series can go back to zero", () => {
  const lines = toMetrics(bigEstate, findAll(bigEstate)).trimEnd().split("\n");
  expect(lines).toContain(`manage_certs_scan_timestamp_seconds ${now.getTime() / 1000}`);
  expect(lines).toContain('manage_certs_findings{rule="expired",severity="critical"} 1');
  expect(lines).toContain('manage_certs_findings{rule="weak-key",severity="notice"} 0');
  expect(lines.filter((line) => line.startsWith("manage_certs_findings{"))).toHaveLength(findingRules.length * 3);
  for (const line of lines)
    expect(line).toMatch(/^(# (HELP|TYPE) manage_certs_\w+ .+|manage_certs_\w+(\{.+\})? [\d.]+)$/);
});

test("labels are escaped", () => {
  const text = toMetrics(estate({ certificates: [certificate("a", { names: ['a"\\\nb'] })] }), []);
  expect(text).toContain('name="a\\"\\\\\\nb",owner="nobody",used="false"} ');
});
