import { metricFamilies } from "../service-levels/metric-families";
import type { Dashboard, Panel, Row, Step } from "./dashboard";

/** Of Grafana 11's classic model, which 13 imports as well (Grafana, "Dashboard JSON model"). */
const schemaVersion = 39;

const columns = 24;
const datasource = { type: "prometheus", uid: "${datasource}" };
const types = { stat: "stat", bars: "bargauge", timeseries: "timeseries", table: "table", history: "state-timeline" };

export interface DashboardOptions {
  /** Where the pages of docs/runbooks are; no final slash. @default "docs/runbooks" */
  readonly runbooks?: string;
}

/** What Grafana imports, under Dashboards › New › Import. */
export function dashboardJson(
  { uid, title, description, from, refresh, rows }: Dashboard,
  { runbooks = "docs/runbooks" }: DashboardOptions = {},
): object {
  const placed = place(rows);
  return {
    id: null,
    uid: `unexpired-${uid}`,
    title,
    description,
    tags: ["unexpired", "certificates"],
    schemaVersion,
    version: 1,
    editable: true,
    graphTooltip: 1,
    timezone: "browser",
    time: { from: `now-${from}`, to: "now" },
    refresh,
    templating: { list: [datasourceVariable, labelVariable("owner"), labelVariable("tier")] },
    annotations: { list: [pages] },
    links: [
      {
        type: "dashboards",
        title: "unexpired",
        tags: ["unexpired"],
        asDropdown: true,
        keepTime: true,
        includeVars: true,
      },
      { type: "link", title: "runbooks", url: `${runbooks}/README.md`, targetBlank: true },
    ],
    panels: placed.map(({ panel, gridPos }, index) => panelJson(panel, gridPos, index + 1, runbooks)),
  };
}

interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function place(rows: readonly Row[]): { readonly panel: Panel; readonly gridPos: GridPos }[] {
  let y = 0;
  return rows.flatMap(({ height, panels }) => {
    let x = 0;
    const placed = panels.map((panel) => {
      const gridPos = { x, y, w: panel.width, h: height };
      x += panel.width;
      return { panel, gridPos };
    });
    if (x > columns) throw new Error(`a row has ${x} columns, and there are ${columns}: ${panels[0]?.title ?? ""}`);
    y += height;
    return placed;
  });
}

function panelJson(panel: Panel, gridPos: GridPos, id: number, runbooks: string): object {
  const { title, description, kind, unit = "short", queries, steps = [], runbook } = panel;
  const isNow = kind !== "timeseries" && kind !== "history";
  return {
    id,
    type: types[kind],
    title,
    description,
    datasource,
    gridPos,
    fieldConfig: {
      defaults: {
        unit,
        color: { mode: steps.length > 0 ? "thresholds" : "palette-classic" },
        thresholds: { mode: "absolute", steps: thresholds(steps) },
        noValue: "none",
      },
      overrides: [],
    },
    options: optionsOf(kind),
    ...(kind === "table" && {
      transformations: [
        { id: "labelsToFields", options: { mode: "columns" } },
        { id: "merge", options: {} },
      ],
    }),
    targets: queries.map(({ expression, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource,
      expr: expression,
      ...(legend !== undefined && { legendFormat: legend }),
      ...(isNow ? { instant: true, range: false } : { instant: false, range: true }),
      format: "time_series",
    })),
    ...(runbook !== undefined && {
      links: [{ title: `runbook: ${runbook}`, url: `${runbooks}/${runbook}.md`, targetBlank: true }],
    }),
  };
}

/** Without any, Grafana wants one all the same. */
function thresholds(steps: readonly Step[]): object[] {
  const all: readonly Step[] = steps.length === 0 ? [{ colour: "blue" }] : steps;
  return all.map(({ from = null, colour }) => ({ color: colour, value: from }));
}

function optionsOf(kind: Panel["kind"]): object {
  const latest = { reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false } };
  switch (kind) {
    case "stat":
      return { ...latest, colorMode: "value", graphMode: "none", textMode: "auto" };
    case "bars":
      return { ...latest, orientation: "horizontal", displayMode: "basic", valueMode: "text" };
    case "timeseries":
      return { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi", sort: "desc" } };
    case "history":
      return { showValue: "always", mergeValues: true, legend: { displayMode: "list", placement: "bottom" } };
    case "table":
      return { showHeader: true, cellHeight: "sm" };
  }
}

const datasourceVariable = {
  name: "datasource",
  label: "Data source",
  type: "datasource",
  query: "prometheus",
  current: {},
};

/** Values that endpoints have; all of them at first, those without one included. */
function labelVariable(label: "owner" | "tier"): object {
  const query = `label_values(${metricFamilies.endpointValid.name}, ${label})`;
  return {
    name: label,
    label,
    type: "query",
    datasource,
    definition: query,
    query: { query, refId: `unexpired-${label}` },
    refresh: 2,
    includeAll: true,
    allValue: ".*",
    multi: true,
    current: { text: ["All"], value: ["$__all"] },
  };
}

/** When somebody was paged, on every graph. */
const pages = {
  name: "pages",
  enable: true,
  datasource,
  expr: 'ALERTS{alertstate="firing", severity="page"}',
  titleFormat: "{{alertname}}",
  iconColor: "red",
};
