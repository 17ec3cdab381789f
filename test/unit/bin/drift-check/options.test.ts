import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { CommandManners } from "../../../../src/bin/command-manners";
import { addApprove } from "../../../../src/bin/drift-check/approve";
import { addInit } from "../../../../src/bin/drift-check/init";
import { addExplain } from "../../../../src/bin/drift-check/explain";
import { addRun } from "../../../../src/bin/drift-check/run";
import { addStatus } from "../../../../src/bin/drift-check/status";

test.each([
  ["run", addRun],
  ["approve", addApprove],
  ["status", addStatus],
  ["explain", addExplain],
  ["init", addInit],
])("docs/reference/drift-check.md has a row for each option of %s", (name, add) => {
  const program = new Command();
  add(program, new CommandManners("drift-check"));
  const page = readFileSync(join(__dirname, "../../../../docs/reference/drift-check.md"), "utf8");
  const [section = ""] = page.split(`## drift-check ${name}`).slice(1).join("").split(/^## /m);
  const rows = [...section.matchAll(/^\| `(--[\w-]+)/gm)].map(([, option]) => option);
  expect(rows.sort()).toEqual((program.commands[0]?.options ?? []).map(({ long }) => long).sort());
});

test("nothing that a run needs is loaded for help", () => {
  const loaded = Object.keys(require.cache).filter((path) => /aws-sdk|zod|yaml|src[\\/]drift/.test(path));
  expect(loaded).toEqual([]);
});
