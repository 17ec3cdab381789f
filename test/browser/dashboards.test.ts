/** The three dashboards: they fit a phone, can be read in the dark, and say in words what they show in colours. */
import { debugPage } from "../../src/drift/serve/pages/debug-page";
import { executivePage } from "../../src/drift/serve/pages/executive-page";
import { onCallPage } from "../../src/drift/serve/pages/on-call-page";
import { startBrowser, type TestBrowser } from "../support/browser";
import { emptyDashboard, fullDashboard } from "../support/drift/dashboard-views";
import { seen } from "../support/drift/status-views";
import { desktop, looks, phone, sideways, violations } from "../support/page-checks";

let browser: TestBrowser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

const none = new URLSearchParams();
const pages = [
  ["executive", (view: typeof fullDashboard) => executivePage(view)],
  ["on call", (view: typeof fullDashboard) => onCallPage(view, none)],
  ["debug", (view: typeof fullDashboard) => debugPage(view, none)],
] as const;

describe.each(pages)("%s", (_, render) => {
  test.each(looks)("nothing in the way of anybody: $width px, $colorScheme", async (look) => {
    const { page, requests } = await browser.open(render(fullDashboard).text, look);
    await page.evaluate(`document.querySelectorAll("details").forEach((each) => (each.open = true))`);
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(requests).toEqual([]);
    await page.close();
  });

  test("before anything has happened", async () => {
    const { page } = await browser.open(render(emptyDashboard).text, phone);
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await page.close();
  });
});

test("every tile of the map of listeners says in words how it is", async () => {
  const { page } = await browser.open(onCallPage(fullDashboard, none).text, desktop);
  const tiles = await page.locator(".tile").allInnerTexts();
  expect(tiles.map((text) => text.replace(/\s+/g, " "))).toEqual([
    expect.stringMatching(/^✓ new certificate eu-central-1 app\/front-a/),
    expect.stringMatching(/^✓ new certificate eu-central-1 app\/front-b/),
    expect.stringMatching(/^✗ failed eu-central-1 app\/front-c/),
  ]);
  await page.close();
});

test("500 certificates that ended are one card, with what to type, and the way to all of them", async () => {
  const certificates = Array.from({ length: 500 }, (_, index) => seen(`s${index}.example.gov`, -1));
  const { page } = await browser.open(onCallPage({ ...fullDashboard, certificates }, none).text, phone);
  const card = page.locator("section[aria-labelledby=wrong-title] .card").first();
  expect(await card.locator("h3").innerText()).toBe("500 certificates ended");
  expect(await card.locator(".command").allInnerTexts()).toEqual(["drift-check explain api"]);
  expect(await card.locator("li").last().innerText()).toBe("and 495 more");
  expect(await card.locator("li a").getAttribute("href")).toBe("/certificates");
  expect(await sideways(page)).toBe(0);
  await page.close();
});

test("the pages lead to each other by keyboard, and say which one this is", async () => {
  const { page } = await browser.open(executivePage(fullDashboard).text, desktop);
  const here = page.locator("nav[aria-label=Pages] a[aria-current=page]");
  expect(await here.innerText()).toBe("Executive");
  await page.keyboard.press("Tab");
  for (let link = 0; link < 5; link++) await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Debug");
  await page.close();
});
