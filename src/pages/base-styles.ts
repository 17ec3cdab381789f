/**
 * How our pages look. Colours are of Okabe and Ito's set, which people with any kind of colour vision tell apart, and
 * none of them says anything that a word does not say, too. Every page adds what it alone needs.
 */
export const baseStyles = `
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
[tabindex="-1"]:focus{outline:none}
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
.mark,.state{display:inline-block;font-size:.8125rem;font-weight:600;padding:.0625rem .5rem;border-radius:1rem;border:1px solid currentColor;white-space:nowrap}
.group{margin-top:1.25rem}
.group>summary{font-weight:650;padding:.375rem 0;cursor:pointer;min-height:1.5rem}
.group[open]>summary{margin-bottom:.5rem}
table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--line);border-radius:.75rem;font-size:.9375rem}
th,td{text-align:left;vertical-align:top;padding:.625rem .75rem}
th{font-size:.8125rem;color:var(--quiet);font-weight:600;position:sticky;top:0;background:var(--card);border-bottom:1px solid var(--line);border-radius:.75rem .75rem 0 0;white-space:nowrap}
tbody tr+tr td{border-top:1px solid var(--line)}
td time,td strong{white-space:nowrap}
td>.name.strong{display:inline-block;min-width:8rem}
td details summary{cursor:pointer;color:var(--accent);font-size:.875rem}
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
}
@media print{body{background:none;max-width:none}.skip{display:none}.card,tr{break-inside:avoid}}
@media (prefers-reduced-motion:no-preference){.skip{transition:top .15s}}
`;
