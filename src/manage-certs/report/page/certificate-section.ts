import type { EstateView } from "../../findings/estate-view";
import { groupBy } from "../../findings/estate-view";
import { away, counted, date, days, teamText } from "../../findings/words";
import type { Attachment, RenewalOwner, ScannedCertificate, Team, WireObservation } from "../../scan/estate";
import { byEnd } from "../csv";
import { breakable, html, type Markup } from "../../../pages/markup";

const owners: Readonly<Record<RenewalOwner, string>> = {
  acm: "ACM",
  terraform: "Terraform",
  unexpired: "manage-certs",
  "acme-client": "its ACME client",
  nobody: "nobody",
};

const columns = ["Ends", "Names", "Renewal", "Renewed by", "Key", "Served at", "Account"] as const;

/** Every certificate, with filters. Without its script the page shows them all. */
export function certificateSection(view: EstateView): Markup {
  const observationsOf = groupBy(view.estate.observations, ({ point }) => point.id);
  const rows = [...view.certificates].sort(byEnd).map((certificate) => row(certificate, view, observationsOf));
  const teams = new Set(view.certificates.flatMap(({ team }) => team?.name ?? []));
  const places = new Set(view.certificates.map(({ accountId, region }) => `${accountId} ${region}`));
  return html`<section id="certificates" tabindex="-1" aria-labelledby="certificates-title">
    <h2 id="certificates-title">All certificates</h2>
    <form class="filters card" hidden>
      <label>Search <input type="search" name="text" autocomplete="off" placeholder="name, ARN, tag, issuer" /></label>
      ${choice("renewal", "Renewal", ["overdue", "due", "not due", "not issued"])}
      ${choice("owner", "Renewed by", Object.values(owners))} ${choice("use", "Use", ["in use", "not in use"])}
      ${teams.size > 0 ? choice("team", "Team", [...teams].sort()) : undefined}
      ${choice("place", "Account and region", [...places].sort())}
      <output role="status" aria-live="polite">${counted(rows.length, "certificate")}</output>
    </form>
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows}
      </tbody>
    </table>
  </section>`;
}

function choice(name: string, label: string, options: readonly string[]): Markup {
  return html`<label
    >${label}
    <select name="${name}">
      <option value="">all</option>
      ${options.map((option) => html`<option>${option}</option>`)}
    </select></label
  >`;
}

function row(
  certificate: ScannedCertificate,
  view: EstateView,
  observationsOf: ReadonlyMap<string, readonly WireObservation[]>,
): Markup {
  const { arn, accountId, region, names, issuer = "", keyAlgorithm = "", owner, team, notAfter, tags } = certificate;
  const state = certificate.renewal?.state.replace("-", " ") ?? "not issued";
  const isUsed = view.isUsed(certificate);
  const facts = [issuer, keyAlgorithm, team === undefined ? "" : teamText(team), ...Object.entries(tags).flat()];
  const words = [...names, arn, ...facts].join(" ").toLowerCase();
  const attachments = view.attachmentsOf(certificate);
  const cells: Readonly<Record<(typeof columns)[number], Markup>> = {
    Ends: ends(notAfter, view.now),
    Names: html`${namesOf(names)}${ownedBy(team)}<code class="quiet small arn">${breakable(arn)}</code>`,
    Renewal: html`<span class="state ${state.replace(" ", "-")}">${state}</span>`,
    "Renewed by": html`${owners[owner]}`,
    Key: html`${keyAlgorithm}<span class="quiet small block">${issuer}</span>`,
    "Served at": servedAt(certificate, attachments, observationsOf, isUsed),
    Account: html`${accountId}<span class="quiet small block">${region}</span>`,
  };
  return html`<tr
    role="row"
    data-text="${words}"
    data-renewal="${state}"
    data-owner="${owners[owner]}"
    data-team="${team?.name ?? ""}"
    data-use="${isUsed ? "in use" : "not in use"}"
    data-place="${accountId} ${region}"
  >
    ${columns.map((title) => html`<td role="cell" data-label="${title}">${cells[title]}</td>`)}
  </tr>`;
}

function ends(notAfter: Date | undefined, now: Date): Markup {
  if (notAfter === undefined) return html`<span class="quiet">not issued</span>`;
  const left = notAfter > now ? counted(days(now, notAfter), "day") : away(now, notAfter);
  return html`<strong>${left}</strong
    ><time class="quiet small block" datetime="${date(notAfter)}">${date(notAfter)}</time>`;
}

function namesOf([first = "", ...others]: readonly string[]): Markup {
  const more = html`<details>
    <summary>${others.length} more</summary>
    ${others.map((name) => html`<span class="name block">${name}</span>`)}
  </details>`;
  return html`<span class="name strong">${first}</span>${others.length === 0 ? undefined : more}`;
}

function ownedBy(team: Team | undefined): Markup | undefined {
  return team && html`<span class="small block">${teamText(team)}</span>`;
}

function servedAt(
  { serial, inUseBy }: ScannedCertificate,
  attachments: readonly Attachment[],
  observationsOf: ReadonlyMap<string, readonly WireObservation[]>,
  isUsed: boolean,
): Markup {
  if (!isUsed) return html`<span class="quiet">nothing uses it</span>`;
  if (attachments.length === 0)
    return html`${inUseBy.map((user) => html`<code class="small block">${breakable(user)}</code>`)}`;
  return html`${attachments.map(({ point, role }) => {
    const seen = observationsOf.get(point.id) ?? [];
    const isSeen = seen.some(({ outcome }) => outcome.state === "served" && outcome.chain[0]?.serial === serial);
    const wire = seen.length === 0 ? "" : isSeen ? "seen on the wire" : "not seen on the wire";
    const kind = role === "sni" ? "by name" : "default";
    return html`<span class="block"
      >${point.name} <span class="quiet small">${[kind, wire].filter((part) => part !== "").join(", ")}</span></span
    >`;
  })}`;
}
