import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { addScan } from "../../../../src/bin/manage-certs/scan";

test("docs/reference/manage-certs.md has a row for each option of scan", () => {
  const program = new Command();
  addScan(program);
  const [scan] = program.commands;
  const page = readFileSync(join(__dirname, "../../../../docs/reference/manage-certs.md"), "utf8");
  const [section = ""] = page.split("## manage-certs scan").slice(1).join("").split(/^## /m);
  const rows = [...section.matchAll(/^\| `(--[\w-]+)/gm)].map(([, option]) => option);
  expect(rows.sort()).toEqual((scan?.options ?? []).map(({ long }) => long).sort());
});

test("nothing that a scan needs is loaded for its help", () => {
  const loaded = Object.keys(require.cache).filter((path) => /aws-sdk|zod|yaml|src[\\/]manage-certs/.test(path));
  expect(loaded).toEqual([]);
});
