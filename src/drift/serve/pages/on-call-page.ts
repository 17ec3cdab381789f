import { breakable, html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { LedgerLine } from "../../../ledger/ledger-line";
import type { DashboardView } from "../dashboards/dashboard-view";
import type { ListenerState, PartialDeployment } from "../dashboards/partial-deployments";
import type { Work } from "../dashboards/work-in-progress";
import type { Answer } from "../http/answer";
import { blindSection } from "./blind-section";
import { summary, type Verdict } from "./figures";
import { framed } from "./frame";
import { awayFrom } from "./moment";
import { paged, pager } from "./paging";
import { section } from "./section";
import { table, type Column } from "./table";
import { waitingSection } from "./waiting-section";

const dayMs = 24 * 3600_000;
const rowsAPage = 25;
const mostListed = 20;

/** For who is woken: what is under way, what failed, and what waits for him. */
export function onCallPage(view: DashboardView, query: URLSearchParams): Answer {
  const { status, ledger, partial } = view;
  const { now, waiting, daemon } = status;
  const work = ledger.work.at(now);
  const failed = ledger.failedRenewals;
  const recent = failed.filter(({ time }) => now.getTime() - Date.parse(time) < dayMs).length;
  const figures = [
    { name: work.length === 1 ? "renewal in progress" : "renewals in progress", value: work.length },
    { name: "failed in 24 hours", value: recent },
    { name: partial.length === 1 ? "partial deployment" : "partial deployments", value: partial.length },
    { name: "waiting for approval", value: waiting.length },
  ];
  const failures = paged(failed, query.get("failed"), rowsAPage);
  const revocations = ledger.revocations.slice(0, mostListed);
  const content = html`${summary(verdictOf(view, recent), figures)} ${blindSection(view)}
  ${partialSection(partial, now)} ${waitingSection(waiting, now)}
  ${section("work", "Renewals in progress", workBody(work, daemon.runningSince, now), work.length)}
  ${section(
    "failed",
    "Failed renewals",
    failures.total === 0
      ? "None is on record."
      : html`${entryTable("Failed renewals", failures.items, now)}
        ${pager(failures, (page) => `/on-call?failed=${page}`)}`,
    failures.total,
  )}
  ${section(
    "revoked",
    "Recent revocations",
    revocations.length === 0 ? "None is on record." : revocationTable(revocations, now),
  )}`;
  return framed({
    ...{ path: "/on-call", title: "On call", now, content },
    about: "What is under way, what failed, and what waits for you.",
  });
}

function verdictOf({ partial, status: { waiting } }: DashboardView, failed: number): Verdict {
  const parts = [
    ...(partial.length > 0 ? [counted(partial.length, "partial deployment")] : []),
    ...(failed > 0 ? [`${counted(failed, "failed renewal")} today`] : []),
  ];
  if (parts.length > 0) return { kind: "critical", text: parts.join(", ") };
  if (waiting.length > 0) return { kind: "warning", text: `${counted(waiting.length, "plan")} to approve` };
  return { kind: "fine", text: "Nothing to do" };
}

const states: Readonly<Record<ListenerState["state"], readonly [kind: string, sign: string, word: string]>> = {
  new: ["fine", "✓", "new certificate"],
  old: ["warning", "↺", "old certificate"],
  failed: ["critical", "✗", "failed"],
  unknown: ["unknown", "?", "nobody knows"],
};

/** Each listener is a tile; its sign and word say what its colour does. */
function partialSection(partial: readonly PartialDeployment[], now: Date): Markup {
  const cards = partial.slice(0, mostListed).map(
    ({ names, at, message, listeners }) =>
      html`<li class="card critical">
        <h3>${names[0] ?? ""}${names.length > 1 ? ` and ${names.length - 1} more` : ""}</h3>
        <p class="quiet name">${awayFrom(now, at)}${message === "" ? "" : `: ${message}`}</p>
        <ul class="tiles">
          ${listeners.map(tile)}
        </ul>
      </li>`,
  );
  const body =
    cards.length === 0
      ? "Every deployment is complete."
      : html`<ul class="cards">
          ${cards}
        </ul>`;
  return section("partial", "Partial deployments", body, partial.length);
}

function tile({ name, state }: ListenerState): Markup {
  const [kind, sign, word] = states[state];
  return html`<li class="tile ${kind}">
    <span class="strong"><span aria-hidden="true">${sign}</span> ${word}</span>
    <span class="small name block">${breakable(shortName(name))}</span>
  </li>`;
}

/** Of the ARN of a listener what people know it by: balancer and listener. */
function shortName(name: string): string {
  return name.replace(/^arn:[^:]*:elasticloadbalancing:([^:]*):\d*:listener\//, "$1 ");
}

function workBody(work: readonly Work[], runningSince: Date | undefined, now: Date): Markup | string {
  const running = runningSince && html`<p>A run of drift-check goes on, begun ${awayFrom(now, runningSince)}.</p>`;
  if (work.length === 0) return running ?? "None at the moment.";
  const columns: Column<Work>[] = [
    { title: "Certificate", cell: ({ names }) => html`<span class="name strong">${names[0] ?? ""}</span>` },
    { title: "Issued", isShort: true, cell: ({ begunAt }) => html`<span>${awayFrom(now, begunAt)}</span>` },
    { title: "Its run", cell: ({ step }) => html`<span>${step}</span>` },
    {
      title: "Who",
      cell: ({ who, program }) =>
        html`<span class="name">${who} <span class="quiet small block">${program}</span></span>`,
    },
  ];
  const more = work.length - mostListed;
  return html`${running} ${table("Renewals in progress", columns, work.slice(0, mostListed))}
  ${more > 0 ? html`<p class="quiet">and ${more} more</p>` : undefined}`;
}

function entryTable(label: string, entries: readonly LedgerLine[], now: Date): Markup {
  const columns: Column<LedgerLine>[] = [
    { title: "When", isShort: true, cell: ({ time }) => html`<span>${awayFrom(now, new Date(time))}</span>` },
    { title: "Certificate", cell: subjectText },
    {
      title: "What it said",
      cell: ({ error, outcome }) =>
        html`<span class="name"
          >${error?.message ?? outcome} <code class="quiet small block">${error?.code}</code></span
        >`,
    },
    { title: "Who", cell: whoText },
  ];
  return table(label, columns, entries);
}

function revocationTable(entries: readonly LedgerLine[], now: Date): Markup {
  const columns: Column<LedgerLine>[] = [
    { title: "When", isShort: true, cell: ({ time }) => html`<span>${awayFrom(now, new Date(time))}</span>` },
    { title: "Certificate", cell: subjectText },
    { title: "Reason", isShort: true, cell: ({ facts = {} }) => html`<span>${String(facts.reason ?? "")}</span>` },
    {
      title: "In its place",
      cell: ({ facts = {} }) => {
        if (facts.replacement !== undefined) return html`<code>${String(facts.replacement)}</code>`;
        return html`<span class="quiet">${facts.unused === true ? "nothing used it" : "nothing yet"}</span>`;
      },
    },
    { title: "Who", cell: whoText },
  ];
  return table("Recent revocations", columns, entries);
}

function subjectText({ subject: { names = [], certificateArn, serial } }: LedgerLine): Markup {
  const [first = certificateArn ?? serial ?? "", ...others] = names;
  return html`<span class="name strong">${first}${others.length === 0 ? "" : ` and ${others.length} more`}</span>`;
}

/** With the pipeline's own page, if that is one. */
function whoText({ actor: { who, program, runUrl = "" } }: LedgerLine): Markup {
  const name = /^https:\/\//.test(runUrl) ? html`<a href="${runUrl}" rel="noreferrer">${who}</a>` : html`${who}`;
  return html`<span class="name">${name} <span class="quiet small block">${program}</span></span>`;
}
