/** The page of a scan, in a browser: it fits a phone, can be read in the dark and used by keyboard, and asks nobody. */
import type { Page } from "playwright-core";
import { pricesShape } from "../../src/manage-certs/costs/prices-shape";
import { estimateCosts } from "../../src/manage-certs/costs/estimate-costs";
import { toPage } from "../../src/manage-certs/report/page/page";
import type { ScanExtras } from "../../src/manage-certs/report/scan-extras";
import { startBrowser, type TestBrowser } from "../support/browser";
import { desktop, looks, phone, sideways, violations } from "../support/page-checks";
import { bigEstate, certificate, estate, sharedEstate } from "../support/scanned-estate";

let browser: TestBrowser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

const prices = pricesShape.parse({ currency: "USD", issuers: [{ issuer: "R1*", certificate: 250 }] });
const waiver = { rule: "policy/frozen", names: ["a.test"], owner: "web", reason: "audit", until: "2027-01-01" };
const extras: ScanExtras = {
  costs: estimateCosts(sharedEstate, prices),
  waivers: [{ ...waiver, text: "policy/frozen for a.test: waived until 2027-01-01 by web: audit (policy.yaml:3)" }],
};

test.each(looks)("nothing in the way of anybody: $width px, $colorScheme", async (look) => {
  const { page, requests } = await browser.open(toPage(sharedEstate, undefined, extras), look);
  await page.evaluate(`document.querySelectorAll("details").forEach((each) => (each.open = true))`);
  expect(await violations(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  expect(requests).toEqual([]);
  await page.close();
});

test("an estate with nothing in it is a page as well", async () => {
  const { page } = await browser.open(toPage(estate()), phone);
  expect(await page.locator(".verdict").innerText()).toBe("Nothing to do");
  expect(await violations(page)).toEqual([]);
  await page.close();
});

const shown = (page: Page) => page.locator("#certificates tbody tr:visible .name.strong").allInnerTexts();

test("filters by words and by choice, with the keyboard alone", async () => {
  const { page } = await browser.open(toPage(bigEstate), desktop);
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the certificates");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.name")).toBe("text");
  await page.keyboard.type("TEAM web");
  expect(await shown(page)).toEqual(["main.example.gov"]);
  expect(await page.getByRole("status").innerText()).toBe("1 of 5 certificates");
  await page.keyboard.press("Escape");
  expect(await shown(page)).toHaveLength(5);
  await page.keyboard.press("Tab");
  await page.keyboard.type("over");
  expect(await shown(page)).toEqual(["over.example.gov"]);
  await page.close();
});

test("filters by team, where the configuration names any", async () => {
  const { page } = await browser.open(toPage(sharedEstate, undefined, extras), desktop);
  expect(await page.getByText("For Payments, pay@example.gov").count()).toBe(1);
  await page.getByLabel("Team").selectOption("Web");
  expect(await shown(page)).toEqual(["main.example.gov", "issued.example.gov"]);
  await page.close();
  const without = await browser.open(toPage(bigEstate), desktop);
  expect(await without.page.getByLabel("Team").count()).toBe(0);
  await without.page.close();
});

test("names of AWS cannot become a script or a style, and without scripts everything is there", async () => {
  const evil = `"><script>document.title="taken"</script><img src=x onerror=alert(1)>`;
  const { page, requests } = await browser.open(
    toPage(estate({ certificates: [certificate("a", { names: [evil] })] })),
    desktop,
  );
  expect(await page.title()).toBe("Certificates, 2026-06-01");
  expect(await shown(page)).toEqual([evil]);
  const forbidden = await page.evaluate(`new Promise((done) => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => done(effectiveDirective));
    document.body.insertAdjacentHTML("beforeend", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">');
  })`);
  expect(forbidden).toBe("img-src");
  expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([]);
  await page.close();
});
