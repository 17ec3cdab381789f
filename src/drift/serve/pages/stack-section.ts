import { html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { StackResult } from "../../history/latest-results";
import { awayFrom } from "./moment";
import { outcomeMark, outcomes } from "./outcome-mark";
import { pager, type Paged } from "./paging";
import { table, type Column } from "./table";

type Result = StackResult["result"];

/** What needs somebody comes first. */
export function byUrgency(stacks: readonly StackResult[]): StackResult[] {
  const rank = ({ result }: StackResult) => outcomes.indexOf(result.outcome);
  return [...stacks].sort((left, right) => rank(left) - rank(right));
}

/** What every stack came to when it was looked at last. */
export function stackSection(stacks: Paged<StackResult>, now: Date): Markup {
  const columns: Column<StackResult>[] = [
    {
      title: "Stack",
      cell: ({ result }) => html`<span class="name strong">${result.name}</span>`,
    },
    { title: "Came to", cell: ({ result }) => html`<span>${outcomeMark(result.outcome)}</span>` },
    { title: "Plan", isShort: true, cell: ({ result }) => planText(result) },
    {
      title: "Looked at",
      isShort: true,
      cell: ({ result }) => html`<span>${awayFrom(now, new Date(result.startedAt))}</span>`,
    },
    { title: "Why", cell: ({ result }) => why(result) },
  ];
  const body =
    stacks.total === 0 ? html`<p>No run has ended yet.</p>` : table("What every stack came to", columns, stacks.items);
  return html`<section aria-labelledby="stacks-title">
    <h2 id="stacks-title">Stacks</h2>
    ${body} ${pager(stacks, (page) => `/?stacks=${page}`)}
  </section>`;
}

function planText({ changes }: Result): Markup | undefined {
  return changes.length === 0 ? undefined : html`<span>${counted(changes.length, "change")}</span>`;
}

function why({ failure, findings }: Result): Markup | undefined {
  if (failure !== undefined)
    return html`<span class="name"
      >${failure.step}: ${failure.message}
      ${failure.hint === undefined ? undefined : html`<span class="quiet block small">${failure.hint}</span>`}</span
    >`;
  const [first, ...more] = findings;
  if (first === undefined) return undefined;
  return html`<span class="name"
    ><code>${first.subject}</code>: ${first.message}
    <span class="quiet block small"
      >${first.rule}${more.length === 0 ? "" : `, and ${more.length} more`}: ${first.wayOut}</span
    ></span
  >`;
}
