import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FailedRenewals } from "../../../../../src/drift/serve/dashboards/failed-renewals";
import { runbookOf } from "../../../../../src/drift/serve/dashboards/runbook-of";
import { entryBefore } from "../../../../support/drift/dashboard-views";

const failed = { outcome: "failed", error: { code: "acme_problem", message: "the CA is away" } } as const;

test("a renewal that failed is open until the same names are renewed", () => {
  const renewals = new FailedRenewals(10);
  for (const [minutes, names, more] of [
    [9, ["a", "b"], failed],
    [8, ["c"], failed],
    [7, ["b", "a"], {}],
    [6, ["c"], {}],
    [5, ["c"], failed],
  ] as const)
    renewals.add(entryBefore(minutes, "renewal.ended", { subject: { names: [...names] }, ...more }));
  expect(renewals.items.map((entry) => [entry.subject.names, renewals.wasRenewedSince(entry)])).toEqual([
    [["c"], false],
    [["c"], false],
    [["a", "b"], true],
  ]);
});

const page = readFileSync(join(__dirname, "../../../../../docs/runbooks/renewal-failing.md"), "utf8");
const rows = [...page.matchAll(/^\| (`\w+`(?:, `\w+`)*) +\| \[[^\]]+\]\(([\w-]+)\.md\)/gm)].flatMap(
  ([, codes = "", runbook = ""]) => codes.split(", ").map((code) => [code.replaceAll("`", ""), runbook] as const),
);

test.each(rows)("the runbook for %s is %s, as the page of failing renewals has it", (code, runbook) => {
  const message = "cannot reach POST https://ca.example/new-order";
  expect(runbookOf({ event: "renewal.ended", error: { code, message } })).toBe(runbook);
});
