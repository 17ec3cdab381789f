import { baseStyles } from "../../../pages/base-styles";
import { endTimelineStyles } from "../../../pages/end-timeline";
import { html, type Markup } from "../../../pages/markup";
import { contentPolicy, pageDocument } from "../../../pages/page-document";
import type { Answer } from "../http/answer";
import { barStyles } from "./bar";
import { moment } from "./moment";

/** The pages there are, as the navigation has them. */
export const pages = [
  { path: "/", name: "Status" },
  { path: "/certificates", name: "Certificates" },
  { path: "/executive", name: "Executive" },
  { path: "/on-call", name: "On call" },
  { path: "/debug", name: "Debug" },
] as const;

export interface FrameOptions {
  readonly path: (typeof pages)[number]["path"];
  readonly title: string;
  readonly now: Date;
  /** Below the title. */
  readonly about: string;
  readonly content: Markup;
}

const own = `
.top{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between;margin-bottom:1.25rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0}
nav a{display:inline-block;padding:.375rem 0}
nav a[aria-current]{color:var(--ink);font-weight:650;text-decoration-thickness:.15em;text-underline-offset:.35em}
.mark{color:var(--quiet)}
.mark.critical{color:var(--critical);background:var(--critical-ground)}
.mark.warning{color:var(--warning);background:var(--warning-ground)}
.mark.fine{color:var(--fine);background:var(--fine-ground)}
.cards{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
.cards h3{display:block;overflow-wrap:anywhere}
.cards>li{border-left-width:.375rem}
.cards>li.critical,section.card.critical{border-color:var(--critical)}
.cards>li.warning{border-left-color:var(--warning)}
.cards>li>.mark{margin-left:0}
.command{display:block;margin:.5rem 0 0;padding:.5rem .75rem;border-radius:.5rem;background:var(--ground);border:1px solid var(--line);user-select:all}
h3.next{display:block;margin:1.5rem 0 .5rem}
.short{white-space:nowrap;font-variant-numeric:tabular-nums}
.pager{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:baseline;margin:.75rem 0}
.pager a{padding:.375rem 0}
.search{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin-bottom:1rem}
.search label{display:grid;gap:.25rem;font-size:.875rem;color:var(--quiet);flex:1 1 12rem}
.search input,.search button{font:inherit;font-size:1rem;color:var(--ink);background:var(--card);border:1px solid var(--quiet);border-radius:.5rem;padding:.4375rem .75rem;min-height:2.5rem}
.search input{width:100%}
.summary+p{margin-top:.75rem}
.list{margin:0;padding-left:2.25rem}
.list.plain{list-style:none;padding:0}.list.plain li{margin-top:.25rem}
.tiles{list-style:none;margin:.75rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem}
.tile{border:1px solid currentColor;border-radius:.5rem;padding:.5rem .75rem;color:var(--quiet)}
.tile.fine{color:var(--fine);background:var(--fine-ground)}
.tile.warning{color:var(--warning);background:var(--warning-ground)}
.tile.critical{color:var(--critical);background:var(--critical-ground)}
.tile.unknown{border-style:dashed}
table+table,.list+table{margin-top:.75rem}
@media (max-width:60rem){
  td.empty{display:none}
  td.short,td.short time,td::before{white-space:normal}
}
`;

const styles = baseStyles + endTimelineStyles + barStyles + own;
const formAction = "'self'";
const policy = contentPolicy({ styles, formAction });

/** A page of the daemon, with the way to the others. It has no script. */
export function framed({ path, title, now, about, content }: FrameOptions): Answer {
  const text = pageDocument({
    ...{ title: `${title} · drift-check`, styles, formAction },
    main: { id: "main", name: "the content" },
    body: html`<header>
        <div class="top">
          <h1>${title}</h1>
          <nav aria-label="Pages">
            <ul>
              ${pages.map((page) => html`<li>${link(page, path)}</li>`)}
            </ul>
          </nav>
        </div>
        <p class="quiet">${about} As of ${moment(now)}.</p>
      </header>
      <main id="main" tabindex="-1">${content}</main>
      <footer class="quiet"><p>Shown by drift-check serve. Nothing can be changed here.</p></footer>`,
  });
  return { status: 200, contentType: "text/html; charset=utf-8", text, contentPolicy: policy };
}

function link(page: (typeof pages)[number], current: string): Markup {
  return page.path === current
    ? html`<a href="${page.path}" aria-current="page">${page.name}</a>`
    : html`<a href="${page.path}">${page.name}</a>`;
}
