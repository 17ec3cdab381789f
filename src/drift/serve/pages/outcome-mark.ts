import { html, type Markup } from "../../../pages/markup";
import type { RunDocument } from "../../report/run-document-shape";

export type Outcome = RunDocument["stacks"][number]["outcome"];

const words: Readonly<Record<Outcome, readonly [text: string, kind: "fine" | "warning" | "critical"]>> = {
  failed: ["failed", "critical"],
  forbidden: ["forbidden", "critical"],
  "needs-approval": ["needs approval", "warning"],
  safe: ["safe, not applied", "warning"],
  applied: ["applied", "fine"],
  "no-op": ["nothing to do", "fine"],
};

/** What matters most comes first. */
export const outcomes = Object.keys(words) as readonly Outcome[];

export function outcomeText(outcome: Outcome): string {
  return words[outcome][0];
}

/** Its word, with the colour that goes with it. */
export function outcomeMark(outcome: Outcome, text = outcomeText(outcome)): Markup {
  return html`<span class="mark ${words[outcome][1]}">${text}</span>`;
}
