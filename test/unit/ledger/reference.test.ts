import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ledgerEvents, ledgerOutcomes } from "../../../src/ledger/ledger-entry";

const page = readFileSync(resolve(__dirname, "../../../docs/reference/ledger.md"), "utf8");

test("the page has every event, and no other", () => {
  const documented = [...page.matchAll(/^\| `([a-z]+\.[a-z]+)`/gm)].map(([, event]) => event);
  expect(documented).toEqual([...ledgerEvents]);
});

test("the page has every outcome", () => {
  const row = page.split("\n").find((line) => line.startsWith("| `outcome`")) ?? "";
  for (const outcome of ledgerOutcomes) expect(row).toContain(`\`${outcome}\``);
});
