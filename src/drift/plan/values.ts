/** Values of a state or a plan, as far as they are of the kind that is looked for. */

export type Values = Readonly<Record<string, unknown>>;

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function record(value: unknown): Values {
  return typeof value === "object" && value !== null ? (value as Values) : {};
}
