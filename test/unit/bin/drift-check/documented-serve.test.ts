/** docs/reference/drift-check.md against the command: every option and path, with its default. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { addServe } from "../../../../src/bin/drift-check/serve";
import type { CommandManners } from "../../../../src/bin/command-manners";
import { readConfig } from "../../../../src/drift/config/read-config";
import { routesOf } from "../../../../src/drift/serve/routes";

const root = join(__dirname, "../../../..");
const page = readFileSync(join(root, "docs/reference/drift-check.md"), "utf8");
const [, section = ""] = /^## drift-check serve$([^]*?)^## /m.exec(page) ?? [];

function command(): Command {
  const program = new Command();
  addServe(program, {} as CommandManners);
  const [serve] = program.commands;
  if (serve === undefined) throw new Error("there is no such command");
  return serve;
}

test("every option stands there, and no other", () => {
  const documented = [...section.matchAll(/^\| `(--[\w-]+)/gm)].map(([, option]) => option);
  expect(documented.sort()).toEqual(
    command()
      .options.map(({ long }) => long)
      .sort(),
  );
});

test("defaults are those of the command", () => {
  for (const { long, defaultValue, defaultValueDescription } of command().options) {
    const shown: unknown = defaultValueDescription ?? defaultValue;
    if (typeof shown !== "string") continue;
    const [row = ""] = new RegExp(`^\\| \`${long}.*$`, "m").exec(section) ?? [];
    expect([long, row]).toEqual([long, expect.stringContaining(`Default: \`${shown}\``) as string]);
  }
});

test("every path stands there", () => {
  const paths = Object.keys(routesOf({ view: jest.fn(), latest: jest.fn() }, { view: jest.fn(), metrics: jest.fn() }));
  const documented = [...section.matchAll(/`(\/[\w.-]*)`(?=[,|\s])/g)].map(([, path]) => path);
  expect([...new Set(documented)].sort()).toEqual(paths.sort());
});

test("the example's configuration can be used", async () => {
  const { stacks, history } = await readConfig(join(root, "examples/drift-check-serve/drift-check.yaml"));
  expect(stacks.map(({ name }) => name)).toEqual(["web", "shop"]);
  expect(history.runs).toBe(1500);
});
