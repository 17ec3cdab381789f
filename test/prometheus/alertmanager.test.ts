/** Where alerts go, by Alertmanager's own tool; what only a running Alertmanager does is in alerts-end-to-end.test.ts. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { allAlerts } from "../../src/alerts/all-alerts";

const file = join(__dirname, "../../monitoring/alertmanager/alertmanager.yaml");
const text = readFileSync(file, "utf8");

interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

interface PagerDuty {
  readonly description: string;
  readonly links: readonly { readonly href: string }[];
}

function amtool(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("amtool", args, { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("amtool has nothing against it", () => {
  expect(amtool("check-config", file)).toMatchObject({
    status: 0,
    output: expect.stringContaining("SUCCESS") as string,
  });
});

test.each<[receiver: string, alert: string, labels: string]>([
  ["page", "CertificateExpired", "tier=critical"],
  ["ticket", "CertificateExpired", "tier=standard"],
  ["ticket", "CertificateExpired", "tier=low owner=web"],
  ["page", "CertificateExpired", "tier=gold"],
  ["page", "CertificateExpired", ""],
  ["page", "CertificateAboutToExpire", "tier=critical"],
  ["ticket", "CertificateAboutToExpire", "tier=standard"],
  ["ticket", "CertificateExpiringSoon", "tier=critical"],
  ["page", "EndpointNotValid", "tier=critical"],
  ["ticket", "EndpointNotValid", "tier=standard"],
  ["page", "ValidErrorBudgetBurn", ""],
  ["ticket", "ValidErrorBudgetBurnSlow", ""],
  ["ticket", "RenewalFailing", "issuer=le"],
  ["page", "RenewalErrorBudgetBurn", ""],
  ["page", "PartialDeployment", ""],
  ["page", "CaOutage", "issuer=le"],
  ["ticket", "CaRateLimited", ""],
  ["ticket", "DnsChallengeFailing", ""],
  ["ticket", "ZoneLocked", ""],
  ["page", "ProxyDown", ""],
  ["page", "SecretsAccessDenied", ""],
  ["page", "KeyAccessAnomaly", "kind=stranger"],
  ["page", "KeyCompromiseNotReplaced", ""],
  ["page", "DriftCheckMissing", ""],
  ["page", "MetricsMissing", ""],
  ["ticket", "DriftNeedsApproval", "stack=web"],
  ["ticket", "LedgerUnavailable", ""],
])("%s: %s %s", (receiver, name, own) => {
  const alert = allAlerts.find((each) => each.name === name);
  const labels = [
    `alertname=${name}`,
    `severity=${alert?.severity ?? ""}`,
    `cause=${alert?.cause ?? ""}`,
    ...(own === "" ? [] : own.split(" ")),
  ];
  const test = ["config", "routes", "test", `--config.file=${file}`, `--verify.receivers=${receiver}`];
  expect(amtool(...test, ...labels)).toMatchObject({ status: 0 });
});

test("a telephone shows what fires, the first three of it, and the runbook of the first", () => {
  const { receivers } = parse(text) as { receivers: readonly { pagerduty_configs?: readonly PagerDuty[] }[] };
  const [pagerDuty] = receivers.flatMap(({ pagerduty_configs: each = [] }) => each);
  const folder = mkdtempSync(join(tmpdir(), "told-"));
  const told = (template: string | undefined, ...alerts: readonly (readonly ["firing" | "resolved", string])[]) => {
    const annotations = (name: string) => ({ summary: name, runbook_url: `docs/runbooks/${name}.md` });
    const data = { alerts: alerts.map(([status, name]) => ({ status, labels: {}, annotations: annotations(name) })) };
    writeFileSync(join(folder, "data.json"), JSON.stringify(data));
    const given = [`--template.text=${template ?? ""}`, `--template.data=${join(folder, "data.json")}`];
    return amtool("template", "render", "--template.glob=/dev/null", ...given).output.trim();
  };
  const some = [["resolved", "gone"], ...["a", "b", "c", "d"].map((name) => ["firing", name] as const)] as const;
  expect(told(pagerDuty?.description, ...some)).toBe("a; b; c (3 of 4)");
  expect(told(pagerDuty?.links[0]?.href, ...some)).toBe("docs/runbooks/a.md");
  expect(told(pagerDuty?.description, ["resolved", "gone"])).toBe("over");
  expect(told(pagerDuty?.links[0]?.href, ["resolved", "gone"])).toBe("docs/runbooks/gone.md");
  rmSync(folder, { recursive: true });
});

test("what nobody knows is a ticket", () => {
  expect(amtool("config", "routes", "test", `--config.file=${file}`, "--verify.receivers=ticket", "a=b").status).toBe(
    0,
  );
});

test("inhibitions name alerts that exist, and nothing keeps itself quiet", () => {
  const { inhibit_rules: rules } = parse(text) as { inhibit_rules: readonly InhibitRule[] };
  const named = (matchers: readonly string[]) =>
    matchers.flatMap((matcher) => {
      const [, pattern] = /^alertname=~?"(.*)"$/.exec(matcher) ?? [];
      if (pattern === undefined) return [];
      return pattern.split("|").flatMap((part) => {
        const found = allAlerts.map(({ name }) => name).filter((name) => new RegExp(`^(?:${part})$`).test(name));
        return found.length === 0 ? [`nothing is called ${part}`] : found;
      });
    });
  expect(rules.length).toBeGreaterThan(10);
  const pairs = rules.flatMap(({ source_matchers: from, target_matchers: to }) =>
    named(from).flatMap((source) => named(to).map((target) => `${source} > ${target}`)),
  );
  expect(pairs.filter((pair) => pair.includes("nothing"))).toEqual([]);
  expect(pairs.filter((pair) => pairs.includes(pair.split(" > ").reverse().join(" > ")))).toEqual([]);
  for (const { equal = [] } of rules) for (const label of equal) expect(["certificate", "issuer"]).toContain(label);
});

test("what nobody would hear of otherwise is never kept quiet", () => {
  const { inhibit_rules: rules } = parse(text) as { inhibit_rules: readonly InhibitRule[] };
  const targets = rules.flatMap(({ target_matchers: to }) => to).join();
  for (const name of [
    "CertificateExpired",
    "EndpointNotValid",
    "KeyAccessAnomaly",
    "KeyCompromiseNotReplaced",
    "CaOutage",
  ])
    expect(targets).not.toMatch(new RegExp(`\\b${name}\\b`));
});

test("secrets are referred to by file alone", () => {
  expect(text).not.toMatch(/^\s*(?:-\s)?\w*(?:key|password|secret|token|credentials): /im);
});
