import { existsSync } from "node:fs";
import { join } from "node:path";
import { allDashboards } from "../../../src/grafana/all-dashboards";
import { dashboardJson } from "../../../src/grafana/dashboard-json";
import { knownNames, unknownNames, type KnownNames } from "../../support/known-names";
import { promqlNames } from "../../support/promql-names";

const root = join(__dirname, "../../..");

interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface PanelJson {
  readonly id: number;
  readonly title: string;
  readonly gridPos: GridPos;
  readonly datasource: { readonly uid: string };
  readonly targets: readonly { readonly refId: string; readonly expr: string; readonly datasource: { uid: string } }[];
  readonly links?: readonly { readonly url: string }[];
}

interface DashboardJson {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly PanelJson[];
}

const made = allDashboards.map((each) => [each.uid, dashboardJson(each) as DashboardJson] as const);
const queries = allDashboards.flatMap(({ uid, rows }) =>
  rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries: all }) => all.map((query) => [`${uid}: ${title}`, query] as const)),
  ),
);
let known: KnownNames;

beforeAll(async () => {
  known = await knownNames();
});

test.each(queries)("%s asks for metrics and labels that exist", (_, { expression, legend = "" }) => {
  expect(promqlNames(expression).metrics).not.toEqual([]);
  expect(unknownNames(expression, known)).toEqual([]);
  const labels = promqlNames(expression).labels;
  for (const [, label = ""] of legend.matchAll(/\{\{(\w+)\}\}/g)) expect(labels).toContain(label);
});

test.each(made)("%s: panels have room, and numbers of their own", (_, { panels, schemaVersion }) => {
  expect(schemaVersion).toBeGreaterThanOrEqual(39);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
    expect(x + w).toBeLessThanOrEqual(24);
    return Array.from({ length: w * h }, (__, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
  });
  expect(new Set(cells).size).toBe(cells.length);
});

test.each(made)("%s: every query goes to the data source that the reader chose", (_, { panels, templating }) => {
  expect(templating.list).toContainEqual(expect.objectContaining({ name: "datasource", type: "datasource" }));
  for (const { datasource, targets } of panels) {
    expect([datasource.uid, ...targets.map((target) => target.datasource.uid)]).toEqual(
      Array.from({ length: targets.length + 1 }, () => "${datasource}"),
    );
    expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
  }
});

test.each(allDashboards)("$uid: every panel says what it shows", ({ rows }) => {
  for (const { title, description } of rows.flatMap(({ panels }) => panels))
    expect([title, description]).toEqual([title, expect.stringMatching(/^[A-Z0-9a-z][^]*\.$/) as string]);
});

test("links lead to runbooks", () => {
  const pages = made.flatMap(([, { panels }]) => panels.flatMap(({ links = [] }) => links.map(({ url }) => url)));
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter((page) => !existsSync(join(root, page)))).toEqual([]);
});

test("a row that is too wide is a mistake", () => {
  const panel = { title: "wide", description: "", kind: "stat", width: 13, queries: [] } as const;
  const [dashboard] = allDashboards;
  if (dashboard === undefined) throw new Error("there is no dashboard");
  expect(() => dashboardJson({ ...dashboard, rows: [{ height: 1, panels: [panel, panel] }] })).toThrow(/26 columns/);
});

test("a zero is told by something, and never made up: no green where nothing is known", () => {
  const expressions = allDashboards
    .flatMap(({ rows }) => rows.flatMap(({ panels }) => panels))
    .flatMap(({ queries }) => queries.map(({ expression }) => expression));
  expect(expressions.filter((each) => each.includes("vector("))).toEqual([]);
  expect(expressions).toContain(
    "count(max by (stack) (drift_check_stack_exit_code) >= 3) or 0 * count(drift_check_stack_exit_code)",
  );
});
