/** How findings speak of what they are about. */
import type { PolicyRequest } from "./request";

/** `a`, `a or b`, `a, b or c` */
export function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? "none";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** `app.example.gov`, `app.example.gov and 2 more` */
export function namesText({ names }: Pick<PolicyRequest, "names">): string {
  const [first = "", ...others] = names;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** ` of payments, critical`; nothing where neither is known. */
export function whoseText({ owner, tier }: { readonly owner?: string; readonly tier?: string }): string {
  const known = [owner, tier].filter((each) => each !== undefined);
  return known.length === 0 ? "" : ` of ${known.join(", ")}`;
}

/** `45 days`, `6.7 days`, `1 day` */
export function daysText(days: number): string {
  const rounded = Number(days.toFixed(1));
  return `${rounded} day${rounded === 1 ? "" : "s"}`;
}
