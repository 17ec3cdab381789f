import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { alertCauses } from "../../../src/alerts/alert";
import { allAlerts } from "../../../src/alerts/all-alerts";
import { recordingRules } from "../../../src/alerts/recording-rules";
import { RuleTimes } from "../../../src/alerts/rule-times";
import { failureCauses, sliNames } from "../../../src/service-levels/metric-families";
import { knownNames, unknownNames, type KnownNames } from "../../support/known-names";
import { promqlNames } from "../../support/promql-names";

const root = join(__dirname, "../../..");
const rules = [...recordingRules, ...allAlerts];
const expressionOf = (name: string) => rules.find((rule) => rule.name === name)?.expression(new RuleTimes()) ?? "";
let known: KnownNames;

beforeAll(async () => {
  known = await knownNames();
});

test("names are there once", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name } of allAlerts) expect(name).toMatch(/^([A-Z][a-z]+)+$/);
});

test.each(rules.map(({ name }) => name))("%s names metrics and labels that exist", (name) => {
  expect(promqlNames(expressionOf(name)).metrics).not.toEqual([]);
  expect(unknownNames(expressionOf(name), known)).toEqual([]);
});

test("values that an expression asks for are ones that metrics have", () => {
  const codes = [...readFileSync(join(root, "docs/reference/errors.md"), "utf8").matchAll(/^\| `(\w+)`/gm)];
  const values: Readonly<Record<string, readonly string[]>> = {
    cause: failureCauses,
    sli: sliNames,
    code: codes.map(([, code = ""]) => code),
    window: ["5m", "30m", "1h", "6h", "3d"],
    outcome: ["done", "failed", "unknown", "partial", "unreadable"],
    job: ["akamai-dns-proxy"],
    reason: codes.map(([, code = ""]) => code),
    used: ["true"],
    alertname: allAlerts.map(({ name }) => name),
    alertstate: ["firing"],
  };
  const asked = rules.flatMap(({ name }) => [...expressionOf(name).matchAll(/(\w+)(?:=~|!=|=)"([^"]*)"/g)]);
  expect(asked.length).toBeGreaterThan(10);
  for (const [matcher, label = "", value = ""] of asked)
    for (const each of value.split("|")) expect([matcher, values[label]?.includes(each)]).toEqual([matcher, true]);
});

test.each(allAlerts)("$name is told in a few words", ({ summary, description, when, cause }) => {
  const shown = summary.replace(/\{\{ (with|if|else|end)[^}]*\}\}/g, "");
  expect(shown.length).toBeLessThanOrEqual(100);
  expect(shown).not.toMatch(/\.$/);
  expect(description).toMatch(/\.(\{\{ (with|end)[^}]*\}\}.*)?$/);
  expect(when).toMatch(/^[a-z][^\n]*[^.]$/);
  expect(alertCauses).toContain(cause);
});

test("the labels that texts show are labels of the result", () => {
  for (const { name, summary, description } of allAlerts) {
    const expression = expressionOf(name);
    const recorded = promqlNames(expression).metrics.flatMap((metric) => promqlNames(expressionOf(metric)).labels);
    const labels = [...promqlNames(expression).labels, ...recorded, "certificate", "names"];
    for (const [, label = ""] of `${summary}${description}`.matchAll(/\$labels\.(\w+)/g))
      expect([name, label, labels.includes(label)]).toEqual([name, label, true]);
  }
});

test("promtool sees every alert fire, and the page of alerts says where", () => {
  const page = readFileSync(join(root, "docs/reference/alerts.md"), "utf8");
  const proved = new Map(
    [...page.matchAll(/^\| `(\w+)` +\| (.*?) *\| (?:yes)? *\| .*? *\|$/gm)].map(([, name = "", files]) => [
      name,
      files,
    ]),
  );
  expect([...proved.keys()].sort()).toEqual(allAlerts.map(({ name }) => name).sort());
  for (const [name, files] of proved)
    expect([name, files]).toEqual([name, expect.stringMatching(/^`[\w-]+`/) as string]);
});

test("every alert has a page, which names it, and docs/runbooks/README.md says which", () => {
  const page = (runbook: string) => join(root, `docs/runbooks/${runbook}.md`);
  const readme = readFileSync(page("README"), "utf8");
  const listed = [...readme.matchAll(/^\| `(\w+)` +\| (\w+) +\| \[([\w-]+)\]/gm)].map(([, ...row]) => row.join(" "));
  const rows = allAlerts.map(({ name, severity, runbook }) => `${name} ${severity} ${runbook}`);
  expect(listed.sort()).toEqual(rows.sort());
  const unnamed = allAlerts.filter(
    ({ name, runbook }) => !existsSync(page(runbook)) || !readFileSync(page(runbook), "utf8").includes(`\`${name}\``),
  );
  expect(unnamed.map(({ name }) => name)).toEqual([]);
});
