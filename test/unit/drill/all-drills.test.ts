import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { allAlerts } from "../../../src/alerts/all-alerts";
import { allDrills } from "../../../src/drill/all-drills";

const page = (name: string) => readFileSync(resolve(__dirname, "../../../docs", name), "utf8");

test.each(allDrills.map((drill) => [drill.name, drill] as const))(
  "%s: its alarm is an alert that leads to its runbook, which says how to practise it",
  (name, { alert }) => {
    const found = allAlerts.find((each) => each.name === alert);
    expect(page(`runbooks/${found?.runbook ?? ""}.md`)).toContain(`\`unexpired drill ${name}\``);
  },
);

const secondsOf = (span: string) => parseInt(span) * (span.endsWith(" h") ? 3600 : 60);

test("each failure mode of the field is practised once", () => {
  const modes = allDrills.flatMap(({ failureMode }) => failureMode ?? []);
  expect(modes).toEqual(["F1", "F2", "F3", "F4", "F5", "F6"]);
});

test("the guide says of each alert without a drill why it has none, and of no other", () => {
  const [, told = ""] = /^These alerts have no drill([^]*?)^## /m.exec(page("guides/drills.md")) ?? [];
  const named = [...told.matchAll(/`([A-Z]\w+)`/g)].map(([, name]) => name);
  const drilled = new Set(allDrills.map(({ alert }) => alert));
  expect(named.sort()).toEqual(allAlerts.flatMap(({ name }) => (drilled.has(name) ? [] : name)).sort());
});

test("the guide has the objectives that the drills have", () => {
  const rows = new Map(
    [...page("guides/drills.md").matchAll(/^\| `([\w-]+)` +\| *(F\d)? *\| `(\w+)` +\| (\d+ \w+) +\| (\d+ \w+)/gm)].map(
      ([, name, mode, alert, detect = "", recover = ""]) => [
        name,
        [mode, alert, secondsOf(detect), secondsOf(recover)],
      ],
    ),
  );
  for (const { name, failureMode, alert, objectives } of allDrills)
    expect([name, rows.get(name)]).toEqual([
      name,
      [failureMode, alert, objectives.detectSeconds, objectives.recoverSeconds],
    ]);
  expect(rows.size).toBe(allDrills.length);
});
