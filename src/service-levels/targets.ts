import { sliNames, type SliName } from "./metric-families";

/** What a service level is to be over 30 days; docs/reference/service-levels.md has where each comes from. */
export interface Target {
  /** For people. */
  readonly title: string;
  /** The share that is to be good. */
  readonly ratio: number;
}

export const targets: Readonly<Record<SliName, Target>> = {
  valid: { title: "endpoints with a valid certificate", ratio: 0.999 },
  renewal: { title: "renewals that succeed", ratio: 0.9995 },
  replacement: { title: "compromised certificates replaced within an hour", ratio: 0.99 },
  issuance: { title: "issuances within 30 s of work", ratio: 0.99 },
  deployment: { title: "deployments that do not end half-way", ratio: 0.999 },
  key_access: { title: "key accesses that somebody expects", ratio: 1 },
};

/** A compromised certificate that is in service longer was replaced too late. */
export const replacementLimitMs = 3_600_000;

/** Of an issuance's own work; of all of it where the issuer is one of the organisation's own. */
export const issuanceLimitSeconds = 30;

/** Windows that ratios are told for, in milliseconds; the last one is that of the error budget. */
export const windows = {
  "5m": 5 * 60_000,
  "30m": 30 * 60_000,
  "1h": 3_600_000,
  "6h": 6 * 3_600_000,
  "3d": 3 * 86_400_000,
  "30d": 30 * 86_400_000,
} as const;
export type Window = keyof typeof windows;

export const windowNames = Object.keys(windows) as readonly Window[];

export const budgetWindow: Window = "30d";

/** A value for each service level. */
export function perSli<T>(value: (sli: SliName) => T): Record<SliName, T> {
  return Object.fromEntries(sliNames.map((sli) => [sli, value(sli)])) as Record<SliName, T>;
}

/** A value for each window. */
export function perWindow<T>(value: (window: Window) => T): Record<Window, T> {
  return Object.fromEntries(windowNames.map((window) => [window, value(window)])) as Record<Window, T>;
}
