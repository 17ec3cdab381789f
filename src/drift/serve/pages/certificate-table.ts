import { breakable, html, type Markup } from "../../../pages/markup";
import { counted, days } from "../../../platform/words";
import type { SeenCertificate, SeenFinding } from "../status-view";
import { awayFrom } from "./moment";
import { table, type Column } from "./table";

const levels: Readonly<Record<SeenFinding["level"], readonly [kind: string, word: string]>> = {
  error: ["critical", "error"],
  warning: ["warning", "warning"],
  unseen: ["", "not seen"],
};

/** Certificates, each with its end, as they were seen last. */
export function certificateTable(certificates: readonly SeenCertificate[], now: Date): Markup {
  const columns: Column<SeenCertificate>[] = [
    { title: "Ends", isShort: true, cell: ({ ends }) => endText(ends, now) },
    { title: "Names", cell: namesText },
    { title: "Renewal", cell: (certificate) => html`<span>${renewalMark(certificate, now)}</span>` },
    { title: "Seen", isShort: true, cell: ({ seen }) => html`<span>${seen}</span>` },
    {
      title: "Stack",
      cell: ({ stack, address }) =>
        html`<span class="name"
          >${stack === "" ? "a scan" : stack}<code class="quiet small block">${breakable(address)}</code></span
        >`,
    },
  ];
  return table("Certificates by their end", columns, certificates);
}

function isOver({ ends }: SeenCertificate, now: Date): boolean {
  return ends !== undefined && ends <= now;
}

function endText(ends: Date | undefined, now: Date): Markup {
  if (ends === undefined) return html`<span class="quiet">nobody tells</span>`;
  const left = ends > now && days(now, ends) > 1 ? html`${counted(days(now, ends), "day")}` : awayFrom(now, ends);
  const date = ends.toISOString().slice(0, 10);
  return html`<span><strong>${left}</strong><time class="quiet small block" datetime="${date}">${date}</time></span>`;
}

function namesText({ names: [first = "", ...others], owner, findings }: SeenCertificate): Markup {
  const more = html`<details>
    <summary>${others.length} more</summary>
    ${others.map((name) => html`<span class="name block">${name}</span>`)}
  </details>`;
  return html`<div>
    <span class="name strong">${first}</span>${others.length === 0 ? undefined : more}
    ${owner && html`<span class="quiet small block">${owner}</span>`} ${findings.map(finding)}
  </div>`;
}

function finding({ level, message }: SeenFinding): Markup {
  const [kind, word] = levels[level];
  return html`<p class="small name"><span class="mark ${kind}">${word}</span> ${message}</p>`;
}

function renewalMark(certificate: SeenCertificate, now: Date): Markup {
  if (isOver(certificate, now)) return html`<span class="mark critical">over</span>`;
  if (certificate.isDue) return html`<span class="mark warning">due</span>`;
  return certificate.ends === undefined
    ? html`<span class="mark">not known</span>`
    : html`<span class="mark fine">not due</span>`;
}
