/** Who is woken opens one page, by the link of the alert: what stands for something of theirs is said there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "../docs/runbooks");
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const [, explained = ""] = /^## What stands for yours\n([^]*?)^## /m.exec(read("README.md")) ?? [];
const placeholders = [...explained.matchAll(/^\| (`[^|]+`)/gm)].flatMap(([, cell = ""]) =>
  cell.split(", ").map((each) => each.trim().slice(1, -1)),
);

/** As a word of its own. */
function isIn(commands: string, placeholder: string): boolean {
  return commands.split(/[\s"']+/).includes(placeholder);
}

test("placeholders are explained", () => {
  expect(placeholders).toEqual(expect.arrayContaining(["app.example.gov", "arn:aws:acm:…", "./stack"]));
});

test.each(readdirSync(folder).filter((name) => name !== "README.md"))("%s says what is to be put in", (name) => {
  const text = read(name);
  const commands = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = ""]) => block).join("\n");
  const used = placeholders.filter((placeholder) => isIn(commands, placeholder));
  const [line = ""] = /^.*\(README\.md#what-stands-for-yours\)\.$/m.exec(text) ?? [];
  const [before = ""] = line.split(" for [");
  expect([...before.matchAll(/`([^`]+)`/g)].map(([, each]) => each)).toEqual(used);
});
