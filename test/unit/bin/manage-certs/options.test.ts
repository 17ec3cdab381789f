import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { CommandManners } from "../../../../src/bin/command-manners";
import { addAttach } from "../../../../src/bin/manage-certs/attach";
import { addIssue } from "../../../../src/bin/manage-certs/issue";
import { addRenew } from "../../../../src/bin/manage-certs/renew";
import { addRevoke } from "../../../../src/bin/manage-certs/revoke";
import { addScan } from "../../../../src/bin/manage-certs/scan";
import { addVerify } from "../../../../src/bin/manage-certs/verify";

test.each(["scan", "verify", "issue", "attach", "renew", "revoke"])(
  "docs/reference/manage-certs.md has a row for each option of %s",
  (name) => {
    const program = new Command();
    const manners = new CommandManners("manage-certs");
    for (const add of [addScan, addVerify, addIssue, addAttach, addRenew, addRevoke]) add(program, manners);
    const command = program.commands.find((each) => each.name() === name);
    const page = readFileSync(join(__dirname, "../../../../docs/reference/manage-certs.md"), "utf8");
    const [section = ""] = page.split(`## manage-certs ${name}`).slice(1).join("").split(/^## /m);
    const rows = [...section.matchAll(/^\| `(--[\w-]+)/gm)].map(([, option]) => option);
    expect(rows.sort()).toEqual((command?.options ?? []).map(({ long }) => long).sort());
  },
);

test("nothing that commands need is loaded for help", () => {
  const loaded = Object.keys(require.cache).filter((path) => /aws-sdk|zod|yaml|src[\\/]manage-certs/.test(path));
  expect(loaded).toEqual([]);
});
