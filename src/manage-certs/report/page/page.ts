/** A scan as one page for people. Start reading here; the parts are beside this file. */
import { html, type Markup } from "../../../pages/markup";
import { pageDocument } from "../../../pages/page-document";
import type { ReportedWaiver } from "../../../policy/reported-waiver";
import { EstateView } from "../../findings/estate-view";
import { findAll } from "../../findings/find-all";
import type { Finding } from "../../findings/finding";
import { counted } from "../../findings/words";
import type { Estate, ScanFailure } from "../../scan/estate";
import type { ScanExtras } from "../scan-extras";
import { summarize } from "../summary";
import { costSection } from "./cost-section";
import { certificateSection } from "./certificate-section";
import { findingSection } from "./finding-section";
import { script } from "./script";
import { styles } from "./styles";
import { summarySection } from "./summary-section";
import { timelineSection } from "./timeline-section";

/** @param findings what `findAll` found in this estate */
export function toPage(
  estate: Estate,
  findings: readonly Finding[] = findAll(estate),
  { waivers = [], costs }: ScanExtras = {},
): string {
  const view = new EstateView(estate);
  const when = estate.scannedAt.toISOString();
  const { accounts, regions } = summarize(estate, findings);
  const place = `${counted(accounts, "account")}, ${counted(regions, "region")}`;
  return pageDocument({
    ...{ title: `Certificates, ${when.slice(0, 10)}`, styles, script },
    main: { id: "certificates", name: "the certificates" },
    body: html`<header>
        <h1>Certificates</h1>
        <p class="quiet">
          ${place}, seen <time datetime="${when}">${when.slice(0, 10)} at ${when.slice(11, 16)} UTC</time>
        </p>
      </header>
      <main>
        ${summarySection(view, findings)} ${failureSection(estate.failures)} ${timelineSection(view)}
        ${findingSection(findings)} ${waiverSection(waivers)} ${costs && costSection(costs)} ${certificateSection(view)}
      </main>
      <footer class="quiet"><p>Written by manage-certs scan. This page sends nothing anywhere.</p></footer>`,
  });
}

function waiverSection(waivers: readonly ReportedWaiver[]): Markup | undefined {
  if (waivers.length === 0) return undefined;
  return html`<section class="card" aria-labelledby="waivers-title">
    <h2 id="waivers-title">Waivers of the policy</h2>
    <ul>
      ${waivers.map(({ text }) => html`<li>${text}</li>`)}
    </ul>
  </section>`;
}

function failureSection(failures: readonly ScanFailure[]): Markup | undefined {
  if (failures.length === 0) return undefined;
  const items = failures.map(({ accountId, region, service, error }) => {
    const place = [accountId, region, service].filter((part) => part !== undefined).join(" · ");
    return html`<li>
      <strong>${place}</strong>:
      ${error.message}${error.hint ? html` <span class="quiet">(${error.hint})</span>` : undefined}
    </li>`;
  });
  return html`<section class="card blind" aria-labelledby="blind-title">
    <h2 id="blind-title">Not looked at</h2>
    <p>What is there is not on this page.</p>
    <ul>
      ${items}
    </ul>
  </section>`;
}
