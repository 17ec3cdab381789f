import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { CommandManners } from "../../../src/bin/command-manners";
import { addKeyAccess } from "../../../src/bin/unexpired/key-access";
import { addServiceLevels } from "../../../src/bin/unexpired/service-levels";

const page = readFileSync(join(__dirname, "../../../docs/reference/service-levels.md"), "utf8");

test("the policy of whoever reads the queue allows what is called, and no more", () => {
  const called = readFileSync(join(__dirname, "../../../src/aws/message-queue.ts"), "utf8").match(/sqs:\w+/g);
  const [, , reader = "[]"] = page.split('"Action": ').map((text) => text.slice(0, text.indexOf(",\n")));
  expect(JSON.parse(reader)).toEqual([...new Set(called)].sort());
});

test("the page has every option of the commands, and no other", () => {
  const rows = page.split("\n").filter((line) => /^\| `[^|]*--/.test(line));
  const documented = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/--[a-z-]+/g)].map(([flag]) => flag));
  const program = new Command();
  const manners = new CommandManners("unexpired");
  addServiceLevels(program, manners);
  addKeyAccess(program, manners);
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  const known = commands.flatMap(({ options }) => options.map(({ long }) => long));
  expect(documented.sort()).toEqual([...new Set(known)].sort());
});
