import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allGuards } from "../../../../src/drift/guards/all-guards";

test("docs/reference/drift-check.md has a row for each guard, as the guard says it", () => {
  const page = readFileSync(join(__dirname, "../../../../docs/reference/drift-check.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (.+?) +\| (needs approval|forbidden) +\| (.+?) +\|$/gm)];
  expect(rows.map(([, id, forbids, verdict, wayOut]) => ({ id, forbids, verdict, wayOut }))).toEqual(
    allGuards.map(({ id, forbids, verdict, wayOut }) => ({ id, forbids, verdict: verdict.replace("-", " "), wayOut })),
  );
});
