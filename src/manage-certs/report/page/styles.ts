import { baseStyles } from "../../../pages/base-styles";
import { endTimelineStyles } from "../../../pages/end-timeline";

/** What the page of a scan has beside the looks of all pages. */
const own = `
.blind{border-color:var(--critical)}
.blind ul{margin:.5rem 0 0;padding-left:1.25rem}
.findings{list-style:none;margin:0;padding:0;display:grid;gap:.625rem}
.finding{border-left-width:.375rem}
.finding.critical{border-left-color:var(--critical)}
.finding.warning{border-left-color:var(--warning)}
.finding.notice{border-left-color:var(--quiet)}
.finding h4{display:flex;flex-wrap:wrap;gap:.5rem;align-items:baseline}
.finding p{overflow-wrap:anywhere}
.finding .told{font-weight:550}
.finding .told::first-letter,.finding .action::first-letter{text-transform:uppercase}
.critical .mark,.state.overdue{color:var(--critical);background:var(--critical-ground)}
.warning .mark,.state.due{color:var(--warning);background:var(--warning-ground)}
.state.not-due{color:var(--fine);background:var(--fine-ground)}
.filters{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem 1rem;align-items:end;margin-bottom:1rem}
.filters[hidden]{display:none}
.filters label{display:grid;gap:.25rem;font-size:.875rem;color:var(--quiet)}
.filters input,.filters select{font:inherit;font-size:1rem;color:var(--ink);background:var(--ground);border:1px solid var(--quiet);border-radius:.5rem;padding:.4375rem .625rem;min-height:2.5rem;width:100%}
.filters ::placeholder{color:var(--quiet);opacity:1}
.filters label:first-child{grid-column:span 2}
.filters output{font-weight:600;align-self:center}
.arn{display:block}
@media (max-width:60rem){
  .filters label:first-child{grid-column:1/-1}
  .filters{grid-template-columns:1fr 1fr}
}
@media print{.filters{display:none}}
`;

export const styles = baseStyles + endTimelineStyles + own;
