import { endTimeline } from "../../../pages/end-timeline";
import { html, type Markup } from "../../../pages/markup";
import type { EstateView } from "../../findings/estate-view";

/** When the certificates in use end. */
export function timelineSection(view: EstateView): Markup | undefined {
  const ends = view.certificates.flatMap((certificate) =>
    certificate.notAfter && view.isUsed(certificate) ? [certificate.notAfter] : [],
  );
  if (ends.length === 0) return undefined;
  return html`<section class="card" aria-labelledby="timeline-title">
    <h2 id="timeline-title">When they end</h2>
    <p class="quiet">Certificates in use, two weeks a bar.</p>
    ${endTimeline(ends, view.now)}
  </section>`;
}
