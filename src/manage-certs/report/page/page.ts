/**
 * A scan as one page for people: it needs nothing but itself, asks nobody for anything, and says so in its policy. Start
 * reading here; the parts are beside this file.
 */
import { createHash } from "node:crypto";
import { EstateView } from "../../findings/estate-view";
import { findAll } from "../../findings/find-all";
import type { Finding } from "../../findings/finding";
import { counted } from "../../findings/words";
import type { Estate, ScanFailure } from "../../scan/estate";
import { summarize } from "../summary";
import { certificateSection } from "./certificate-section";
import { findingSection } from "./finding-section";
import { html, Markup } from "./markup";
import { script } from "./script";
import { styles } from "./styles";
import { summarySection } from "./summary-section";
import { timelineSection } from "./timeline-section";

/** @param findings what `findAll` found in this estate */
export function toPage(estate: Estate, findings: readonly Finding[] = findAll(estate)): string {
  const view = new EstateView(estate);
  const when = estate.scannedAt.toISOString();
  const { accounts, regions } = summarize(estate, findings);
  const place = `${counted(accounts, "account")}, ${counted(regions, "region")}`;
  // Hashes, not 'unsafe-inline': nothing that came from AWS can become a style or a script (CSP Level 3, 8.1).
  const policy = `default-src 'none'; style-src ${hashOf(styles)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="color-scheme" content="light dark" />
        <title>Certificates, ${when.slice(0, 10)}</title>
        ${element("style", styles)}
      </head>
      <body>
        <a class="skip" href="#certificates">Skip to the certificates</a>
        <header>
          <h1>Certificates</h1>
          <p class="quiet">
            ${place}, seen <time datetime="${when}">${when.slice(0, 10)} at ${when.slice(11, 16)} UTC</time>
          </p>
        </header>
        <main>
          ${summarySection(view, findings)} ${failureSection(estate.failures)} ${timelineSection(view)}
          ${findingSection(findings)} ${certificateSection(view)}
        </main>
        <footer class="quiet"><p>Written by manage-certs scan. This page sends nothing anywhere.</p></footer>
        ${element("script", script)}
      </body>
    </html> `.text;
}

/** As it is, to the last blank: its hash is in the policy. */
function element(name: "style" | "script", content: string): Markup {
  return new Markup(`<${name}>${content}</${name}>`);
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
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
