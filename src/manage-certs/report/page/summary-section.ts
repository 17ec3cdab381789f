import type { EstateView } from "../../findings/estate-view";
import type { Finding } from "../../findings/finding";
import { away, counted, date, nameOfCertificate } from "../../findings/words";
import { byEnd } from "../csv";
import { summarize } from "../summary";
import { html, type Markup } from "../../../pages/markup";

export function summarySection(view: EstateView, findings: readonly Finding[]): Markup {
  const { critical, warnings, certificates, servingPoints, handshakes } = summarize(view.estate, findings);
  const [next] = view.certificates
    .filter((each) => view.isUsed(each) && !view.isOver(each) && each.notAfter)
    .sort(byEnd);
  const verdict = critical > 0 ? "critical" : warnings > 0 ? "warning" : "fine";
  return html`<section class="summary" aria-label="Summary">
    <p class="verdict ${verdict}">${verdictText(critical, warnings)}</p>
    <dl class="figures">
      <div>
        <dt>${certificates === 1 ? "certificate" : "certificates"}</dt>
        <dd>${certificates}</dd>
      </div>
      <div>
        <dt>${servingPoints === 1 ? "place that serves" : "places that serve"}</dt>
        <dd>${servingPoints}</dd>
      </div>
      <div>
        <dt>${handshakes === 1 ? "handshake" : "handshakes"}</dt>
        <dd>${handshakes}</dd>
      </div>
      <div>
        <dt>next to end${next ? html`: <span class="name">${nameOfCertificate(next)}</span>` : undefined}</dt>
        <dd>
          ${
            next?.notAfter
              ? html`<time datetime="${date(next.notAfter)}">${away(view.now, next.notAfter)}</time>`
              : "none"
          }
        </dd>
      </div>
    </dl>
  </section>`;
}

function verdictText(critical: number, warnings: number): string {
  const parts = [
    ...(critical > 0 ? [`${critical} critical`] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  return parts.length === 0 ? "Nothing to do" : parts.join(", ");
}
