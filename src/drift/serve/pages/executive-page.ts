import { html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import { percent, rate } from "../../../service-levels/service-level-table";
import type { ServiceLevel } from "../../../service-levels/service-levels";
import { budgetWindow } from "../../../service-levels/targets";
import type { DashboardView } from "../dashboards/dashboard-view";
import { Incidents, type Incident } from "../dashboards/incidents";
import type { Answer } from "../http/answer";
import { bar } from "./bar";
import { blindSection } from "./blind-section";
import { endingUntil } from "../ending-until";
import { certificateTable } from "./certificate-table";
import { summary, type Verdict } from "./figures";
import { framed } from "./frame";
import { looksLine } from "./looks-line";
import { awayFrom, moment } from "./moment";
import { section } from "./section";
import { table, type Column } from "./table";

const dayMs = 24 * 3600_000;
const weekHours = 7 * 24;
const mostListed = 10;

/** For those who answer for it: how it stands, against what was promised. */
export function executivePage(view: DashboardView): Answer {
  const { status, ledger, levels, certificates } = view;
  const { now } = status;
  const valid = levels.find(({ sli }) => sli === "valid")?.windows?.[budgetWindow];
  const over = endingUntil(certificates, now).length;
  const ending = endingUntil(certificates, new Date(now.getTime() + 7 * dayMs)).slice(over);
  const incidents = incidentsSince(new Date(now.getTime() - 7 * dayMs), view);
  const denials = ledger.denialsIn(now, weekHours);
  const violations = denials.reduce((sum, [, count]) => sum + count, 0);
  const figures = [
    { name: "of endpoints valid", value: valid === undefined ? "not measured" : percent(valid.ratio) },
    { name: "end within 7 days", value: ending.length },
    { name: incidents.length === 1 ? "incident this week" : "incidents this week", value: incidents.length },
    { name: violations === 1 ? "policy violation this week" : "policy violations this week", value: violations },
  ];
  const content = html`${summary(verdictOf(view), figures)} ${looksLine(view)} ${blindSection(view)}
  ${levelSection(levels)}
  ${section(
    "ending",
    "Ending within 7 days",
    ending.length === 0
      ? `${certificates.length === 0 ? "No certificate is known." : `Of ${counted(certificates.length, "certificate")}, none.`}`
      : certificateTable(ending.slice(0, mostListed), now),
    ending.length,
  )}
  ${section(
    "incidents",
    "Incidents this week",
    incidents.length === 0 ? "None is on record." : incidentTable(incidents.slice(0, mostListed), now),
    incidents.length,
  )}
  ${policySection(view, denials)}`;
  const about = "How it stands with certificates, against what was promised.";
  return framed({ path: "/executive", title: "Executive", now, about, content });
}

/** By the ledger and by CloudTrail, latest first. */
function incidentsSince(moment: Date, { ledger, keyAnomalies }: DashboardView): readonly Incident[] {
  const ofKeys = new Incidents();
  for (const anomaly of keyAnomalies) ofKeys.addAccess(anomaly);
  return [...ledger.incidents.since(moment), ...ofKeys.since(moment)].sort(
    (one, other) => other.lastAt.getTime() - one.lastAt.getTime(),
  );
}

/** Ended certificates are worse than any budget. */
function verdictOf({ levels, certificates, isReading, errors, status: { now } }: DashboardView): Verdict {
  const over = endingUntil(certificates, now).length;
  if (over > 0) return { kind: "critical", text: `${counted(over, "certificate")} ended` };
  const measured = levels.flatMap(({ budgetRemaining, windows }) =>
    windows !== undefined && windows[budgetWindow].good + windows[budgetWindow].bad > 0 ? (budgetRemaining ?? 0) : [],
  );
  const spent = measured.filter((left) => left <= 0).length;
  if (spent > 0) return { kind: "critical", text: `${counted(spent, "error budget")} spent` };
  if (isReading) return { kind: "warning", text: "The ledger is still being read" };
  if (errors.length > 0) return { kind: "warning", text: "Not everything could be looked at" };
  const low = measured.filter((left) => left < 0.25).length;
  if (low > 0) return { kind: "warning", text: `${counted(low, "error budget")} nearly spent` };
  if (measured.length === 0) return { kind: "warning", text: "Nothing measured yet" };
  return levels.some(({ sli, windows }) => sli === "valid" && windows === undefined)
    ? { kind: "warning", text: "No endpoint is looked at" }
    : { kind: "fine", text: "Within all budgets" };
}

function levelSection(levels: readonly ServiceLevel[]): Markup {
  const columns: Column<ServiceLevel>[] = [
    { title: "Service level", cell: ({ title }) => html`<span class="strong">${title}</span>` },
    { title: "Target", isShort: true, cell: ({ target }) => html`<span>${percent(target)}</span>` },
    {
      title: "30 days",
      isShort: true,
      cell: ({ windows }) => {
        if (windows === undefined) return html`<span class="quiet">not measured</span>`;
        const { ratio, good, bad } = windows[budgetWindow];
        return html`<span>${good + bad === 0 ? "nothing yet" : `${percent(ratio)} of ${good + bad}`}</span>`;
      },
    },
    { title: "Error budget left", cell: (level) => budget(level) },
    {
      title: "Burn 1h · 6h · 3d",
      isShort: true,
      cell: ({ windows }) =>
        windows &&
        html`<span>${(["1h", "6h", "3d"] as const).map((each) => rate(windows[each].burnRate)).join(" · ")}</span>`,
    },
  ];
  return section("levels", "Service levels", table("Service levels", columns, levels));
}

function budget({ windows, budgetRemaining = 0 }: ServiceLevel): Markup | undefined {
  if (windows === undefined) return undefined;
  const kind = budgetRemaining <= 0 ? "critical" : budgetRemaining < 0.25 ? "warning" : "fine";
  const text = budgetRemaining > 0 ? percent(budgetRemaining) : html`<span class="mark critical">spent</span>`;
  return html`<div>${text}${bar({ share: budgetRemaining, kind })}</div>`;
}

function incidentTable(incidents: readonly Incident[], now: Date): Markup {
  const columns: Column<Incident>[] = [
    { title: "What", isShort: true, cell: ({ kind }) => html`<span class="strong">${kind}</span>` },
    { title: "Began", isShort: true, cell: ({ begunAt }) => html`<span>${moment(begunAt)}</span>` },
    { title: "Last", isShort: true, cell: ({ lastAt }) => html`<span>${awayFrom(now, lastAt)}</span>` },
    { title: "Failures", cell: ({ failures }) => html`<span>${failures}</span>` },
    { title: "What it said", cell: ({ message }) => html`<span class="name">${message}</span>` },
  ];
  return table("Incidents", columns, incidents);
}

function policySection({ waivers }: DashboardView, denials: readonly (readonly [string, number])[]): Markup {
  const lines = [
    ...denials.map(
      ([rule, count]) => html`<li><code>${rule}</code>: denied ${count === 1 ? "once" : `${count} times`}</li>`,
    ),
    ...waivers.map(
      ({ rule, owner, until }) =>
        html`<li><code>${rule}</code>: waived until ${until.toISOString().slice(0, 10)}, answered for by ${owner}</li>`,
    ),
  ];
  const body =
    lines.length === 0
      ? "Nothing was denied this week, and no waiver is in force."
      : html`<ul class="card list">
          ${lines}
        </ul>`;
  return section("policy", "Policy violations and waivers", body);
}
