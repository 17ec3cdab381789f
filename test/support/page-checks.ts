/** What every page has to hold, whatever it shows. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Sizes and colours in which people look at pages. */
export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 900 };
export const looks = [phone, desktop].flatMap((size) =>
  (["light", "dark"] as const).map((colorScheme) => ({ ...size, colorScheme })),
);

/** Rules of accessibility that the page breaks, each with the elements to blame. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + " " + html)))`,
  );
  return found as string[];
}

/** By how many pixels the page is wider than its window. */
export async function sideways(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
