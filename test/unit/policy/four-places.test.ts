/** The same policy and the same request: the same decision and the same text wherever they meet. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atPlan } from "../../support/policy-places/at-plan";
import { atSynthesis } from "../../support/policy-places/at-synthesis";
import { inDriftCheck } from "../../support/policy-places/in-drift-check";
import { inManageCerts } from "../../support/policy-places/in-manage-certs";
import { policyTable } from "../../support/policy-places/policy-table";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "four-places-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In how many places each case was asked, by what it is about. */
const asked: { readonly kind: string; readonly places: number }[] = [];

test.each(policyTable)("$about", async (each) => {
  const places = [atSynthesis(each), await atPlan(each, folder), inManageCerts(each), inDriftCheck(each)];
  const said = places.filter((place) => place !== undefined);
  asked.push({ kind: each.request.kind, places: said.length });
  expect(said).toEqual(said.map(() => each.expected));
});

test("sixty cases are asked in all four places, and times in the three that know them", () => {
  expect(asked.filter(({ places }) => places === 4).length).toBeGreaterThanOrEqual(60);
  expect(asked.filter(({ kind, places }) => kind === "attachment" && places === 4).length).toBeGreaterThanOrEqual(10);
  expect(asked.filter(({ kind, places }) => kind === "action" && places === 3).length).toBeGreaterThanOrEqual(12);
});
