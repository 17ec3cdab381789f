import { waiverText } from "./finding";
import type { Policy, Waiver } from "./policy";

/** A waiver as every report shows it. */
export interface ReportedWaiver {
  readonly rule: string;
  readonly names: readonly string[];
  readonly owner: string;
  readonly reason: string;
  /** YYYY-MM-DD, the first day without it. */
  readonly until: string;
  /** For people, all of it in a line. */
  readonly text: string;
}

/** The waivers that let something through at that time. */
export function waiversInForce({ waivers, placeOf }: Policy, at: Date): ReportedWaiver[] {
  return waivers.filter(({ until }) => at < until).map((waiver) => reportedWaiver(waiver, placeOf));
}

export function reportedWaiver(waiver: Waiver, placeOf: Policy["placeOf"]): ReportedWaiver {
  const { rule, owner, reason } = waiver;
  const names = waiver.names.map(({ source }) => source);
  const text = `${rule} for ${names.join(", ")}: ${waiverText(waiver, placeOf)}`;
  return { rule, names, owner, reason, until: waiver.until.toISOString().slice(0, 10), text };
}
