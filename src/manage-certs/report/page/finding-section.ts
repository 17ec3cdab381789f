import { severities, type Finding, type Severity } from "../../findings/finding";
import { teamText } from "../../findings/words";
import { breakable, html, type Markup } from "../../../pages/markup";

const titles: Readonly<Record<Severity, string>> = { critical: "Critical", warning: "Warnings", notice: "Notices" };

/** So many warnings stand there from the beginning; the certificates come after them. */
const mostOpen = 20;

/** What to do, in groups that can be folded; notices and long lists of warnings are. */
export function findingSection(findings: readonly Finding[]): Markup {
  const groups = severities.map((severity) =>
    group(
      severity,
      findings.filter((each) => each.severity === severity),
    ),
  );
  const body = findings.length === 0 ? html`<p>Nothing was found that anybody has to know.</p>` : groups;
  return html`<section aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${body}
  </section>`;
}

function group(severity: Severity, findings: readonly Finding[]): Markup | undefined {
  if (findings.length === 0) return undefined;
  const title = html`${titles[severity]} <span class="quiet">${findings.length}</span>`;
  const list = html`<ul class="findings">
    ${findings.map(entry)}
  </ul>`;
  const content = html`<summary><h3>${title}</h3></summary>
    ${list}`;
  const isOpen = severity === "critical" || (severity === "warning" && findings.length <= mostOpen);
  return isOpen
    ? html`<details class="group" open>${content}</details>`
    : html`<details class="group">${content}</details>`;
}

function entry({ rule, severity, name, message, action, accountId, region, subject, team }: Finding): Markup {
  return html`<li class="card finding ${severity}">
    <h4><span class="mark">${severity}</span> <span class="name">${name}</span></h4>
    <p class="told">${message}</p>
    <p class="action">${breakable(action)}</p>
    ${team && html`<p>For ${teamText(team)}</p>`}
    <p class="quiet small"><code>${rule}</code> · ${accountId} · ${region} · <code>${breakable(subject)}</code></p>
  </li>`;
}
