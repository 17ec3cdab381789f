import { LedgerFold } from "../../../src/service-levels/fold-ledger";
import { metricFamilies } from "../../../src/service-levels/metric-families";
import type { Probe } from "../../../src/service-levels/probe";
import { serviceLevelMetrics } from "../../../src/service-levels/service-level-metrics";
import { metricsIn } from "../../support/every-metric";
import { afterMinutes } from "../../support/ledger-lines";
import { serviceLevelText } from "../../support/service-level-text";

const lines = serviceLevelText().split("\n");

test("every metric of the table has samples, with its labels", () => {
  // a bucket's own label comes first
  const expected = Object.values(metricFamilies).map(({ name, type, labelNames }) => [
    ...[name, type],
    ...(type === "histogram" ? ["le", ...labelNames] : labelNames),
  ]);
  const written = metricsIn(serviceLevelText()).map(({ name, type, labelNames }) => [name, type, ...labelNames]);
  expect(written.sort()).toEqual(expected.sort());
});

test("gauges of the latest look, by the clock", () => {
  expect(lines).toContain('unexpired_endpoint_valid{endpoint="a.example.gov:443",owner="web",tier="gold"} 1');
  expect(lines).toContain('unexpired_endpoint_valid{endpoint="b.example.gov:443",owner="",tier=""} 0');
  expect(lines).toContain(
    'unexpired_certificate_not_after_timestamp_seconds{certificate="arn:a",names="a.example.gov,b.example.gov",region="eu-west-1",owner="web",tier="gold",issuer="R10"} 1780401600',
  );
  expect(lines).toContain('unexpired_certificate_not_before_timestamp_seconds{certificate="arn:a"} 1780272000');
  expect(lines).toContain('unexpired_probe_timestamp_seconds{source="scan"} 1780272000');
});

test("ratios, burn rates and budgets; a target without a budget has no burn rate", () => {
  expect(lines).toContain('unexpired_sli_ratio{sli="valid",window="5m"} 0.5');
  expect(lines).toContain('unexpired_slo_target_ratio{sli="renewal"} 0.9995');
  expect(lines).toContain('unexpired_burn_rate{sli="issuance",window="1h"} 0');
  expect(lines).toContain('unexpired_error_budget_remaining_ratio{sli="issuance"} 1');
  expect(lines.some((line) => line.startsWith('unexpired_burn_rate{sli="key_access"'))).toBe(false);
  expect(lines.some((line) => line.includes('unexpired_burn_rate{sli="valid",window="30d"'))).toBe(false);
});

test("the ledger's own", () => {
  expect(lines).toContain("unexpired_ledger_up 1");
  expect(lines.find((line) => line.startsWith("unexpired_ledger_head_sequence "))).toMatch(/ [1-9]\d*$/);
  expect(lines).toContain('unexpired_waivers{rule="policy/frozen",owner="web"} 1');
});

test("of several scans, all certificates, and the oldest time: a series is there once", () => {
  const scan = (account: string, hours: number): Probe => ({
    ...{ source: "scan", at: afterMinutes(hours * 60), parts: [account], endpoints: [] },
    certificates: [
      {
        ...{ certificate: account, names: [], region: "", issuer: "", owner: "", tier: "" },
        notAfter: afterMinutes(6_000),
      },
    ],
  });
  const probes = [scan("one", 1), scan("other", 2)];
  const text = serviceLevelMetrics({ ledger: new LedgerFold(), probes, now: afterMinutes(180), isLedgerUp: true });
  expect(text.match(/unexpired_certificate_not_after\S+\{certificate="\w+"/g)).toHaveLength(2);
  expect(text.match(/^unexpired_probe_timestamp_seconds.*$/gm)).toEqual([
    `unexpired_probe_timestamp_seconds{source="scan"} ${afterMinutes(60).getTime() / 1000}`,
  ]);
});
