import { endTimeline } from "../../../pages/end-timeline";
import { html, type Markup } from "../../../pages/markup";
import { counted } from "../../../platform/words";
import type { Answer } from "../http/answer";
import type { StatusView } from "../status-view";
import { endingUntil } from "../ending-until";
import { certificateTable } from "./certificate-table";
import { summary, type Verdict } from "./figures";
import { framed } from "./frame";
import { awayFrom, moment } from "./moment";
import { paged } from "./paging";
import { runSection } from "./run-section";
import { byUrgency, stackSection } from "./stack-section";
import { waitingSection } from "./waiting-section";

const stacksAPage = 50;
const runsAPage = 10;
/** Those that end next; the page of certificates has them all. */
const nextToEnd = 8;

/** What people look at first: what needs them, then what there is. */
export function statusPage(view: StatusView, query: URLSearchParams): Answer {
  const { now, schedule, stacks, runs, waiting } = view;
  const manner = view.applies ? "applies what is safe" : "applies nothing";
  const content = html`${overview(view)} ${troubles(view)} ${waitingSection(waiting, now)}
  ${stackSection(paged(byUrgency(stacks), query.get("stacks"), stacksAPage), now)} ${expiry(view)}
  ${runSection(paged(runs, query.get("runs"), runsAPage))}`;
  const about = `Runs at ${schedule.text} (${schedule.timeZone}), and ${manner}.`;
  return framed({ path: "/", title: "Status", now, about, content });
}

function overview(view: StatusView): Markup {
  const { now, stacks, certificates, daemon } = view;
  const next = certificates[endingUntil(certificates, now).length];
  return summary(verdictOf(view), [
    { name: stacks.length === 1 ? "stack" : "stacks", value: stacks.length },
    { name: certificates.length === 1 ? "certificate" : "certificates", value: certificates.length },
    {
      name: html`next to end${next?.ends && html`: <span class="name">${next.names[0] ?? next.address}</span>`}`,
      value: next?.ends === undefined ? "none" : awayFrom(now, next.ends),
    },
    { name: "next run", value: nextRun(daemon, now) },
  ]);
}

function nextRun({ runningSince, nextRunAt }: StatusView["daemon"], now: Date): Markup | string {
  if (runningSince !== undefined) return "goes on";
  return nextRunAt === undefined ? "none" : awayFrom(now, nextRunAt);
}

/** The worst there is, in a few words. */
function verdictOf({ health, stacks, certificates, now }: StatusView): Verdict {
  const count = (...wanted: readonly string[]) => stacks.filter(({ result }) => wanted.includes(result.outcome)).length;
  const over = endingUntil(certificates, now).length;
  const parts = [
    ...(over > 0 ? [`${counted(over, "certificate")} ended`] : []),
    ...(count("failed") > 0 ? [`${count("failed")} failed`] : []),
    ...(count("forbidden") > 0 ? [`${count("forbidden")} forbidden`] : []),
    ...(health.status === "failing" ? ["drift-check needs help"] : []),
  ];
  if (parts.length > 0) return { kind: "critical", text: parts.join(", ") };
  const [approvals, safe] = [count("needs-approval"), count("safe")];
  const open = [
    ...(approvals > 0 ? [`${approvals} ${approvals === 1 ? "needs" : "need"} approval`] : []),
    ...(safe > 0 ? [`${safe} safe, not applied`] : []),
  ];
  if (open.length > 0) return { kind: "warning", text: open.join(", ") };
  return stacks.length === 0 ? { kind: "warning", text: "No run yet" } : { kind: "fine", text: "Nothing to do" };
}

/** What is wrong with the daemon itself. */
function troubles({ health, daemon, now }: StatusView): Markup | undefined {
  const { skipped, startedAt } = daemon;
  if (health.reasons.length === 0 && skipped === 0) return undefined;
  const left =
    skipped === 0
      ? undefined
      : html`<li>${counted(skipped, "run")} left out since ${moment(startedAt)}: the one before still went on</li>`;
  return html`<section class="card ${health.reasons.length > 0 ? "critical" : ""}" aria-labelledby="troubles-title">
    <h2 id="troubles-title">drift-check itself</h2>
    <ul>
      ${health.reasons.map((reason) => html`<li class="name">${reason}</li>`)} ${left}
    </ul>
    ${daemon.lastRun && html`<p class="quiet">The last run here ended ${awayFrom(now, daemon.lastRun.at)}.</p>`}
  </section>`;
}

function expiry({ certificates, now }: StatusView): Markup | undefined {
  if (certificates.length === 0) return undefined;
  const ends = certificates.flatMap((certificate) => certificate.ends ?? []);
  return html`<section aria-labelledby="expiry-title">
    <h2 id="expiry-title">When certificates end</h2>
    <div class="card">
      <p class="quiet">Every certificate seen, two weeks a bar.</p>
      ${endTimeline(ends, now)}
    </div>
    <h3 class="next">Next to end</h3>
    ${certificateTable(certificates.slice(0, nextToEnd), now)}
    ${
      certificates.length > nextToEnd
        ? html`<p><a href="/certificates">All ${certificates.length} certificates</a></p>`
        : undefined
    }
  </section>`;
}
