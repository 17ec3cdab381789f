import { html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { LedgerLine } from "../../../ledger/ledger-line";
import type { KeyAccessAnomaly } from "../../../service-levels/key-access/fold-key-accesses";
import { budgetWindow } from "../../../service-levels/targets";
import { percent } from "../../../service-levels/service-level-table";
import { anomalyWords } from "../dashboards/anomaly-words";
import { causeNames } from "../dashboards/cause-names";
import type { DashboardView } from "../dashboards/dashboard-view";
import type { IssuerLatency } from "../dashboards/latencies";
import type { Failures, Orders } from "../dashboards/ledger-view";
import type { Refusal } from "../dashboards/proxy-view";
import type { Answer } from "../http/answer";
import { bar } from "./bar";
import { blindSection } from "./blind-section";
import { framed } from "./frame";
import { awayFrom, took } from "./moment";
import { paged, pager } from "./paging";
import { section } from "./section";
import { table, type Column } from "./table";

const weekHours = 7 * 24;
const rowsAPage = 25;
const mostListed = 20;

/** For who looks for the cause: how long things take, and where they fail. */
export function debugPage(view: DashboardView, query: URLSearchParams): Answer {
  const { status, ledger, entries } = view;
  const { now } = status;
  const challenges = paged(ledger.challengeFailures, query.get("challenges"), rowsAPage);
  const content = html`${blindSection(view)} ${latencySection(ledger.latencies.all)} ${rateSection(view)}
  ${failureSection(ledger.failuresIn(now, weekHours), ledger.failuresIn(now, 24))}
  ${section(
    "challenges",
    "Challenge failures",
    challenges.total === 0
      ? "None is on record."
      : html`${challengeTable(challenges.items, now)} ${pager(challenges, (page) => `/debug?challenges=${page}`)}`,
    challenges.total,
  )}
  ${proxySection(view)} ${keySection(view)}
  ${section("record", "The ledger", `${counted(entries, "entry", "entries")} read.`)}`;
  const about = "How long things take, and where they fail.";
  return framed({ path: "/debug", title: "Debug", now, about, content });
}

function latencySection(latencies: readonly IssuerLatency[]): Markup {
  const slowest = Math.max(1, ...latencies.map(({ waiting, working }) => waiting.half + working.half));
  const columns: Column<IssuerLatency>[] = [
    {
      title: "CA",
      cell: ({ issuer }) => html`<span class="name strong">${issuer === "" ? "not on record" : issuer}</span>`,
    },
    { title: "Latest", isShort: true, cell: ({ count }) => html`<span>${count}</span>` },
    {
      title: "Waiting",
      isShort: true,
      cell: ({ waiting }) => html`<span>${took(waiting.half)}, 95 of 100 within ${took(waiting.most)}</span>`,
    },
    {
      title: "Working",
      isShort: true,
      cell: ({ working }) => html`<span>${took(working.half)}, 95 of 100 within ${took(working.most)}</span>`,
    },
    {
      title: "Half of them",
      cell: ({ waiting, working }) =>
        html`<div>
          ${bar({ share: waiting.half / slowest, kind: "warning" }, { share: working.half / slowest, kind: "fine" })}
          <span class="quiet small">waiting, then working</span>
        </div>`,
    },
  ];
  const body =
    latencies.length === 0
      ? "No issuance is on record with its times."
      : table("Issuance latency by CA", columns, latencies);
  return section("latency", "Issuance latency", body);
}

interface Rate {
  readonly name: string;
  /** Results of orders that are one. */
  readonly causes: readonly Orders["result"][];
  /** Undefined: of all. */
  readonly issuer?: string;
}

const caErrors: Rate = { name: "CA errors", causes: ["ca", "ca_rate_limit"] };
const dnsErrors: Rate = { name: "DNS errors", causes: ["dns", "proxy"] };

function rateSection({ ledger, status: { now } }: DashboardView): Markup {
  const cell =
    (hours: number) =>
    ({ causes, issuer }: Rate) => {
      const orders = ledger.ordersIn(now, hours).filter((each) => issuer === undefined || each.issuer === issuer);
      const all = countOf(orders);
      const failed = countOf(orders.filter(({ result }) => causes.includes(result)));
      if (all === 0) return html`<span class="quiet">no order</span>`;
      const kind = failed / all > 0.1 ? "critical" : failed > 0 ? "warning" : "fine";
      return html`<div>${failed} of ${all}, ${percent(failed / all)}${bar({ share: failed / all, kind })}</div>`;
    };
  const columns: Column<Rate>[] = [
    { title: "Rate", isShort: true, cell: ({ name }) => html`<span class="strong">${name}</span>` },
    {
      title: "CA",
      cell: ({ issuer }) =>
        issuer === undefined
          ? html`<span class="quiet">all</span>`
          : html`<span class="name">${issuer === "" ? "not on record" : issuer}</span>`,
    },
    { title: "This hour", cell: cell(1) },
    { title: "24 hours", cell: cell(24) },
    { title: "7 days", cell: cell(weekHours) },
  ];
  const issuers = new Set(ledger.ordersIn(now, weekHours).map(({ issuer }) => issuer));
  const rates = [caErrors, ...[...issuers].map((issuer) => ({ ...caErrors, issuer })), dnsErrors];
  return section("rates", "Orders that failed", table("Orders that failed, by whose side", columns, rates));
}

function countOf(orders: readonly Orders[]): number {
  return orders.reduce((sum, { count }) => sum + count, 0);
}

function failureSection(week: readonly Failures[], day: readonly Failures[]): Markup {
  const today = new Map(day.map(({ cause, code, count }) => [`${cause} ${code}`, count]));
  const columns: Column<Failures>[] = [
    {
      title: "Cause",
      isShort: true,
      cell: ({ cause }) => html`<span class="strong">${causeNames[cause]}</span>`,
    },
    { title: "Code", cell: ({ code }) => html`<code>${code}</code>` },
    { title: "24 hours", cell: ({ cause, code }) => html`<span>${today.get(`${cause} ${code}`) ?? 0}</span>` },
    { title: "7 days", cell: ({ count }) => html`<span>${count}</span>` },
  ];
  const body = week.length === 0 ? "Nothing failed this week." : table("Failures", columns, week.slice(0, mostListed));
  return section("failures", "What failed, by cause", body);
}

function challengeTable(entries: readonly LedgerLine[], now: Date): Markup {
  const columns: Column<LedgerLine>[] = [
    { title: "When", isShort: true, cell: ({ time }) => html`<span>${awayFrom(now, new Date(time))}</span>` },
    {
      title: "Names",
      cell: ({ subject }) => html`<span class="name strong">${(subject.names ?? []).slice(0, 3).join(", ")}</span>`,
    },
    {
      title: "What it said",
      cell: ({ error }) =>
        html`<span class="name">${error?.message} <code class="quiet small block">${error?.code}</code></span>`,
    },
  ];
  return table("Challenge failures", columns, entries);
}

function proxySection({ proxy, status: { now } }: DashboardView): Markup {
  if (proxy === undefined)
    return section("proxy", "Decisions of the proxy", "Not looked at: --proxy-audit names the audit trail.");
  const decisions = proxy.decisionsIn(now, 24);
  const columns: Column<Refusal>[] = [
    { title: "When", isShort: true, cell: ({ at }) => html`<span>${awayFrom(now, at)}</span>` },
    { title: "Client", cell: ({ client }) => html`<span class="name strong">${client}</span>` },
    { title: "What", cell: ({ what }) => html`<span class="name">${what}</span>` },
    { title: "Why not", cell: ({ reason }) => html`<span>${reason}</span>` },
  ];
  const refusals = proxy.refusals.slice(0, mostListed);
  const body = html`<ul class="card list">
      ${decisions.map(([decision, count]) => html`<li><strong>${count}</strong> ${decision}</li>`)}
      ${decisions.length === 0 ? html`<li class="quiet">No decision within 24 hours.</li>` : undefined}
    </ul>
    ${refusals.length === 0 ? undefined : table("Requests that did not pass", columns, refusals)}`;
  return section("proxy", "Decisions of the proxy in 24 hours", body);
}

function keySection({ levels, keyAnomalies, status: { now } }: DashboardView): Markup {
  const windows = levels.find(({ sli }) => sli === "key_access")?.windows;
  if (windows === undefined)
    return section("keys", "Key access", "Not looked at: --cloudtrail names the events of CloudTrail.");
  const { good, bad } = windows[budgetWindow];
  const columns: Column<KeyAccessAnomaly>[] = [
    {
      title: "When",
      isShort: true,
      cell: ({ event }) => html`<span>${awayFrom(now, new Date(event.eventTime))}</span>`,
    },
    { title: "What", isShort: true, cell: ({ event }) => html`<span class="strong">${event.eventName}</span>` },
    { title: "Who", cell: ({ event }) => html`<span class="name">${event.userIdentity?.arn ?? "not told"}</span>` },
    { title: "Why it stands here", cell: ({ kind }) => html`<span>${anomalyWords[kind]}</span>` },
  ];
  const latest = keyAnomalies.slice(-mostListed).reverse();
  const body = html`<p>${counted(good + bad, "access", "accesses")} within 30 days, ${bad} of which nobody expects.</p>
    ${latest.length === 0 ? undefined : table("Accesses that nobody expects", columns, latest)}`;
  return section("keys", "Key access", body);
}
