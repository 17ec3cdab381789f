/** Debian's Chromium for tests of pages. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { findProgram } from "../../scripts/parts";

export interface Look {
  readonly width: number;
  readonly height: number;
  /** @default "light" */
  readonly colorScheme?: "light" | "dark";
}

export interface OpenPage {
  readonly page: Page;
  /** What the page asked of anybody, itself left out. */
  readonly requests: readonly string[];
}

export interface TestBrowser {
  open(html: string, look: Look): Promise<OpenPage>;
  close(): Promise<void>;
}

export async function startBrowser(): Promise<TestBrowser> {
  const folder = mkdtempSync(join(tmpdir(), "browser-"));
  const context: BrowserContext = await chromium.launchPersistentContext(join(folder, "user-data"), {
    executablePath: findProgram("chromium"),
    headless: true,
    timeout: 120_000,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  let opened = 0;
  return {
    async open(html, { width, height, colorScheme = "light" }) {
      const file = join(folder, `page-${opened++}.html`);
      writeFileSync(file, html);
      const page = await context.newPage();
      const requests: string[] = [];
      const url = pathToFileURL(file).href;
      page.on("request", (request) => void (request.url() === url || requests.push(request.url())));
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.goto(url);
      return { page, requests };
    },
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
