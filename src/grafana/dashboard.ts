/**
 * Dashboards for Grafana as data. `dashboardJson` makes what Grafana imports; panels stand side by side in rows, from left
 * to right, so that none covers another.
 */

/** Units as Grafana names them. */
export type Unit = "short" | "percentunit" | "s" | "dtdurations" | "reqps";

/** `stat`: one number. `bars`: one for each series. `timeseries`: over time. `table`: the series of now. `history`: states over time. */
export type PanelKind = "stat" | "bars" | "timeseries" | "table" | "history";

export interface Query {
  /** PromQL. `$owner` and `$tier` stand for what the reader has chosen. */
  readonly expression: string;
  /** How a series is called, with `{{label}}`. @default its labels */
  readonly legend?: string;
}

/** Colour is never alone: the number stands beside it. */
export interface Step {
  /** The value from which on it counts, up to the next one's. @default below all others, for the first */
  readonly from?: number;
  readonly colour: "green" | "yellow" | "orange" | "red" | "blue";
}

export interface Panel {
  readonly title: string;
  /** What it shows and what it cannot, for the one who hovers over the (i). */
  readonly description: string;
  readonly kind: PanelKind;
  /** Of the 24 columns. */
  readonly width: number;
  /** @default "short" */
  readonly unit?: Unit;
  readonly queries: readonly Query[];
  /** @default none */
  readonly steps?: readonly Step[];
  /** Page in docs/runbooks, without its ending. @default none */
  readonly runbook?: string;
}

export interface Row {
  /** Of Grafana's units, 30 pixels each. */
  readonly height: number;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  /** Stays, so that an import replaces the former one; the name of the file as well. */
  readonly uid: "executive" | "on-call" | "debug";
  readonly title: string;
  readonly description: string;
  /** What it shows at first, back from now. */
  readonly from: string;
  readonly refresh: string;
  readonly rows: readonly Row[];
}

/** Green as long as there is nothing. */
export const noneIsGood = (bad: Step["colour"]): readonly Step[] => [{ colour: "green" }, { from: 1, colour: bad }];

/** 0 where `known` is told and there is nothing to count; nothing, and no green, where it is not. */
export const orNone = (count: string, known: string): string => `${count} or 0 * count(${known})`;
