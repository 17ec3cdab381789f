import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { monitoringFiles } from "../../../scripts/docs/monitoring-files";
import { allAlerts } from "../../../src/alerts/all-alerts";
import { prometheusRules, type PrometheusRulesOptions } from "../../../src/alerts/prometheus-rules";

interface Rule {
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

function rulesOf(options?: PrometheusRulesOptions): readonly Rule[] {
  const { groups } = parse(prometheusRules(options)) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

const ruleOf = (name: string, options?: PrometheusRulesOptions) => rulesOf(options).find(({ alert }) => alert === name);

test.each(Object.entries(monitoringFiles()))("%s is up to its source: npm run docs", (name, text) => {
  expect(readFileSync(join(__dirname, "../../..", name), "utf8")).toBe(text);
});

test("an alert has its labels, its texts and its page", () => {
  const rule = ruleOf("ProxyDown", { runbooks: "https://git.example.gov/runbooks" });
  expect(rule).toMatchObject({
    for: "2m",
    labels: { severity: "page", cause: "proxy" },
    annotations: { runbook_url: "https://git.example.gov/runbooks/proxy-down.md" },
  });
});

test("what is recorded comes before what asks for it", () => {
  const firstAlert = rulesOf().findIndex(({ alert }) => alert !== undefined);
  expect(rulesOf().slice(firstAlert)).toHaveLength(allAlerts.length);
  expect(
    rulesOf()
      .slice(firstAlert)
      .every(({ alert }) => alert !== undefined),
  ).toBe(true);
});

test("a drill has the same rules, with shorter spans of time", () => {
  const timeScale = 600;
  expect(ruleOf("ProxyDown", { timeScale })).toMatchObject({ for: "1s" });
  expect(ruleOf("PartialDeployment", { timeScale })?.expr).toContain("[6s]");
  expect(ruleOf("DriftCheckMissing", { timeScale })?.expr).toContain("> 156");
  expect(ruleOf("DriftCheckMissing")?.expr).toContain("> 93600");
  expect(rulesOf({ timeScale }).map(({ alert, labels }) => [alert, labels])).toEqual(
    rulesOf().map(({ alert, labels }) => [alert, labels]),
  );
});
