import { breakable, html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { LedgerLine } from "../../../ledger/ledger-line";
import type { OpenRenewal } from "../../../service-levels/open-renewals";
import type { DashboardView } from "../dashboards/dashboard-view";
import type { LedgerView } from "../dashboards/ledger-view";
import { openTroubles, type TroubleGroup } from "../dashboards/open-troubles";
import type { ListenerState, PartialDeployment } from "../dashboards/partial-deployments";
import type { Answer } from "../http/answer";
import { blindSection } from "./blind-section";
import { summary, type Verdict } from "./figures";
import { framed } from "./frame";
import { failureTable } from "./failure-table";
import { subjectText, whoText } from "./ledger-cells";
import { looksLine } from "./looks-line";
import { awayFrom } from "./moment";
import { paged, pager } from "./paging";
import { section } from "./section";
import { table, type Column } from "./table";
import { troubleSection } from "./trouble-section";
import { waitingSection } from "./waiting-section";

const dayMs = 24 * 3600_000;
const rowsAPage = 25;
const mostListed = 20;

/** For who is woken: what is wrong, what is under way, what failed, and what waits for him. */
export function onCallPage(view: DashboardView, query: URLSearchParams): Answer {
  const { status, ledger, partial, runbooks, underWay, unended } = view;
  const { now, waiting, daemon } = status;
  const groups = openTroubles(view);
  const failed = ledger.failedRenewals.items;
  const recent = failed.filter(({ time }) => now.getTime() - Date.parse(time) < dayMs);
  const open = recent.filter((entry) => !ledger.failedRenewals.wasRenewedSince(entry));
  const figures = [
    { name: underWay.length === 1 ? "renewal in progress" : "renewals in progress", value: underWay.length },
    { name: "failed in 24 hours", value: atLeast(recent, ledger) },
    { name: partial.length === 1 ? "partial deployment" : "partial deployments", value: partial.length },
    { name: "waiting for approval", value: waiting.length },
  ];
  const failures = paged(failed, query.get("failed"), rowsAPage);
  const revocations = ledger.revocations.slice(0, mostListed);
  const content = html`${summary(verdictOf(view, groups, open), figures)} ${looksLine(view)} ${blindSection(view)}
  ${troubleSection(groups, runbooks, now)} ${partialSection(partial, now)} ${waitingSection(waiting, now)}
  ${section("work", "Renewals in progress", workBody(underWay, daemon.runningSince, now), underWay.length)}
  ${unended.length === 0 ? undefined : section("unended", "Begun, and no end on record", unendedBody(unended, now), unended.length)}
  ${section(
    "failed",
    "Failed renewals",
    failures.total === 0
      ? "None is on record."
      : html`${failureTable(failures.items, view)} ${pager(failures, (page) => `/on-call?failed=${page}`)}`,
    failures.total,
  )}
  ${section(
    "revoked",
    "Recent revocations",
    revocations.length === 0 ? "None is on record." : revocationTable(revocations, now),
  )}`;
  return framed({
    ...{ path: "/on-call", title: "On call", now, content },
    about: "What is wrong, what is under way, what failed, and what waits for you.",
  });
}

function verdictOf(view: DashboardView, groups: readonly TroubleGroup[], failed: readonly LedgerLine[]): Verdict {
  const { partial, isReading, errors, looks, entries, status, ledger, unended } = view;
  const titles = (kind: TroubleGroup["kind"]) => groups.filter((each) => each.kind === kind).map(({ title }) => title);
  const wrong = [
    ...titles("critical"),
    ...(partial.length > 0 ? [counted(partial.length, "partial deployment")] : []),
    ...(failed.length > 0
      ? [`${atLeast(failed, ledger)} failed ${failed.length === 1 ? "renewal" : "renewals"} today`]
      : []),
  ];
  if (wrong.length > 0) return { kind: "critical", text: wrong.join(", ") };
  const open = [
    ...(isReading ? ["The ledger is still being read"] : []),
    ...(errors.length > 0 ? ["Not everything could be looked at"] : []),
    ...titles("warning"),
    ...(unended.length > 0 ? [`${counted(unended.length, "renewal")} without an end`] : []),
    ...(status.waiting.length > 0 ? [`${counted(status.waiting.length, "plan")} to approve`] : []),
  ];
  if (open.length > 0) return { kind: "warning", text: open.join(", ") };
  return looks.length === 0 && entries === 0
    ? { kind: "warning", text: "Nothing is known yet" }
    : { kind: "fine", text: "Nothing to do" };
}

/** How many there are, of those that are kept. */
function atLeast(failed: readonly LedgerLine[], { failedRenewals }: LedgerView): string {
  return failed.length < failedRenewals.most ? `${failed.length}` : `${failed.length} or more`;
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
      ? "None is on record."
      : html`<ul class="cards">
            ${cards}
          </ul>
          ${partial.length > mostListed ? html`<p class="quiet">and ${partial.length - mostListed} more</p>` : undefined}`;
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

function workBody(work: readonly OpenRenewal[], runningSince: Date | undefined, now: Date): Markup | string {
  const running = runningSince && html`<p>A run of drift-check goes on, begun ${awayFrom(now, runningSince)}.</p>`;
  if (work.length === 0) return running ?? "None at the moment.";
  return html`${running} ${openTable("Renewals in progress", work, now)}`;
}

/** Nobody knows what came of them: the ledger ends where their runs were killed, or lost it. */
function unendedBody(unended: readonly OpenRenewal[], now: Date): Markup {
  return html`<p>
      Their runs have put nothing on record for half an hour: killed, or cut off from the ledger. The next run takes up
      what is still to be done. They are listed for two days.
    </p>
    ${openTable("Begun, and no end on record", unended, now)}`;
}

function openTable(label: string, renewals: readonly OpenRenewal[], now: Date): Markup {
  const columns: Column<OpenRenewal>[] = [
    { title: "Certificate", cell: subjectText },
    { title: "Begun", isShort: true, cell: ({ begunAt }) => html`<span>${awayFrom(now, begunAt)}</span>` },
    { title: "Its run, at last", cell: ({ step }) => html`<span>${step}</span>` },
    { title: "Who", cell: whoText },
    { title: "Run", cell: ({ actor }) => html`<code class="small">${actor.run}</code>` },
  ];
  const more = renewals.length - mostListed;
  return html`${table(label, columns, renewals.slice(0, mostListed))}
  ${more > 0 ? html`<p class="quiet">and ${more} more</p>` : undefined}`;
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
