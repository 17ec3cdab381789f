/** The pages of `drift-check serve` about runs: they fit a phone, can be read in the dark and used by keyboard. */
import { certificatesPage } from "../../src/drift/serve/pages/certificates-page";
import { statusPage } from "../../src/drift/serve/pages/status-page";
import { startBrowser, type TestBrowser } from "../support/browser";
import { calmView, emptyView, fullView, seen } from "../support/drift/status-views";
import { desktop, looks, phone, sideways, violations } from "../support/page-checks";

let browser: TestBrowser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

const none = new URLSearchParams();

test.each(looks)("nothing in the way of anybody: $width px, $colorScheme", async (look) => {
  for (const { text } of [statusPage(fullView, none), certificatesPage(fullView, new URLSearchParams({ q: "gov" }))]) {
    const { page, requests } = await browser.open(text, look);
    await page.evaluate(`document.querySelectorAll("details").forEach((each) => (each.open = true))`);
    expect(await violations(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(requests).toEqual([]);
    await page.close();
  }
});

test.each([
  ["before the first run", emptyView, "No run yet"],
  ["on a calm day", calmView, "Nothing to do"],
  ["on a bad one", fullView, "1 certificate ended, 2 failed, 1 forbidden, drift-check needs help"],
])("%s it says so", async (_, view, verdict) => {
  const { page } = await browser.open(statusPage(view, none).text, phone);
  expect(await page.locator(".verdict").innerText()).toBe(verdict);
  expect(await violations(page)).toEqual([]);
  await page.close();
});

test("what waits stands there with the command that approves it, to be reached by keyboard", async () => {
  const { page } = await browser.open(statusPage(fullView, none).text, desktop);
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe(fullView.waiting[0]?.approveWith);
  await page.close();
});

test("a short name stands on one line, however long the reason beside it", async () => {
  const message = "the reason, and nobody can tell it in fewer words than these ".repeat(9);
  const stacks = fullView.stacks.map(({ runId, result }) => ({
    ...{
      runId,
      result: {
        ...result,
        name: "production",
        failure: { step: "init" as const, code: "terraform_failed" as const, message },
      },
    },
  }));
  const { page } = await browser.open(statusPage({ ...fullView, stacks }, none).text, desktop);
  const names = await page.locator("td > .name.strong").all();
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) expect((await name.boundingBox())?.height).toBeLessThan(40);
  await page.close();
});

test("the timeline is there for those who see no bars", async () => {
  const { page } = await browser.open(statusPage(fullView, none).text, desktop);
  const told = await page.locator(".timeline li .sr").allInnerTexts();
  expect(told.slice(0, 2)).toEqual(["over: 1 certificate", "22 Nov to 5 Dec: 2 certificates"]);
  await page.close();
});

test("what others have named cannot become a script", async () => {
  const evil = `"><script>document.title="taken"</script>`;
  const certificates = [seen(evil, 3)];
  const waiting = fullView.waiting.map((plan) => ({ ...plan, stack: evil }));
  const { page } = await browser.open(statusPage({ ...fullView, certificates, waiting }, none).text, desktop);
  expect(await page.title()).toBe("Status · drift-check");
  expect(await page.locator(".cards h3").innerText()).toBe(evil);
  await page.close();
});
