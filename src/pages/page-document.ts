import { createHash } from "node:crypto";
import { html, Markup } from "./markup";

export interface PageParts {
  readonly title: string;
  readonly styles: string;
  /** Plain JavaScript, at the end of the page. Without it the page shows everything. */
  readonly script?: string;
  /** Where a form may be sent; pages from a file have no such place. @default "'none'" */
  readonly formAction?: "'none'" | "'self'";
  /** Id of what people come for, and what it is called in "Skip to …". */
  readonly main: { readonly id: string; readonly name: string };
  /** Header, main and footer. */
  readonly body: Markup;
}

/** A whole page that needs nothing but itself, asks nobody for anything, and says so in its policy. */
export function pageDocument(parts: PageParts): string {
  const { title, styles, script, main, body } = parts;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy(parts)}" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${element("style", styles)}
      </head>
      <body>
        <a class="skip" href="#${main.id}">Skip to ${main.name}</a>
        ${body} ${script === undefined ? undefined : element("script", script)}
      </body>
    </html> `.text;
}

/** Hashes, not 'unsafe-inline': nothing of others' can become a style or a script (CSP Level 3, 8.1). */
export function contentPolicy({
  styles,
  script,
  formAction = "'none'",
}: Pick<PageParts, "styles" | "script" | "formAction">): string {
  const scripts = script === undefined ? "'none'" : hashOf(script);
  return `default-src 'none'; style-src ${hashOf(styles)}; script-src ${scripts}; base-uri 'none'; form-action ${formAction}`;
}

/** As it is, to the last blank: its hash is in the policy. */
function element(name: "style" | "script", content: string): Markup {
  return new Markup(`<${name}>${content}</${name}>`);
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
