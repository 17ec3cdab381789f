/**
 * How the page looks. Colours are of Okabe and Ito's set, which people with any kind of colour vision tell apart, and
 * none of them says anything that a word does not say, too.
 */
const heights = Array.from({ length: 101 }, (_, per) => `.h${per}{height:${per}%}`).join("");

export const styles = `
:root{
  color-scheme:light dark;
  --ground:#f6f7f9;--card:#ffffff;--ink:#1b2430;--quiet:#566273;--line:#dde2e9;--accent:#0b5cad;
  --critical:#b0320a;--critical-ground:#fdeee7;--warning:#8a5a00;--warning-ground:#fdf4dd;--fine:#00694c;--fine-ground:#e3f4ee;
  --bar-over:#d55e00;--bar-soon:#e69f00;--bar-later:#0072b2;
}
@media (prefers-color-scheme:dark){:root{
  --ground:#10151c;--card:#19212b;--ink:#e8ecf1;--quiet:#a3afbf;--line:#2c3743;--accent:#7db9f2;
  --critical:#ff9d73;--critical-ground:#3a1c10;--warning:#f3c14f;--warning-ground:#33280d;--fine:#62d3ab;--fine-ground:#0f2e25;
  --bar-over:#e8762c;--bar-soon:#e9b13c;--bar-later:#4ba3dc;
}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem) 3rem;max-width:84rem;background:var(--ground);color:var(--ink);
  font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1{font-size:1.75rem;line-height:1.2;margin:0;letter-spacing:-.01em}
h2{font-size:1.2rem;margin:2.25rem 0 .75rem}
h3{font-size:1rem;margin:0;display:inline}
h4{font-size:1rem;margin:0}
p{margin:.25rem 0}
header p{margin:.25rem 0 1.25rem}
footer{margin-top:2.5rem;font-size:.875rem}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
a{color:var(--accent)}
.quiet{color:var(--quiet)}.small{font-size:.8125rem}.block{display:block}.strong{font-weight:600}
.name{overflow-wrap:anywhere}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;padding:.5rem 1rem;background:var(--card);border-radius:.5rem;z-index:1}
.skip:focus{top:1rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
#certificates:focus{outline:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem}
.card>h2{margin-top:0}
section.card{margin-top:1.5rem}
.summary{display:flex;flex-wrap:wrap;gap:1rem;align-items:stretch}
.verdict{margin:0;padding:1rem 1.5rem;border-radius:.75rem;font-size:1.25rem;font-weight:650;display:flex;align-items:center;border:1px solid currentColor}
.verdict.critical{background:var(--critical-ground);color:var(--critical)}
.verdict.warning{background:var(--warning-ground);color:var(--warning)}
.verdict.fine{background:var(--fine-ground);color:var(--fine)}
.figures{margin:0;flex:1;display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1px;background:var(--line);
  border:1px solid var(--line);border-radius:.75rem;overflow:hidden}
.figures div{background:var(--card);padding:.75rem 1.25rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figures dt{color:var(--quiet);font-size:.875rem;line-height:1.35}
.figures dd{margin:0;font-size:1.5rem;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.3}
.blind{border-color:var(--critical)}
.blind ul{margin:.5rem 0 0;padding-left:1.25rem}
.timeline{list-style:none;margin:1rem 0 0;padding:0;display:flex}
.timeline li{flex:1 1 0;min-width:0;display:flex;flex-direction:column}
.plot{height:8.5rem;display:flex;flex-direction:column;justify-content:flex-end;align-items:stretch;text-align:center;border-bottom:1px solid var(--line);padding:1.5rem 8% 0}
.count{font-size:.8125rem;font-variant-numeric:tabular-nums;line-height:1.4}
.bar{display:block;flex:none;border-radius:.25rem .25rem 0 0}
.over .bar{background:var(--bar-over)}.soon .bar{background:var(--bar-soon)}.later .bar{background:var(--bar-later)}
.tick{font-size:.75rem;color:var(--quiet);text-align:center;min-height:1.4em;margin-top:.25rem;white-space:nowrap}
.timeline li:first-child .tick{text-align:left}.timeline li:last-child .tick{text-align:right;direction:rtl}
.findings{list-style:none;margin:0;padding:0;display:grid;gap:.625rem}
.finding{border-left-width:.375rem}
.finding.critical{border-left-color:var(--critical)}
.finding.warning{border-left-color:var(--warning)}
.finding.notice{border-left-color:var(--quiet)}
.finding h4{display:flex;flex-wrap:wrap;gap:.5rem;align-items:baseline}
.finding p{overflow-wrap:anywhere}
.finding .told{font-weight:550}
.finding .told::first-letter,.finding .action::first-letter{text-transform:uppercase}
.mark,.state{display:inline-block;font-size:.8125rem;font-weight:600;padding:.0625rem .5rem;border-radius:1rem;border:1px solid currentColor;white-space:nowrap}
.critical .mark,.state.overdue{color:var(--critical);background:var(--critical-ground)}
.warning .mark,.state.due{color:var(--warning);background:var(--warning-ground)}
.state.not-due{color:var(--fine);background:var(--fine-ground)}
.group{margin-top:1.25rem}
.group>summary{font-weight:650;padding:.375rem 0;cursor:pointer;min-height:1.5rem}
.group[open]>summary{margin-bottom:.5rem}
.filters{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem 1rem;align-items:end;margin-bottom:1rem}
.filters[hidden]{display:none}
.filters label{display:grid;gap:.25rem;font-size:.875rem;color:var(--quiet)}
.filters input,.filters select{font:inherit;font-size:1rem;color:var(--ink);background:var(--ground);border:1px solid var(--quiet);border-radius:.5rem;padding:.4375rem .625rem;min-height:2.5rem;width:100%}
.filters ::placeholder{color:var(--quiet);opacity:1}
.filters label:first-child{grid-column:span 2}
.filters output{font-weight:600;align-self:center}
table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--line);border-radius:.75rem;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.625rem .75rem}
th{font-size:.8125rem;color:var(--quiet);font-weight:600;position:sticky;top:0;background:var(--card);border-bottom:1px solid var(--line);border-radius:.75rem .75rem 0 0;white-space:nowrap}
tbody tr+tr td{border-top:1px solid var(--line)}
td time,td strong{white-space:nowrap}
td details summary{cursor:pointer;color:var(--accent);font-size:.875rem}
.arn{display:block}
@media (max-width:60rem){
  table,tbody,tr,td{display:block}
  thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
  table{background:none;border:none}
  tr{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.625rem 1rem;margin-bottom:.75rem}
  tr[hidden]{display:none}
  td{display:grid;grid-template-columns:6rem 1fr;gap:0 .75rem;padding:.3125rem 0}
  tbody tr+tr td{border-top:none}
  td::before{content:attr(data-label);color:var(--quiet);font-size:.8125rem;line-height:1.6rem}
  td>*{grid-column:2;justify-self:start}
  .verdict{width:100%}
  .figures{grid-template-columns:1fr 1fr}
  .figures div{padding:.625rem 1rem}
  .figures dd{font-size:1.25rem}
  .filters label:first-child{grid-column:1/-1}
  .filters{grid-template-columns:1fr 1fr}
}
@media print{body{background:none;max-width:none}.filters,.skip{display:none}.card,tr{break-inside:avoid}}
@media (prefers-reduced-motion:no-preference){.skip{transition:top .15s}}
${heights}
`;
